import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { callEvent } from './example-cloudtrail.ts';
import { macieEvent } from './example-macie.ts';
import { macieType } from './origin.ts';

const calls = new Set(['ec2:DisableEbsEncryptionByDefault']);
const type = /^Policy:IAMUser\/S3BucketEncryptionDisabled/;

/** Encryption of stored data was turned off. */
export const encryptionOff = defineRule({
  id: 'encryption-off',
  title: 'Encryption of stored data was turned off',
  attack: ['T1562'],
  when: (finding) => calls.has(callOf(finding)) || type.test(macieType(finding)),
  atRisk: 'Data stored from now on can be read by whoever gets the disk or object.',
  actions: [
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  because: 'Nobody turns encryption off without a reason that should be known.',
  examples: [
    {
      name: 'of new volumes',
      event: callEvent('ec2:DisableEbsEncryptionByDefault'),
      matches: true,
    },
    {
      name: 'of a bucket',
      event: macieEvent('Policy:IAMUser/S3BucketEncryptionDisabled'),
      matches: true,
    },
    {
      name: 'a public bucket',
      event: macieEvent('Policy:IAMUser/S3BucketPublic'),
      matches: false,
    },
  ],
});
