import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { callEvent, policyText } from './example-cloudtrail.ts';

const calls = new Set(['iam:UpdateAssumeRolePolicy']);

/** Who may assume a role was changed. */
export const roleTrustChanged = defineRule({
  id: 'role-trust-changed',
  title: 'Who may assume a role was changed',
  attack: ['T1098.003'],
  when: (finding) => calls.has(callOf(finding)),
  atRisk: 'Somebody may now act with all rights of the role.',
  actions: [
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  because: 'Trust policies change rarely, and a change is a way to stay.',
  examples: [
    {
      name: 'trust in a service',
      event: callEvent('iam:UpdateAssumeRolePolicy', {
        request: {
          roleName: 'job',
          policyDocument: policyText({
            Principal: { Service: 'ec2.amazonaws.com' },
            Action: 'sts:AssumeRole',
          }),
        },
      }),
      matches: true,
    },
    {
      name: 'another change of the role',
      event: callEvent('iam:DeleteRolePermissionsBoundary', { request: { roleName: 'job' } }),
      matches: false,
    },
  ],
});
