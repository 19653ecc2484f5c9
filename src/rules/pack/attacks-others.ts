import { atLeast } from '../../findings/finding.ts';
import { defineRule } from '../rule.ts';
import { guardDutyEvent } from './example.ts';
import { guardDutyType } from './origin.ts';
import { playbook } from './playbook.ts';

const flood =
  /:(EC2|Runtime)\/(DenialOfService|Spambot|AbusedDomainRequest|PortSweep|Portscan|WinRMBruteForce)/;
const guessing = /:EC2\/(SSH|RDP)BruteForce/;

/** Server is attacking or spamming others. */
export const attacksOthers = defineRule({
  id: 'attacks-others',
  title: 'Server is attacking or spamming others',
  attack: ['T1498', 'T1046', 'T1110'],
  when: (finding) =>
    flood.test(guardDutyType(finding)) ||
    // GuardDuty rates password guessing HIGH when our server does it, LOW when it is the target.
    (guessing.test(guardDutyType(finding)) && atLeast(finding.severity, 'HIGH')),
  atRisk: 'The machine is used against others: complaints, blocked addresses and a bill follow.',
  actions: ['isolate-instance', 'snapshot-volumes', 'stop-instance', 'suppress-finding'],
  runbook: playbook('EC2_Forensics'),
  because: 'The traffic goes out from our machine, so somebody else decides what it does.',
  examples: [
    {
      name: 'a flood',
      event: guardDutyEvent('Backdoor:EC2/DenialOfService.Tcp', 8, 'instance'),
      matches: true,
    },
    {
      name: 'guesses passwords elsewhere',
      event: guardDutyEvent('UnauthorizedAccess:EC2/SSHBruteForce', 8, 'instance'),
      matches: true,
    },
    {
      name: 'passwords are guessed at it',
      event: guardDutyEvent('UnauthorizedAccess:EC2/SSHBruteForce', 2, 'instance'),
      matches: false,
    },
  ],
});
