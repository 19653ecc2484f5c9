import { defineRule } from '../rule.ts';
import { guardDutyEvent } from './example.ts';
import { guardDutyType } from './origin.ts';

const type = /^(Behavior|DefenseEvasion):EC2\//;

/** Server sends unusual traffic. */
export const unusualTraffic = defineRule({
  id: 'unusual-traffic',
  title: 'Server sends unusual traffic',
  attack: ['T1571', 'T1572'],
  when: (finding) => type.test(guardDutyType(finding)),
  atRisk: 'The traffic may carry commands in or data out.',
  actions: ['isolate-instance', 'snapshot-volumes', 'stop-instance', 'suppress-finding'],
  because: 'Amount, port or way of asking for names does not fit the history of the server.',
  examples: [
    {
      name: 'an unusual port',
      event: guardDutyEvent('Behavior:EC2/NetworkPortUnusual', 5, 'instance'),
      matches: true,
    },
    {
      name: 'DNS over HTTPS',
      event: guardDutyEvent('DefenseEvasion:EC2/UnusualDoHActivity', 5, 'instance'),
      matches: true,
    },
    {
      name: 'a control server',
      event: guardDutyEvent('Backdoor:EC2/C&CActivity.B', 8, 'instance'),
      matches: false,
    },
  ],
});
