import { defineRule } from '../rule.ts';
import { configEvent } from './example-config.ts';
import { controlEvent } from './example-security-hub.ts';
import { makerOf } from './origin.ts';

/** Security Hub control is not met. */
export const controlFailed = defineRule({
  id: 'control-failed',
  title: 'Security Hub control is not met',
  attack: [],
  when: (finding) => makerOf(finding) === 'securityhub',
  atRisk: 'It depends on the control: read its remediation.',
  actions: ['suppress-finding'],
  because: 'A control of a standard that you turned on has failed.',
  examples: [
    {
      name: 'a public address',
      event: controlEvent('EC2.9', 'AwsEc2Instance'),
      matches: true,
    },
    {
      name: 'a broken rule of Config',
      event: configEvent('my-own-rule', 'AWS::EC2::Instance', 'i-0a1b2c3d4e5f60718'),
      matches: false,
    },
  ],
});
