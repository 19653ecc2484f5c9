import type { Finding } from '../../findings/finding.ts';
import { defineRule } from '../rule.ts';
import { accessOf, concerns } from './access.ts';
import { breaks } from './check.ts';
import { externalAccessEvent } from './example-access-analyzer.ts';
import { configEvent } from './example-config.ts';
import { controlEvent, relayedEvent } from './example-security-hub.ts';
import { playbook } from './playbook.ts';

const isPublic = (finding: Finding): boolean =>
  accessOf(finding) === 'public' && concerns(finding, 'bucket');

const check = {
  rules: /s3-bucket-public-(read|write)-prohibited/,
  controls: ['S3.2', 'S3.3'],
};

/** Bucket is open to the public. */
export const bucketPublic = defineRule({
  id: 'bucket-public',
  title: 'Bucket is open to the public',
  attack: ['T1530'],
  when: (finding) => isPublic(finding) || breaks(finding, check),
  atRisk: 'Anybody may read, and perhaps change, what is in it.',
  actions: ['block-public-access', 'quarantine-bucket', 'suppress-finding'],
  runbook: playbook('S3_Public_Access'),
  because: 'The bucket lets in people without any credentials of yours.',
  examples: [
    {
      name: 'found by Access Analyzer',
      event: externalAccessEvent('AWS::S3::Bucket', '*'),
      matches: true,
    },
    {
      name: 'the same, relayed by Security Hub',
      event: relayedEvent('IAM Access Analyzer', 'AwsS3Bucket', {
        type: 'Effects/Data Exposure/External Access Granted',
        title: 'AwsS3Bucket/arn:aws:s3:::example-invoices/ allows public access',
      }),
      matches: true,
    },
    {
      name: 'a broken rule of Config',
      event: configEvent('s3-bucket-public-read-prohibited', 'AWS::S3::Bucket', 'example-invoices'),
      matches: true,
    },
    {
      name: 'a failed control',
      event: controlEvent('S3.2', 'AwsS3Bucket'),
      matches: true,
    },
    {
      name: 'a bucket for one other account',
      event: externalAccessEvent('AWS::S3::Bucket', '210987654321'),
      matches: false,
    },
  ],
});
