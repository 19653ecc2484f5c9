import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { callEvent } from './example-cloudtrail.ts';
import { playbook } from './playbook.ts';

const calls = new Set(['sts:AssumeRoot']);

/** Session of the root user was taken from outside. */
export const rootSession = defineRule({
  id: 'root-session',
  title: 'Session of the root user was taken from outside',
  attack: ['T1078.004', 'T1550.001'],
  when: (finding) => calls.has(callOf(finding)),
  atRisk: 'The session acts as root of a member account for up to 15 minutes.',
  actions: [
    'quarantine-account',
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  runbook: playbook('Compromised_IAM_Credentials'),
  because: 'Central root access is for rare repairs and should match one.',
  examples: [
    {
      name: 'a root session',
      event: callEvent('sts:AssumeRoot', { request: { targetPrincipal: '210987654321' } }),
      matches: true,
    },
    {
      name: 'a federated session',
      event: callEvent('sts:GetFederationToken', { request: { name: 'tool' } }),
      matches: false,
    },
  ],
});
