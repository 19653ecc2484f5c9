import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { callEvent } from './example-cloudtrail.ts';

const calls = new Set(['s3:PutBucketPolicy']);

/** Policy of a bucket was changed. */
export const bucketPolicyChanged = defineRule({
  id: 'bucket-policy-changed',
  title: 'Policy of a bucket was changed',
  attack: ['T1530', 'T1222'],
  when: (finding) => calls.has(callOf(finding)),
  atRisk: 'Somebody may now read or change what is in the bucket.',
  actions: [
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'block-public-access',
    'quarantine-bucket',
    'suppress-finding',
  ],
  because:
    'The change opens the bucket to nobody outside without a condition, but it may be a first step.',
  examples: [
    {
      name: 'a policy for a role of ours',
      event: callEvent('s3:PutBucketPolicy', {
        request: {
          bucketName: 'example-invoices',
          bucketPolicy: {
            Statement: [
              {
                Effect: 'Allow',
                Principal: { AWS: 'arn:aws:iam::123456789012:role/job' },
                Action: 's3:GetObject',
              },
            ],
          },
        },
      }),
      matches: true,
    },
    {
      name: 'an access list for everybody',
      event: callEvent('s3:PutBucketAcl', {
        request: { bucketName: 'example-invoices', 'x-amz-acl': ['public-read'] },
      }),
      matches: false,
    },
  ],
});
