import { defineRule } from '../rule.ts';
import { breaks } from './check.ts';
import { configEvent } from './example-config.ts';
import { controlEvent } from './example-security-hub.ts';

const check = {
  rules: /mfa-enabled-for-iam-console-access|iam-user-mfa-enabled/,
  controls: ['IAM.5', 'IAM.19'],
};

/** User can sign in without a second factor. */
export const userWithoutMfa = defineRule({
  id: 'user-without-mfa',
  title: 'User can sign in without a second factor',
  attack: ['T1078.004', 'T1556.006'],
  when: (finding) => breaks(finding, check),
  atRisk: 'A stolen password is enough to be this user.',
  actions: ['suppress-finding'],
  because: 'A user with a password must have a second factor.',
  examples: [
    {
      name: 'a failed control',
      event: controlEvent('IAM.5', 'AwsIamUser'),
      matches: true,
    },
    {
      name: 'a broken rule of Config',
      event: configEvent(
        'mfa-enabled-for-iam-console-access',
        'AWS::IAM::User',
        'AIDACKCEVSQ6C2EXAMPLE',
      ),
      matches: true,
    },
    {
      name: 'root without a second factor',
      event: controlEvent('IAM.9', 'AwsAccount'),
      matches: false,
    },
  ],
});
