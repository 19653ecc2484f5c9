import { defineRule } from '../rule.ts';
import { guardDutyEvent } from './example.ts';
import { guardDutyType } from './origin.ts';

const type = /:Lambda\//;

/** Lambda function behaves as if compromised. */
export const functionCompromised = defineRule({
  id: 'function-compromised',
  title: 'Lambda function behaves as if compromised',
  attack: ['T1648'],
  when: (finding) => type.test(guardDutyType(finding)),
  atRisk: "The attacker's code runs with the function's role.",
  actions: ['stop-function', 'suppress-finding'],
  because: 'The function talks to addresses that it has no reason to know.',
  examples: [
    {
      name: 'to a control server',
      event: guardDutyEvent('Backdoor:Lambda/C&CActivity.B', 8, 'function'),
      matches: true,
    },
    {
      name: 'a server that does so',
      event: guardDutyEvent('Backdoor:EC2/C&CActivity.B', 8, 'instance'),
      matches: false,
    },
  ],
});
