import { atLeast, type Finding } from '../../findings/finding.ts';
import { defineRule } from '../rule.ts';
import { accessOf, concerns } from './access.ts';
import { callOf } from './api-call.ts';
import { externalAccessEvent } from './example-access-analyzer.ts';
import { callEvent, policyText } from './example-cloudtrail.ts';

const isRoleOpened = (finding: Finding): boolean => {
  switch (callOf(finding)) {
    case 'iam:CreateRole':
      return true;
    case 'iam:UpdateAssumeRolePolicy':
      return atLeast(finding.severity, 'HIGH');
    default:
      return /^(public|external)$/.test(accessOf(finding) ?? '') && concerns(finding, 'role');
  }
};

/** Role can be assumed from outside the account. */
export const roleOpened = defineRule({
  id: 'role-opened',
  title: 'Role can be assumed from outside the account',
  attack: ['T1098.003', 'T1199'],
  when: isRoleOpened,
  atRisk: 'Somebody outside can act with all rights of the role.',
  actions: [
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  because: 'Its trust policy names another account, or everybody.',
  examples: [
    {
      name: 'a changed trust policy',
      event: callEvent('iam:UpdateAssumeRolePolicy', {
        request: {
          roleName: 'job',
          policyDocument: policyText({
            Principal: { AWS: '210987654321' },
            Action: 'sts:AssumeRole',
          }),
        },
      }),
      matches: true,
    },
    {
      name: 'found by Access Analyzer',
      event: externalAccessEvent('AWS::IAM::Role', '210987654321'),
      matches: true,
    },
    {
      name: 'trust within the account',
      event: callEvent('iam:UpdateAssumeRolePolicy', {
        request: {
          roleName: 'job',
          policyDocument: policyText({
            Principal: { Service: 'ec2.amazonaws.com' },
            Action: 'sts:AssumeRole',
          }),
        },
      }),
      matches: false,
    },
    {
      name: 'a bucket',
      event: externalAccessEvent('AWS::S3::Bucket', '210987654321'),
      matches: false,
    },
  ],
});
