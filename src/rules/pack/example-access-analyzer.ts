/** Findings of Access Analyzer as it sends them to EventBridge. */
import { account, eventFrom, region } from './example-event.ts';

const arns = {
  'AWS::S3::Bucket': 'arn:aws:s3:::example-invoices',
  'AWS::IAM::Role': `arn:aws:iam::${account}:role/old-job`,
  'AWS::IAM::User': `arn:aws:iam::${account}:user/ci-deploy`,
  'AWS::SQS::Queue': `arn:aws:sqs:${region}:${account}:orders`,
  'AWS::EC2::Snapshot': `arn:aws:ec2:${region}::snapshot/snap-0a1b2c3d4e5f60718`,
} as const;

/** A finding about that type of resource; `more` goes into the detail. */
const accessEvent = (
  detailType: string,
  resourceType: keyof typeof arns,
  more: Readonly<Record<string, unknown>>,
): unknown =>
  eventFrom('aws.access-analyzer', detailType, {
    version: '1.0',
    id: 'b8ff0460-5d29-4922-b92c-ba956c986277',
    status: 'ACTIVE',
    resourceType,
    resource: arns[resourceType],
    createdAt: '2026-11-22T08:00:00Z',
    analyzedAt: '2026-11-22T08:10:00Z',
    updatedAt: '2026-11-22T08:10:00Z',
    accountId: account,
    region,
    isDeleted: false,
    ...more,
  });

/** Access from outside: by everybody (`*`) or by that account. */
export const externalAccessEvent = (
  resourceType: keyof typeof arns,
  principal: '*' | '210987654321',
): unknown =>
  accessEvent('Access Analyzer Finding', resourceType, {
    principal: { AWS: principal },
    action: ['s3:GetObject'],
    condition: {},
    isPublic: principal === '*',
  });

/** A resource that could not be analysed. */
export const accessErrorEvent = (resourceType: keyof typeof arns): unknown =>
  accessEvent('Access Analyzer Finding', resourceType, { error: 'ACCESS_DENIED' });

/** Access from inside the organisation. */
export const internalAccessEvent = (resourceType: keyof typeof arns): unknown =>
  accessEvent('Internal Access Finding', resourceType, { findingType: 'InternalAccess' });

/** Access that nobody uses; a key's finding names the key. */
export const unusedAccessEvent = (
  findingType: 'UnusedIAMRole' | 'UnusedIAMUserAccessKey' | 'UnusedPermission',
): unknown =>
  findingType === 'UnusedIAMUserAccessKey'
    ? accessEvent('Unused Access Finding for IAM entities', 'AWS::IAM::User', {
        findingType,
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      })
    : accessEvent('Unused Access Finding for IAM entities', 'AWS::IAM::Role', { findingType });
