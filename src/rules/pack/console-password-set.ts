import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { callEvent } from './example-cloudtrail.ts';
import { playbook } from './playbook.ts';

const calls = new Set(['iam:CreateLoginProfile', 'iam:UpdateLoginProfile']);

/** User got a new console password. */
export const consolePasswordSet = defineRule({
  id: 'console-password-set',
  title: 'User got a new console password',
  attack: ['T1098.001'],
  when: (finding) => calls.has(callOf(finding)),
  atRisk: 'Whoever set the password can sign in as that user.',
  actions: [
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  runbook: playbook('Compromised_IAM_Credentials'),
  because: 'Somebody else than the user chose the password.',
  examples: [
    {
      name: 'a first password',
      event: callEvent('iam:CreateLoginProfile', { request: { userName: 'backup' } }),
      matches: true,
    },
    {
      name: 'a changed password',
      event: callEvent('iam:UpdateLoginProfile', { request: { userName: 'backup' } }),
      matches: true,
    },
    {
      name: 'a new user',
      event: callEvent('iam:CreateUser', { request: { userName: 'backup' } }),
      matches: false,
    },
  ],
});
