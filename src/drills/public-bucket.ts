import { apiCall, guardDutyEvent } from './guardduty-event.ts';
import { openToEverybody } from './open-bucket.ts';
import { defineScenario } from './scenario.ts';

const bucket = 'drill-invoices';

export const publicBucket = defineScenario({
  id: 'public-bucket',
  title: 'Bucket opened to everybody',
  story: 'A change of its policy lets anybody read a bucket of invoices.',
  event: (stage) =>
    guardDutyEvent(stage, {
      type: 'Policy:S3/BucketAnonymousAccessGranted',
      severity: 8,
      title: `Anonymous access was granted to the S3 bucket ${bucket}.`,
      description: `The S3 bucket ${bucket} was opened to everybody by the IAM user ci-deploy, who changed its policy.`,
      resource: {
        resourceType: 'S3Bucket',
        s3BucketDetails: [{ name: bucket, arn: `arn:aws:s3:::${bucket}`, type: 'Destination' }],
      },
      action: apiCall('s3.amazonaws.com', 'PutBucketPolicy'),
    }),
  furnish: (stage) => [openToEverybody(stage, bucket)],
  drift: ({ account, region }) => [
    {
      account,
      region,
      operation: 's3:PutPublicAccessBlock',
      input: {
        Bucket: bucket,
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: true },
      },
    },
  ],
  counterMove: ({ account, region }) => [
    { account, region, operation: 's3:DeletePublicAccessBlock', input: { Bucket: bucket } },
  ],
  good: {
    contains: ['public-bucket', 'block-public-access'],
    because:
      'the block closes it to strangers whatever its policy says, and keeps it open to its owners',
    harms: {
      'quarantine-bucket': 'it also shuts out those who need the bucket',
      'quarantine-account': 'it stops everybody in the account, for one bucket',
    },
  },
});
