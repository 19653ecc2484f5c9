import { defineRule } from '../rule.ts';
import { healthEvent } from './example-health.ts';
import { makerOf } from './origin.ts';
import { playbook } from './playbook.ts';

const type = /^AWS_RISK_CREDENTIALS_/;

/** Access key was found in public by AWS. */
export const keyExposed = defineRule({
  id: 'key-exposed',
  title: 'Access key was found in public by AWS',
  attack: ['T1552.001', 'T1078.004'],
  when: (finding) => makerOf(finding) === 'health' && type.test(finding.type),
  atRisk: 'Anybody can use the key now, and thieves find it within minutes.',
  actions: [
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  runbook: playbook('Compromised_IAM_Credentials'),
  because: 'AWS found the key in public, most often in a code repository.',
  examples: [
    {
      name: 'an exposed key',
      event: healthEvent('AWS_RISK_CREDENTIALS_EXPOSED', 'AKIAIOSFODNN7EXAMPLE'),
      matches: true,
    },
    {
      name: 'a report of abuse',
      event: healthEvent('AWS_ABUSE_DOS_REPORT', 'i-0a1b2c3d4e5f60718'),
      matches: false,
    },
  ],
});
