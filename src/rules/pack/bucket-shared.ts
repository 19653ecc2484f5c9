import type { Finding } from '../../findings/finding.ts';
import { defineRule } from '../rule.ts';
import { accessOf, concerns } from './access.ts';
import { callOf } from './api-call.ts';
import { externalAccessEvent } from './example-access-analyzer.ts';
import { callEvent } from './example-cloudtrail.ts';
import { macieEvent } from './example-macie.ts';
import { macieType } from './origin.ts';

const type =
  /^Policy:IAMUser\/S3Bucket(SharedExternally|ReplicatedExternally|SharedWithCloudFront)/;

/** A policy that lets everybody in is HIGH, for another account MEDIUM (cloudtrail-verdicts.ts). */
const isShared = (finding: Finding): boolean =>
  (callOf(finding) === 's3:PutBucketPolicy' && finding.severity === 'MEDIUM') ||
  type.test(macieType(finding)) ||
  (accessOf(finding) === 'external' && concerns(finding, 'bucket'));

/** Bucket is shared or copied outside the account. */
export const bucketShared = defineRule({
  id: 'bucket-shared',
  title: 'Bucket is shared or copied outside the account',
  attack: ['T1537', 'T1530'],
  when: isShared,
  atRisk: 'Others may read, and perhaps change, what is in it.',
  actions: [
    'quarantine-bucket',
    'block-public-access',
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  because: 'Data that others can read can leave through them.',
  examples: [
    {
      name: 'a policy for one account',
      event: callEvent('s3:PutBucketPolicy', {
        request: {
          bucketName: 'example-invoices',
          bucketPolicy: {
            Statement: [
              { Effect: 'Allow', Principal: { AWS: '210987654321' }, Action: 's3:GetObject' },
            ],
          },
        },
      }),
      matches: true,
    },
    {
      name: 'found by Macie',
      event: macieEvent('Policy:IAMUser/S3BucketSharedExternally'),
      matches: true,
    },
    {
      name: 'found by Access Analyzer',
      event: externalAccessEvent('AWS::S3::Bucket', '210987654321'),
      matches: true,
    },
    {
      name: 'a public bucket',
      event: externalAccessEvent('AWS::S3::Bucket', '*'),
      matches: false,
    },
  ],
});
