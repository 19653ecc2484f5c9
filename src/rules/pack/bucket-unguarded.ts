import { defineRule } from '../rule.ts';
import { breaks } from './check.ts';
import { controlEvent, relayedEvent } from './example-security-hub.ts';
import { playbook } from './playbook.ts';

const check = {
  rules: /bucket-level-public-access-prohibited|s3-account-level-public-access-blocks/,
  controls: ['S3.1', 'S3.8'],
};

/** Bucket has no block against public access. */
export const bucketUnguarded = defineRule({
  id: 'bucket-unguarded',
  title: 'Bucket has no block against public access',
  attack: ['T1530'],
  when: (finding) => breaks(finding, check),
  atRisk: 'A wrong policy or access list is enough to make it public.',
  actions: ['block-public-access', 'suppress-finding'],
  runbook: playbook('S3_Public_Access'),
  because: 'With the block, no policy can open the bucket to everybody.',
  examples: [
    {
      name: 'a failed control',
      event: controlEvent('S3.8', 'AwsS3Bucket'),
      matches: true,
    },
    {
      name: 'a broken rule of Config, relayed',
      event: relayedEvent('Config', 'AwsS3Bucket', {
        type: 'Software and Configuration Checks',
        title: 'bucket-level-public-access-prohibited',
      }),
      matches: true,
    },
    {
      name: 'a public bucket',
      event: controlEvent('S3.2', 'AwsS3Bucket'),
      matches: false,
    },
  ],
});
