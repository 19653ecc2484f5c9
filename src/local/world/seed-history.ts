/** What ci-deploy did in the weeks before, as CloudTrail has it, and how it changed, as AWS Config does. */
import { userId } from './iam-users.ts';
import { logCall } from './trail-events.ts';
import type { World } from './world.ts';

const region = 'eu-west-1';
const dayMs = 86_400_000;

/** A deployment, from the runner's address. */
const usual = [
  ['sts.amazonaws.com', 'AssumeRole'],
  ['ecr.amazonaws.com', 'GetAuthorizationToken'],
  ['ecs.amazonaws.com', 'UpdateService'],
] as const;

export const seedHistory = (world: World, account: string): void => {
  for (const days of [30, 16, 2])
    for (const [source, name] of usual)
      logCall(
        world,
        { account, region },
        {
          at: new Date(world.now() - days * dayMs).toISOString(),
          name,
          source,
          user: 'ci-deploy',
          key: 'AKIAIOSFODNN7EXAMPLE',
          from: '203.0.113.24',
          agent: 'aws-sdk-js/3.950.0',
        },
      );
  const recorded = (days: number, configuration: object) => ({
    at: new Date(world.now() - days * dayMs).toISOString(),
    status: 'OK' as const,
    configuration: { userName: 'ci-deploy', ...configuration },
  });
  world
    .partition(account, region)
    .services.recorded.set(`AWS::IAM::User/${userId('ci-deploy')}`, [
      recorded(5, { tags: [] }),
      recorded(3, { tags: [{ key: 'team', value: 'checkout' }] }),
    ]);
};
