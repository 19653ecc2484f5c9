import { defineRule } from '../rule.ts';
import { guardDutyEvent } from './example.ts';
import { guardDutyType } from './origin.ts';

const type = /^AttackSequence:/;

/** Several alarms add up to one attack. */
export const attackSequence = defineRule({
  id: 'attack-sequence',
  title: 'Several alarms add up to one attack',
  attack: ['T1078.004'],
  when: (finding) => type.test(guardDutyType(finding)),
  atRisk: 'An attacker has got through several stages and is likely still active.',
  actions: [
    'isolate-instance',
    'snapshot-volumes',
    'stop-instance',
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  because: 'GuardDuty joined signals over time into one attack with high confidence.',
  examples: [
    {
      name: 'a compromised group of instances',
      event: guardDutyEvent('AttackSequence:EC2/CompromisedInstanceGroup', 9.5, 'instance'),
      matches: true,
    },
    {
      name: 'credentials used in several stages',
      event: guardDutyEvent('AttackSequence:IAM/CompromisedCredentials', 9.1, 'key'),
      matches: true,
    },
    {
      name: 'a single signal',
      event: guardDutyEvent('Discovery:IAMUser/AnomalousBehavior', 5, 'key'),
      matches: false,
    },
  ],
});
