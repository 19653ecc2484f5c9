/** The example buckets: one that should never have been opened. Every name is made up. */
import type { Bucket, Partition } from './state.ts';

/** A bucket as AWS makes one today, but without its block of public access. */
export const openBucket = (name: string, more: Partial<Bucket> = {}): Bucket => ({
  name,
  grants: [],
  website: false,
  tags: {},
  ...more,
});

const allow = (sid: string, principal: unknown, bucket: string) => ({
  Sid: sid,
  Effect: 'Allow',
  Principal: principal,
  Action: 's3:GetObject',
  Resource: `arn:aws:s3:::${bucket}/*`,
});

/** Everybody reads, a partner account reads, and nobody does without TLS. */
const invoicesPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    allow('Everybody', '*', 'example-invoices'),
    allow('Partner', { AWS: 'arn:aws:iam::210987654321:root' }, 'example-invoices'),
    {
      Sid: 'OnlyTls',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: ['arn:aws:s3:::example-invoices', 'arn:aws:s3:::example-invoices/*'],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ],
});

export const seedBuckets = ({ buckets }: Partition): void => {
  const invoices = openBucket('example-invoices', { policy: invoicesPolicy });
  buckets.set(invoices.name, invoices);
};
