/** Findings of Inspector as it sends them to EventBridge. */
import { account, eventFrom, region } from './example-event.ts';

const resources = {
  AWS_EC2_INSTANCE: 'i-0a1b2c3d4e5f60718',
  AWS_ECR_CONTAINER_IMAGE: `arn:aws:ecr:${region}:${account}:repository/shop/web/sha256:36c7b282abd0186e36c7b282abd0186e36c7b282abd0186e36c7b282abd0186e`,
  AWS_LAMBDA_FUNCTION: `arn:aws:lambda:${region}:${account}:function:resize-images:$LATEST`,
  CODE_REPOSITORY: `arn:aws:inspector2:${region}:${account}:codesecurity-integration/0a1b2c3d/project-4e5f6071`,
} as const;

/** A finding of that type about that kind of resource. */
export const inspectorEvent = (
  type: 'PACKAGE_VULNERABILITY' | 'CODE_VULNERABILITY' | 'NETWORK_REACHABILITY',
  about: keyof typeof resources,
): unknown =>
  eventFrom('aws.inspector2', 'Inspector2 Finding', {
    awsAccountId: account,
    findingArn: `arn:aws:inspector2:${region}:${account}:finding/0a1b2c3d4e5f60718293a4b5c6d7e8fa`,
    type,
    severity: 'HIGH',
    status: 'ACTIVE',
    title: 'Example finding',
    description: 'Example finding',
    firstObservedAt: 'Sun Nov 22 08:49:00.000 UTC 2026',
    lastObservedAt: 'Sun Nov 22 08:54:00.000 UTC 2026',
    updatedAt: 'Sun Nov 22 08:55:00.000 UTC 2026',
    resources: [{ id: resources[about], type: about, region, partition: 'aws' }],
  });
