/** The example organisation that the local world starts with. Every id is made up. */

import { defaultEgress } from './security-rules.ts';
import { seedBuckets } from './seed-buckets.ts';
import { seedCopies } from './seed-copies.ts';
import { seedHistory } from './seed-history.ts';
import { defaultAcl } from './seed-network.ts';
import { seedPosture } from './seed-posture.ts';
import { seedOrganization, seedServices } from './seed-services.ts';
import type { NetworkInterface, Partition, SecurityRule } from './state.ts';
import type { World } from './world.ts';

const region = 'eu-west-1';
const vpc = 'vpc-0a1b2c3d4e5f60718';
const [front, back] = ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60712'];

const tcp = (port: number, cidr: string): SecurityRule => ({
  protocol: 'tcp',
  from: port,
  to: port,
  peer: { kind: 'ipv4', value: cidr },
});

const addGroup = (
  { groups }: Partition,
  id: string,
  about: { readonly name: string; readonly ingress: readonly SecurityRule[] },
): void => {
  groups.set(id, {
    id,
    ...about,
    description: `Example group ${about.name}`,
    vpc,
    tags: {},
    egress: defaultEgress(true),
  });
};

const addInstance = (
  partition: Partition,
  id: string,
  about: {
    readonly name: string;
    readonly interfaces: readonly Omit<NetworkInterface, 'vpc' | 'instance' | 'deviceIndex'>[];
  },
): void => {
  partition.instances.set(id, {
    id,
    vpc,
    state: 'running',
    tags: { Name: about.name },
    profileArn: `arn:aws:iam::${partition.account}:instance-profile/${about.name}`,
  });
  about.interfaces.forEach((each, deviceIndex) => {
    partition.interfaces.set(each.id, { ...each, vpc, instance: id, deviceIndex });
  });
};

const addDefaultAcl = ({ network }: Partition): void => {
  const acl = defaultAcl('acl-0a1b2c3d4e5f60718', vpc);
  acl.associations.set('aclassoc-0a1b2c3d4e5f60711', front);
  acl.associations.set('aclassoc-0a1b2c3d4e5f60712', back);
  network.acls.set(acl.id, acl);
};

const seedPayments = (partition: Partition): void => {
  addDefaultAcl(partition);
  partition.vpcs.set(vpc, { id: vpc, ipv6: true });
  addGroup(partition, 'sg-0a1b2c3d4e5f60711', { name: 'web', ingress: [tcp(443, '0.0.0.0/0')] });
  addGroup(partition, 'sg-0a1b2c3d4e5f60712', { name: 'admin', ingress: [tcp(22, '10.0.0.0/8')] });
  addInstance(partition, 'i-0a1b2c3d4e5f60718', {
    name: 'checkout-api',
    interfaces: [
      {
        id: 'eni-0a1b2c3d4e5f60711',
        groups: ['sg-0a1b2c3d4e5f60711', 'sg-0a1b2c3d4e5f60712'],
        subnet: front,
        ip: '10.0.1.18',
        ipv6: ['2001:db8:1::18'],
        publicIp: '198.51.100.24',
      },
      {
        id: 'eni-0a1b2c3d4e5f60712',
        groups: ['sg-0a1b2c3d4e5f60712'],
        subnet: back,
        ip: '10.0.2.18',
        ipv6: [],
      },
    ],
  });
  addInstance(partition, 'i-0f1e2d3c4b5a69788', {
    name: 'checkout-worker',
    interfaces: [
      {
        id: 'eni-0f1e2d3c4b5a69781',
        groups: ['sg-0a1b2c3d4e5f60712'],
        subnet: back,
        ip: '10.0.2.40',
        ipv6: [],
      },
    ],
  });
};

/** Puts the example accounts, instances, users and the administrator's detector into the world. */
export const seedExample = (world: World): void => {
  const payments = world.account('123456789012', 'prod-payments');
  seedPayments(world.partition(payments.id, region));
  seedCopies(world.partition(payments.id, region));
  seedBuckets(world.partition(payments.id, region));
  seedServices(world.partition(payments.id, region), world.securityAccount);
  const lastUsed = {
    at: new Date(world.now() - 3_600_000).toISOString(),
    service: 's3',
    region: 'us-east-1',
  };
  payments.users.set('ci-deploy', {
    name: 'ci-deploy',
    tags: {},
    keys: [
      { id: 'AKIAIOSFODNN7EXAMPLE', status: 'Active', lastUsed },
      { id: 'AKIAI44QH8DHBEXAMPLE', status: 'Inactive' },
    ],
  });
  seedHistory(world, payments.id);
  payments.iamRoles.set('checkout-api', {
    name: 'checkout-api',
    id: 'AROACKCEVSQ6C2EXAMPLE',
    path: '/',
    tags: {},
    policies: new Map([['read-orders', '{"Version":"2012-10-17","Statement":[]}']]),
    trusts: { Service: 'ec2.amazonaws.com' },
    profiles: [`arn:aws:iam::${payments.id}:instance-profile/checkout-api`],
    lastUsed: { at: lastUsed.at, region },
  });
  for (const [id, name] of [
    ['111122223333', 'dev-sandbox'],
    ['444455556666', 'legacy-erp'],
  ] as const) {
    world.account(id, name);
    world.partition(id, region);
  }
  const security = world.account(world.securityAccount, 'security-tooling');
  seedOrganization(security, [...world.accounts.keys()]);
  world.partition(security.id, region).detector = {
    id: '12abc34d567e8fa901bc2d34e56789f0',
    findings: new Map(),
  };
  seedPosture(world, region);
};
