/** The example instance as a member of an Auto Scaling group and a target of load balancers. */
import type { World } from '../../src/local/world/world.ts';
import { account, region } from './bench.ts';
import { first, target, vpc } from './example-instance.ts';

export const worker = 'i-0f1e2d3c4b5a69788';
const arn = (name: string): string =>
  `arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/${name}/0a1b2c3d4e5f6071`;
export const [web, metrics] = [arn('checkout-web'), arn('checkout-metrics')];

export const placeOf = (world: World) => world.partition(account, region);

const add = (world: World, name: string, ids: readonly string[], port: number): void => {
  placeOf(world).network.targetGroups.set(arn(name), {
    arn: arn(name),
    name,
    vpc,
    type: ids[0]?.startsWith('i-') ? 'instance' : 'ip',
    targets: ids.map((id) => ({
      id,
      port,
      ...(id.startsWith('i-') ? {} : { zone: 'eu-west-1a' }),
    })),
  });
};

/** In the group `checkout` with the worker; its target group is the group's own. */
export const inScalingGroup = (world: World): void => {
  const { network, instances } = placeOf(world);
  add(world, 'checkout-web', [target.id, worker], 8080);
  network.scalingGroups.set('checkout', {
    name: 'checkout',
    min: 2,
    max: 4,
    desired: 2,
    targetGroups: [web ?? ''],
  });
  for (const id of [target.id, worker]) {
    const instance = instances.get(id);
    if (instance) instance.scaling = { group: 'checkout', state: 'InService' };
  }
};

/** A target by its address, put in by hand; nobody else is in that group. */
export const asTarget = (world: World): void => add(world, 'checkout-metrics', ['10.0.1.18'], 9100);

/** Everything that isolation sets is otherwise than it shall be. */
export const unprotected = (world: World): void => {
  const instance = placeOf(world).instances.get(target.id);
  if (instance) instance.shutdown = 'terminate';
};

export const elastic = { id: 'eipalloc-0a1b2c3d4e5f60711', ip: '198.51.100.24' };

/** The first interface's public address is an Elastic IP address of the account. */
export const putElastic = (world: World, ip = elastic.ip): void => {
  const { interfaces, network } = placeOf(world);
  const each = interfaces.get(first ?? '');
  if (!each) throw new Error('The example has no such interface');
  delete each.publicIp;
  const association = { id: 'eipassoc-0a1b2c3d4e5f60711', interface: each.id, privateIp: each.ip };
  network.addresses.set(elastic.id, { id: elastic.id, ip, association });
};
