import { defineRule } from '../rule.ts';
import { guardDutyEvent } from './example.ts';
import { guardDutyType } from './origin.ts';

const type = /:EC2\/(SSH|RDP)BruteForce/;

/** Password guessing over SSH or RDP. */
export const passwordGuessing = defineRule({
  id: 'password-guessing',
  title: 'Password guessing over SSH or RDP',
  attack: ['T1110.001'],
  when: (finding) => type.test(guardDutyType(finding)),
  atRisk: 'One right guess and the attacker is logged in.',
  actions: ['isolate-instance', 'suppress-finding'],
  because: 'Many failed logins came in a short time.',
  examples: [
    {
      name: 'over SSH',
      event: guardDutyEvent('UnauthorizedAccess:EC2/SSHBruteForce', 2, 'instance'),
      matches: true,
    },
    {
      name: 'over RDP',
      event: guardDutyEvent('UnauthorizedAccess:EC2/RDPBruteForce', 2, 'instance'),
      matches: true,
    },
    {
      name: 'at a database',
      event: guardDutyEvent('CredentialAccess:RDS/AnomalousLogin.FailedLogin', 2, 'database'),
      matches: false,
    },
  ],
});
