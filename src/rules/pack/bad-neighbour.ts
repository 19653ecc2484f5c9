import { defineRule } from '../rule.ts';
import { guardDutyEvent } from './example.ts';
import { guardDutyType } from './origin.ts';
import { playbook } from './playbook.ts';

const type =
  /^UnauthorizedAccess:(EC2|Runtime)\/(TorClient|TorRelay|TorIPCaller|MaliciousIPCaller)/;

/** Server exchanges traffic with Tor or a bad address. */
export const badNeighbour = defineRule({
  id: 'bad-neighbour',
  title: 'Server exchanges traffic with Tor or a bad address',
  attack: ['T1090.003'],
  when: (finding) => type.test(guardDutyType(finding)),
  atRisk: 'The server may be controlled from there or hide the traffic of others.',
  actions: ['isolate-instance', 'snapshot-volumes', 'stop-instance', 'suppress-finding'],
  runbook: playbook('EC2_Forensics'),
  because: 'The other side is on a threat list or part of the Tor network.',
  examples: [
    {
      name: 'a Tor client',
      event: guardDutyEvent('UnauthorizedAccess:EC2/TorClient', 8, 'instance'),
      matches: true,
    },
    {
      name: 'an address on a custom list',
      event: guardDutyEvent('UnauthorizedAccess:EC2/MaliciousIPCaller.Custom', 5, 'instance'),
      matches: true,
    },
    {
      name: 'a key used from Tor',
      event: guardDutyEvent('UnauthorizedAccess:IAMUser/TorIPCaller', 5, 'key'),
      matches: false,
    },
  ],
});
