import { defineRule } from '../rule.ts';
import { controlEvent, exposureEvent } from './example-security-hub.ts';
import { makerOf } from './origin.ts';

const type = /Exposure/;

/** Several weaknesses add up to a way in. */
export const exposure = defineRule({
  id: 'exposure',
  title: 'Several weaknesses add up to a way in',
  attack: ['T1190'],
  when: (finding) => makerOf(finding) === 'securityhub' && type.test(finding.type),
  atRisk: 'An attacker can walk the whole way, from reaching it to using it.',
  actions: ['suppress-finding'],
  because: 'Security Hub joined weaknesses, openness and rights of one resource.',
  examples: [
    {
      name: 'an exposure',
      event: exposureEvent(),
      matches: true,
    },
    {
      name: 'a failed control',
      event: controlEvent('EC2.9', 'AwsEc2Instance'),
      matches: false,
    },
  ],
});
