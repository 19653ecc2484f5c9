import { defineRule } from '../rule.ts';
import { guardDutyEvent } from './example.ts';
import { guardDutyType } from './origin.ts';
import { playbook } from './playbook.ts';

const type =
  /^(Backdoor|Trojan):(EC2|Runtime)\/|:(EC2|Runtime)\/(MaliciousDomainRequest|SuspiciousDomainRequest|C&CActivity)/;

/** Server is talking to an attacker's control server. */
export const controlServer = defineRule({
  id: 'control-server',
  title: "Server is talking to an attacker's control server",
  attack: ['T1071', 'T1568.002'],
  when: (finding) => type.test(guardDutyType(finding)),
  atRisk: 'An attacker can run commands on the server and reach whatever it reaches.',
  actions: ['isolate-instance', 'snapshot-volumes', 'stop-instance', 'suppress-finding'],
  runbook: playbook('EC2_Forensics'),
  because: 'It contacts addresses or names that only malware uses.',
  examples: [
    {
      name: 'asks for a control server',
      event: guardDutyEvent('Backdoor:EC2/C&CActivity.B!DNS', 8, 'instance'),
      matches: true,
    },
    {
      name: 'sends to a drop point',
      event: guardDutyEvent('Trojan:EC2/DropPoint', 5, 'instance'),
      matches: true,
    },
    {
      name: 'a probed port',
      event: guardDutyEvent('Recon:EC2/PortProbeUnprotectedPort', 2, 'instance'),
      matches: false,
    },
  ],
});
