import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { callEvent } from './example-cloudtrail.ts';
import { playbook } from './playbook.ts';

const calls = new Set(['sts:GetFederationToken']);

/** Session was made that outlives its access key. */
export const lastingSession = defineRule({
  id: 'lasting-session',
  title: 'Session was made that outlives its access key',
  attack: ['T1550.001'],
  when: (finding) => calls.has(callOf(finding)),
  atRisk: 'The session works on for up to 36 hours after the key is deactivated.',
  actions: [
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  runbook: playbook('Compromised_IAM_Credentials'),
  because: 'Attackers make such sessions so that a revoked key does not stop them.',
  examples: [
    {
      name: 'a federated session',
      event: callEvent('sts:GetFederationToken', { request: { name: 'tool' } }),
      matches: true,
    },
    {
      name: 'a root session',
      event: callEvent('sts:AssumeRoot', { request: { targetPrincipal: '210987654321' } }),
      matches: false,
    },
  ],
});
