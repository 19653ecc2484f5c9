import { defineRule } from '../rule.ts';
import { guardDutyEvent } from './example.ts';
import { guardDutyType } from './origin.ts';
import { playbook } from './playbook.ts';

const type = /:Runtime\//;

/** Program on a server behaves like malware. */
export const runtimeThreat = defineRule({
  id: 'runtime-threat',
  title: 'Program on a server behaves like malware',
  attack: ['T1059'],
  when: (finding) => type.test(guardDutyType(finding)),
  atRisk: 'An attacker may be running programs on this machine.',
  actions: ['isolate-instance', 'snapshot-volumes', 'stop-instance', 'suppress-finding'],
  runbook: playbook('EC2_Forensics'),
  because: 'The agent on the machine saw a program do what malware does.',
  examples: [
    {
      name: 'a reverse shell',
      event: guardDutyEvent('Execution:Runtime/ReverseShell', 8, 'instance'),
      matches: true,
    },
    {
      name: 'a new program',
      event: guardDutyEvent('Execution:Runtime/NewBinaryExecuted', 5, 'cluster'),
      matches: true,
    },
    {
      name: 'network traffic only',
      event: guardDutyEvent('UnauthorizedAccess:EC2/TorClient', 8, 'instance'),
      matches: false,
    },
  ],
});
