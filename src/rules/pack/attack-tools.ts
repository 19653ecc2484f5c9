import { defineRule } from '../rule.ts';
import { guardDutyEvent } from './example.ts';
import { guardDutyType } from './origin.ts';
import { playbook } from './playbook.ts';

const type = /^PenTest:/;

/** Calls come from a machine made for break-ins. */
export const attackTools = defineRule({
  id: 'attack-tools',
  title: 'Calls come from a machine made for break-ins',
  attack: ['T1078.004', 'T1588.002'],
  when: (finding) => type.test(guardDutyType(finding)),
  atRisk: 'Somebody tests or attacks this account with tools made for it.',
  actions: [
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  runbook: playbook('Compromised_IAM_Credentials'),
  because: 'Kali, Parrot and Pentoo Linux are systems of penetration testers and attackers.',
  examples: [
    {
      name: 'from Kali Linux',
      event: guardDutyEvent('PenTest:IAMUser/KaliLinux', 5, 'key'),
      matches: true,
    },
    {
      name: 'reading a bucket',
      event: guardDutyEvent('PenTest:S3/ParrotLinux', 5, 'bucket'),
      matches: true,
    },
    {
      name: 'from Tor',
      event: guardDutyEvent('UnauthorizedAccess:IAMUser/TorIPCaller', 5, 'key'),
      matches: false,
    },
  ],
});
