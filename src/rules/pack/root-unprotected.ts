import { defineRule } from '../rule.ts';
import { breaks } from './check.ts';
import { configEvent } from './example-config.ts';
import { controlEvent } from './example-security-hub.ts';

const check = {
  rules: /root-account-(hardware-)?mfa-enabled|iam-root-access-key-check/,
  controls: ['IAM.4', 'IAM.6', 'IAM.9'],
};

/** Root user has a key or no second factor. */
export const rootUnprotected = defineRule({
  id: 'root-unprotected',
  title: 'Root user has a key or no second factor',
  attack: ['T1078.004'],
  when: (finding) => breaks(finding, check),
  atRisk: 'One stolen secret is enough to own the account.',
  actions: ['suppress-finding'],
  because: 'Root must have a second factor and no key.',
  examples: [
    {
      name: 'a failed control',
      event: controlEvent('IAM.4', 'AwsAccount'),
      matches: true,
    },
    {
      name: 'a broken rule of Config',
      event: configEvent('root-account-mfa-enabled', 'AWS::::Account', '123456789012'),
      matches: true,
    },
    {
      name: 'a user without a second factor',
      event: controlEvent('IAM.5', 'AwsIamUser'),
      matches: false,
    },
  ],
});
