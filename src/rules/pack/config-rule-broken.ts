import { defineRule } from '../rule.ts';
import { configEvent } from './example-config.ts';
import { controlEvent, relayedEvent } from './example-security-hub.ts';
import { makerOf } from './origin.ts';

/** Resource breaks a rule of Config. */
export const configRuleBroken = defineRule({
  id: 'config-rule-broken',
  title: 'Resource breaks a rule of Config',
  attack: [],
  when: (finding) => makerOf(finding) === 'config',
  atRisk: 'It depends on the rule: read what it asks for.',
  actions: ['suppress-finding'],
  because: 'You deployed this rule because it matters to you.',
  examples: [
    {
      name: 'a rule of your own',
      event: configEvent('my-own-rule', 'AWS::EC2::Instance', 'i-0a1b2c3d4e5f60718'),
      matches: true,
    },
    {
      name: 'relayed by Security Hub',
      event: relayedEvent('Config', 'AwsEc2Instance', {
        type: 'Software and Configuration Checks',
        title: 'my-own-rule',
      }),
      matches: true,
    },
    {
      name: 'a failed control',
      event: controlEvent('EC2.9', 'AwsEc2Instance'),
      matches: false,
    },
  ],
});
