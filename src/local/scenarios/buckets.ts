/** Scenarios about the example bucket. */
import { guardDutyEvent, type Story } from './guardduty-event.ts';
import type { Scenario } from './scenario.ts';

const bucket = 'example-invoices';

const opened: Story = {
  id: '46d2fc6f4e63a29e1a5a7a4a766acdef',
  type: 'Policy:S3/BucketAnonymousAccessGranted',
  severity: 8,
  title: `Anonymous access was granted to the S3 bucket ${bucket}.`,
  description: `The S3 bucket ${bucket} was opened to everybody by the IAM user ci-deploy, who changed its policy.`,
  count: 1,
  minutes: 6,
  resource: {
    resourceType: 'S3Bucket',
    s3BucketDetails: [{ name: bucket, arn: `arn:aws:s3:::${bucket}`, type: 'Destination' }],
  },
  action: {
    actionType: 'AWS_API_CALL',
    awsApiCallAction: {
      api: 'PutBucketPolicy',
      serviceName: 's3.amazonaws.com',
      callerType: 'Remote IP',
      remoteIpDetails: { ipAddressV4: '198.51.100.77' },
    },
  },
};

export const publicBucketAlert: Scenario = {
  id: 'public-bucket',
  title: 'Bucket opened to everybody',
  description:
    'example-invoices can be read by anybody. Block public access alone, or quarantine it with an approval; undo the block first.',
  run: async (world) => {
    await world.events([guardDutyEvent(opened, world.clock.now())]);
  },
};

export const reopenedBucket: Scenario = {
  id: 'reopen-bucket',
  title: 'Attack: the blocked bucket is opened again',
  description:
    'Run it on a blocked or quarantined bucket: an administrator removes block and policy. Undo refuses and shows the difference.',
  run: async (world) => {
    const found = world.aws.partition('123456789012', 'eu-west-1').buckets.get(bucket);
    if (!found) return;
    found.block = [];
    found.policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: `arn:aws:s3:::${bucket}/*` },
      ],
    });
  },
};
