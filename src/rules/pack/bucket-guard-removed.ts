import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { callEvent } from './example-cloudtrail.ts';
import { macieEvent } from './example-macie.ts';
import { macieType } from './origin.ts';
import { playbook } from './playbook.ts';

const calls = new Set([
  's3:DeleteBucketPublicAccessBlock',
  's3:DeletePublicAccessBlock',
  's3:DeleteAccountPublicAccessBlock',
  's3:PutBucketPublicAccessBlock',
  's3:PutAccountPublicAccessBlock',
]);
const type = /^Policy:IAMUser\/S3BlockPublicAccessDisabled/;

/** Block of public access to buckets was removed. */
export const bucketGuardRemoved = defineRule({
  id: 'bucket-guard-removed',
  title: 'Block of public access to buckets was removed',
  attack: ['T1562', 'T1530'],
  when: (finding) => calls.has(callOf(finding)) || type.test(macieType(finding)),
  atRisk: 'One more change, and anybody can read what is in the bucket.',
  actions: [
    'block-public-access',
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  runbook: playbook('S3_Public_Access'),
  because: 'The block is what keeps a wrong policy from making data public.',
  examples: [
    {
      name: 'the block of a bucket',
      event: callEvent('s3:DeleteBucketPublicAccessBlock', {
        request: { bucketName: 'example-invoices' },
      }),
      matches: true,
    },
    {
      name: 'found by Macie',
      event: macieEvent('Policy:IAMUser/S3BlockPublicAccessDisabled'),
      matches: true,
    },
    {
      name: 'a public bucket',
      event: macieEvent('Policy:IAMUser/S3BucketPublic'),
      matches: false,
    },
  ],
});
