import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { callEvent, policyText } from './example-cloudtrail.ts';
import { playbook } from './playbook.ts';

const calls = new Set([
  'iam:AttachUserPolicy',
  'iam:AttachRolePolicy',
  'iam:AttachGroupPolicy',
  'iam:PutUserPolicy',
  'iam:PutRolePolicy',
  'iam:PutGroupPolicy',
  'iam:CreatePolicy',
  'iam:CreatePolicyVersion',
]);

/** Identity was given administrator rights. */
export const madeAdministrator = defineRule({
  id: 'made-administrator',
  title: 'Identity was given administrator rights',
  attack: ['T1098.003'],
  when: (finding) => calls.has(callOf(finding)),
  atRisk: 'Whoever controls the identity controls the account.',
  actions: [
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  runbook: playbook('Compromised_IAM_Credentials'),
  because: 'Rights to everything are given rarely and by few people.',
  examples: [
    {
      name: 'a policy of AWS was attached',
      event: callEvent('iam:AttachUserPolicy', {
        request: {
          userName: 'ci-deploy',
          policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
        },
      }),
      matches: true,
    },
    {
      name: 'a policy of its own was written',
      event: callEvent('iam:PutRolePolicy', {
        request: { roleName: 'job', policyDocument: policyText({ Action: '*', Resource: '*' }) },
      }),
      matches: true,
    },
    {
      name: 'a user was created',
      event: callEvent('iam:CreateUser', { request: { userName: 'ci-deploy' } }),
      matches: false,
    },
  ],
});
