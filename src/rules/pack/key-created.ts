import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { callEvent } from './example-cloudtrail.ts';
import { playbook } from './playbook.ts';

const calls = new Set(['iam:CreateAccessKey']);

/** New access key was made. */
export const keyCreated = defineRule({
  id: 'key-created',
  title: 'New access key was made',
  attack: ['T1098.001'],
  when: (finding) => calls.has(callOf(finding)),
  atRisk: 'The key lasts until somebody deletes it.',
  actions: [
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  runbook: playbook('Compromised_IAM_Credentials'),
  because: 'Long-lived keys are what gets stolen, so each new one should be known.',
  examples: [
    {
      name: 'for oneself',
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
      matches: true,
    },
    {
      name: 'a new user',
      event: callEvent('iam:CreateUser', { request: { userName: 'backup' } }),
      matches: false,
    },
  ],
});
