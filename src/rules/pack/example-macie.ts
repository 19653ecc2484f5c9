/** Findings of Macie as it sends them to EventBridge. */
import { account, eventFrom, region } from './example-event.ts';

/** A finding of that type about the bucket `example-invoices`. */
export const macieEvent = (type: `${'Policy:IAMUser' | 'SensitiveData:S3Object'}/${string}`) =>
  eventFrom('aws.macie', 'Macie Finding', {
    schemaVersion: '1.0',
    id: '64b917aa3843014c91d8937ff08f0f60',
    accountId: account,
    partition: 'aws',
    region,
    type,
    title: 'Example finding',
    description: 'Example finding',
    severity: { score: 3, description: 'High' },
    createdAt: '2026-11-22T08:00:00Z',
    updatedAt: '2026-11-22T08:10:00Z',
    count: 1,
    sample: false,
    archived: false,
    category: type.startsWith('Policy') ? 'POLICY' : 'CLASSIFICATION',
    resourcesAffected: {
      s3Bucket: { arn: 'arn:aws:s3:::example-invoices', name: 'example-invoices' },
    },
  });
