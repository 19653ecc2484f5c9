import { defineRule } from '../rule.ts';
import { guardDutyEvent } from './example.ts';
import { guardDutyType } from './origin.ts';
import { playbook } from './playbook.ts';

const type = /^(DefenseImpairment|DefenseEvasion):EC2\/(?!Unusual)/;

/** Protection of a server is being turned off. */
export const defencesImpaired = defineRule({
  id: 'defences-impaired',
  title: 'Protection of a server is being turned off',
  attack: ['T1562.001'],
  when: (finding) => type.test(guardDutyType(finding)),
  atRisk: 'What happens on the server from now on may go unseen.',
  actions: ['isolate-instance', 'snapshot-volumes', 'stop-instance', 'suppress-finding'],
  runbook: playbook('EC2_Forensics'),
  because: 'Attackers stop agents and logs before they do the rest.',
  examples: [
    {
      name: 'an agent was stopped, seen by a custom rule of GuardDuty',
      event: guardDutyEvent('DefenseImpairment:EC2/DisableOrModifyTools', 6, 'instance'),
      matches: true,
    },
    {
      name: 'an unusual resolver of names',
      event: guardDutyEvent('DefenseEvasion:EC2/UnusualDNSResolver', 5, 'instance'),
      matches: false,
    },
  ],
});
