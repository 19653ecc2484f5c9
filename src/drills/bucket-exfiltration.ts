import { apiCall, guardDutyEvent } from './guardduty-event.ts';
import { defineScenario, type Stage } from './scenario.ts';

const bucket = 'drill-customers';
const user = 'reporting';
const key = 'AKIAI44QH8DHBEXAMPLE';

const setStatus = ({ account, region }: Stage, status: 'Active' | 'Inactive') => ({
  account,
  region,
  operation: 'iam:UpdateAccessKey',
  input: { UserName: user, AccessKeyId: key, Status: status },
});

export const bucketExfiltration = defineScenario({
  id: 'bucket-exfiltration',
  title: 'Data is copied out of a bucket',
  story: `The user ${user} reads a bucket of customer data in a way that it never did.`,
  event: (stage) =>
    guardDutyEvent(stage, {
      type: 'Exfiltration:S3/AnomalousBehavior',
      severity: 8,
      title: `User ${user} anomalously invoked an S3 API that is used to collect data.`,
      description: `The IAM user ${user} invoked GetObject on the S3 bucket ${bucket} in an unusual way.`,
      resource: {
        resourceType: 'S3Bucket',
        accessKeyDetails: {
          accessKeyId: key,
          principalId: 'AIDAJQABLZS4A3EXAMPLE',
          userName: user,
          userType: 'IAMUser',
        },
        s3BucketDetails: [{ name: bucket, arn: `arn:aws:s3:::${bucket}`, type: 'Source' }],
      },
      action: apiCall('s3.amazonaws.com', 'GetObject'),
    }),
  drift: (stage) => [setStatus(stage, 'Inactive')],
  counterMove: (stage) => [setStatus(stage, 'Active')],
  good: {
    contains: ['bucket-exfiltration', 'contain-user', 'quarantine-bucket'],
    because:
      'whoever copies is stopped, and the bucket is shut until it is known who else reads it',
    harms: {
      'quarantine-account': 'it stops everybody in the account, for one user',
    },
  },
});
