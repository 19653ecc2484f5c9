/**
 * What moto lacks is answered by the simulated world, in front of moto's clients. The world has what
 * moto has by name; what moto named itself is put into it when it is first asked for.
 */
import type { OnClient } from '../../src/aws/sdk-client.ts';
import type { Partition } from '../../src/local/world/state.ts';
import type { World } from '../../src/local/world/world.ts';
import { account, region } from './seed.ts';

/** Operations that moto 5.2.1 does not have, and one that it answers with nothing. */
const lacking: ReadonlySet<string> = new Set([
  'access-analyzer:CheckNoNewAccess',
  'ec2:DescribeLockedSnapshots',
  'ec2:GetConsoleScreenshot',
  'ec2:LockSnapshot',
  'iam:ListServiceSpecificCredentials',
  'lambda:DeleteProvisionedConcurrencyConfig',
  'lambda:ListProvisionedConcurrencyConfigs',
  'lambda:PutProvisionedConcurrencyConfig',
  's3:GetBucketPolicyStatus',
]);

/** One answer of the world, as AWS's model of the operation shall have it. */
export interface Answered {
  readonly service: string;
  readonly operation: string;
  readonly output: object;
}

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
};

/** Puts what moto named into the world, like its own example. */
const adopt = ({ instances, snapshots }: Partition, id: string): void => {
  const [instance] = instances.values();
  const [snapshot] = snapshots.values();
  if (id.startsWith('i-') && instance && !instances.has(id))
    instances.set(id, { ...instance, id, tags: {} });
  if (id.startsWith('snap-') && snapshot && !snapshots.has(id))
    snapshots.set(id, { ...snapshot, id, tags: {} });
};

type Next = (args: { readonly input: object }) => Promise<unknown>;

export const standIn =
  (world: World, served: Answered[]): OnClient =>
  (client, service) => {
    const middleware =
      (next: Next, { commandName = '' }: { readonly commandName?: string }): Next =>
      async ({ input }) => {
        const operation = commandName.replace(/Command$/, '');
        if (!lacking.has(`${service}:${operation}`)) return next({ input });
        for (const text of textsIn(input)) adopt(world.partition(account, region), text);
        const accessKeyId = `ADMIN-${account}`;
        const output = await world.dispatch({ service, operation, region, accessKeyId, input });
        served.push({ service, operation, output });
        return { output: { ...output, $metadata: {} }, response: {} };
      };
    const options = { step: 'initialize', priority: 'low', name: 'standIn' };
    client.middlewareStack.add(middleware as never, options as never);
  };
