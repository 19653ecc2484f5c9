/** Events for the rules' examples: GuardDuty findings as EventBridge sends them, synthetic ids. */

const account = '123456789012';
const region = 'eu-west-1';
const detector = '12abc34d567e8fa901bc2d34e56789f0';

/** What a finding may be about, by the name of the example. */
const resources = {
  instance: { resourceType: 'Instance', instanceDetails: { instanceId: 'i-0a1b2c3d4e5f60718' } },
  key: {
    resourceType: 'AccessKey',
    accessKeyDetails: {
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      principalId: 'AIDACKCEVSQ6C2EXAMPLE',
      userName: 'ci-deploy',
      userType: 'IAMUser',
    },
  },
  session: {
    resourceType: 'AccessKey',
    accessKeyDetails: {
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
      principalId: 'AROACKCEVSQ6C2EXAMPLE:i-0a1b2c3d4e5f60718',
      userName: 'checkout-api',
      userType: 'AssumedRole',
    },
  },
  root: {
    resourceType: 'AccessKey',
    accessKeyDetails: { accessKeyId: '', userName: 'Root', userType: 'Root' },
  },
  bucket: { resourceType: 'S3Bucket', s3BucketDetails: [{ name: 'example-invoices' }] },
  function: { resourceType: 'Lambda', lambdaDetails: { functionName: 'resize-images' } },
  cluster: { resourceType: 'EKSCluster', eksClusterDetails: { name: 'shop' } },
  database: {
    resourceType: 'RDSDBInstance',
    rdsDbInstanceDetails: { dbInstanceIdentifier: 'orders' },
  },
  none: {},
};

/** A `GuardDuty Finding` event of this type and severity about that kind of thing. */
export const guardDutyEvent = (
  type: string,
  severity: number,
  about: keyof typeof resources,
): unknown => ({
  version: '0',
  id: 'c8c4daa7-a20c-2f03-0070-b7393dd542ad',
  'detail-type': 'GuardDuty Finding',
  source: 'aws.guardduty',
  account,
  time: '2026-11-22T09:00:00Z',
  region,
  resources: [],
  detail: {
    schemaVersion: '2.0',
    accountId: account,
    region,
    partition: 'aws',
    id: '16afba5c5c43e07c9e3e5e2e544e95df',
    arn: `arn:aws:guardduty:${region}:${account}:detector/${detector}/finding/16afba5c5c43e07c9e3e5e2e544e95df`,
    type,
    severity,
    title: 'Example finding',
    description: 'Example finding',
    createdAt: '2026-11-22T08:50:00.000Z',
    updatedAt: '2026-11-22T08:55:00.000Z',
    resource: resources[about],
    service: {
      serviceName: 'guardduty',
      detectorId: detector,
      archived: false,
      count: 1,
      eventFirstSeen: '2026-11-22T08:49:00.000Z',
      eventLastSeen: '2026-11-22T08:54:00.000Z',
    },
  },
});
