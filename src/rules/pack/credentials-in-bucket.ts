import { defineRule } from '../rule.ts';
import { macieEvent } from './example-macie.ts';
import { relayedEvent } from './example-security-hub.ts';
import { macieType } from './origin.ts';

const type = /^SensitiveData:S3Object\/Credentials/;

/** Passwords or keys were found in a bucket. */
export const credentialsInBucket = defineRule({
  id: 'credentials-in-bucket',
  title: 'Passwords or keys were found in a bucket',
  attack: ['T1552.001'],
  when: (finding) => type.test(macieType(finding)),
  atRisk: 'Whoever can read the object can use the credentials.',
  actions: ['block-public-access', 'quarantine-bucket', 'suppress-finding'],
  because: 'Credentials belong into a store of secrets, and found ones must be changed.',
  examples: [
    {
      name: 'credentials',
      event: macieEvent('SensitiveData:S3Object/Credentials'),
      matches: true,
    },
    {
      name: 'relayed by Security Hub',
      event: relayedEvent('Macie', 'AwsS3Bucket', {
        type: 'Sensitive Data Identifications/Passwords/SensitiveData:S3Object-Credentials',
      }),
      matches: true,
    },
    {
      name: 'data about people',
      event: macieEvent('SensitiveData:S3Object/Personal'),
      matches: false,
    },
  ],
});
