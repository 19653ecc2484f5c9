import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { callEvent } from './example-cloudtrail.ts';
import { playbook } from './playbook.ts';

const calls = new Set(['iam:CreateUser']);

/** New IAM user was created. */
export const userCreated = defineRule({
  id: 'user-created',
  title: 'New IAM user was created',
  attack: ['T1136.003'],
  when: (finding) => calls.has(callOf(finding)),
  atRisk: 'A user that nobody expects is a way back in.',
  actions: [
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  runbook: playbook('Compromised_IAM_Credentials'),
  because: 'People sign in through single sign-on, so a new IAM user is rare.',
  examples: [
    {
      name: 'a new user',
      event: callEvent('iam:CreateUser', { request: { userName: 'backup' } }),
      matches: true,
    },
    {
      name: 'a new key',
      event: callEvent('iam:CreateAccessKey', {
        request: { userName: 'ci-deploy' },
        response: {
          accessKey: {
            userName: 'ci-deploy',
            accessKeyId: 'AKIAI44QH8DHBEXAMPLE',
            status: 'Active',
          },
        },
      }),
      matches: false,
    },
  ],
});
