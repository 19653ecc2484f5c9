/**
 * The two clouds that one script is run against, with the same example and ids in both: moto over
 * HTTP, and the simulated world. Only the clients' far end differs.
 */
import { EC2Client, TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { inject } from 'vitest';
import { type Accounts, awsAccounts } from '../../src/aws/accounts.ts';
import type { OnClient } from '../../src/aws/sdk-client.ts';
import { attach } from '../../src/local/world/attach.ts';
import { createWorld, type World } from '../../src/local/world/world.ts';
import { dialect } from './dialect.ts';
import { mirror } from './mirror.ts';
import { startOverlay } from './overlay.ts';
import { account, asOwner, type Example, type Owner, region, seedMoto } from './seed.ts';
import { standIn } from './stand-in.ts';
import { type Sent, watching } from './watch.ts';

export interface Cloud {
  readonly name: 'moto' | 'simulated';
  /** Sessions as the two functions assume them. */
  readonly worker: Accounts;
  readonly executor: Accounts;
  /** May do everything, and is not Cordon: looks, tampers. */
  readonly owner: Owner;
  /** Where findings are kept, also for moto. */
  readonly world: World;
  terminate(instance: string): Promise<void>;
}

export interface Lane {
  readonly example: Example;
  readonly moto: Cloud;
  readonly simulated: Cloud;
  stop(): Promise<void>;
}

const now = Date.parse('2026-11-22T03:00:00.000Z');

const ownerOf = (onClient: OnClient): Owner => {
  const owner = { ec2: new EC2Client(asOwner), iam: new IAMClient(asOwner) };
  onClient(owner.ec2, 'ec2');
  onClient(owner.iam, 'iam');
  return owner;
};

const accountsOf = (functionName: 'worker' | 'executor', onClient: OnClient): Accounts =>
  awsAccounts({
    functionName,
    homeRegion: region,
    externalId: 'cordon-local',
    now: () => now,
    credentials: { accessKeyId: `FUNCTION-${functionName}`, secretAccessKey: 'local' },
    onClient,
  });

const cloudOf = (
  world: World,
  sent: Sent[],
  onClient: OnClient,
): Pick<Cloud, 'worker' | 'executor' | 'owner' | 'world'> => {
  const watch = watching(sent);
  const watched: OnClient = (client, service) => {
    watch(client, service);
    onClient(client, service);
  };
  return {
    worker: accountsOf('worker', watched),
    executor: accountsOf('executor', watched),
    owner: ownerOf(onClient),
    world,
  };
};

const simulatedCloud = (world: World, sent: Sent[]): Cloud => ({
  ...cloudOf(world, sent, (client, service) => attach(client, service, world)),
  name: 'simulated',
  async terminate(id) {
    const { instances, interfaces } = world.partition(account, region);
    const instance = instances.get(id);
    if (instance) instance.state = 'terminated';
    for (const each of interfaces.values()) if (each.instance === id) interfaces.delete(each.id);
  },
});

const motoCloud = (world: World, sent: Sent[]): Cloud => {
  const served = standIn(world, []);
  const cloud = cloudOf(world, sent, (client, service) => {
    served(client, service);
    dialect(client, service);
  });
  return {
    ...cloud,
    name: 'moto',
    async terminate(id) {
      await cloud.owner.ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
    },
  };
};

/**
 * Empties moto, makes the example in it and its mirror image; the SDK's own variable points at it.
 * What Cordon sends to either cloud is put into `sent`. `policies`: with AWS's own managed policies.
 */
export const openLane = async (sent: Sent[], policies = false): Promise<Lane> => {
  const endpoint = inject(policies ? 'motoWithPolicies' : 'moto');
  await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
  const findings = createWorld({ now: () => now });
  const overlay = await startOverlay(endpoint, findings);
  process.env['AWS_ENDPOINT_URL'] = overlay.endpoint;
  const moto = motoCloud(findings, sent);
  const example = await seedMoto(moto.owner);
  const world = createWorld({ now: () => now });
  const into = { partition: world.partition(account, region), account: world.account(account) };
  await mirror(moto.owner, example, into);
  const simulated = simulatedCloud(world, sent);
  return { example, moto, simulated, stop: overlay.stop };
};
