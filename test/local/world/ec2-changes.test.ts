import {
  CreateSnapshotsCommand,
  DescribeInstancesCommand,
  DescribeLockedSnapshotsCommand,
  DescribeSecurityGroupRulesCommand,
  EC2Client,
  LockSnapshotCommand,
  ModifyImageAttributeCommand,
  ModifySnapshotAttributeCommand,
  RevokeSecurityGroupIngressCommand,
  StartInstancesCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, test } from 'vitest';
import { attach } from '../../../src/local/world/attach.ts';
import { seedExample } from '../../../src/local/world/seed.ts';
import { backup, goldenImage } from '../../../src/local/world/seed-copies.ts';
import type { Instance } from '../../../src/local/world/state.ts';
import { createWorld, type World } from '../../../src/local/world/world.ts';

const id = 'i-0a1b2c3d4e5f60718';
const web = 'sg-0a1b2c3d4e5f60711';

let world: World;
let ec2: EC2Client;
let now: number;
beforeEach(() => {
  now = 0;
  world = createWorld({ now: () => now });
  seedExample(world);
  const credentials = { accessKeyId: 'ADMIN-123456789012', secretAccessKey: 'local' };
  ec2 = new EC2Client({ region: 'eu-west-1', credentials });
  attach(ec2, 'ec2', world);
});
const place = () => world.partition('123456789012', 'eu-west-1');
const alter = (about: Partial<Instance>): void => {
  const instance = place().instances.get(id);
  if (instance) place().instances.set(id, { ...instance, ...about });
};
const stop = () => ec2.send(new StopInstancesCommand({ InstanceIds: [id] }));
const start = () => ec2.send(new StartInstancesCommand({ InstanceIds: [id] }));
const state = async () => {
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
  return Reservations?.[0]?.Instances?.[0]?.State?.Name;
};

describe('stopping and starting take their time', () => {
  test('an instance is stopping before it is stopped, and cannot be started meanwhile', async () => {
    await stop();
    expect(await state()).toBe('stopping');
    await expect(start()).rejects.toMatchObject({ name: 'IncorrectInstanceState' });
    now = 30_000;
    expect(await state()).toBe('stopped');
    await start();
    expect(await state()).toBe('pending');
    now = 60_000;
    expect(await state()).toBe('running');
  });

  test('Auto Scaling terminates a member that was stopped', async () => {
    alter({ tags: { 'aws:autoscaling:groupName': 'checkout' } });
    await stop();
    now = 30_000;
    expect(await state()).toBe('terminated');
  });

  test.each([
    ['a terminated instance', { state: 'terminated' }, 'IncorrectInstanceState'],
    ['a root on instance store', { rootDevice: 'instance-store' }, 'UnsupportedOperation'],
    ['a Spot Instance', { spot: true }, 'UnsupportedOperation'],
    ['a protected instance', { stopProtected: true }, 'OperationNotPermitted'],
  ] as const)('%s cannot be stopped', async (_name, about, name) => {
    alter(about);
    await expect(stop()).rejects.toMatchObject({ name });
  });
});

test('a rule is revoked by its id once, and no other id is known', async () => {
  const Filters = [{ Name: 'group-id', Values: [web] }];
  const { SecurityGroupRules = [] } = await ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters }),
  );
  const open = SecurityGroupRules.find(({ IsEgress }) => !IsEgress);
  expect(open).toMatchObject({ IpProtocol: 'tcp', FromPort: 443, CidrIpv4: '0.0.0.0/0' });
  expect(SecurityGroupRules.find(({ IsEgress }) => IsEgress)).toMatchObject({ FromPort: -1 });
  const SecurityGroupRuleIds = [open?.SecurityGroupRuleId ?? ''];
  const revoke = new RevokeSecurityGroupIngressCommand({ GroupId: web, SecurityGroupRuleIds });
  await ec2.send(revoke);
  expect(place().groups.get(web)?.ingress).toEqual([]);
  await expect(ec2.send(revoke)).rejects.toMatchObject({
    name: 'InvalidSecurityGroupRuleId.NotFound',
  });
});

const failures = [
  [
    'snapshots of a terminated instance',
    () => {
      alter({ state: 'terminated' });
      return new CreateSnapshotsCommand({ InstanceSpecification: { InstanceId: id } });
    },
    'IncorrectInstanceState',
  ],
  [
    'more tags than there is room for',
    () => {
      const tags = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`tag-${n}`, '']));
      for (const volume of place().volumes.values()) volume.tags = tags;
      return new CreateSnapshotsCommand({
        InstanceSpecification: { InstanceId: id },
        CopyTagsFromSource: 'volume',
      });
    },
    'TagLimitExceeded',
  ],
  [
    'a lock without an end',
    () => new LockSnapshotCommand({ SnapshotId: backup, LockMode: 'governance' }),
    'InvalidParameterValue',
  ],
  [
    'a lock weaker than compliance',
    () => {
      const snapshot = place().snapshots.get(backup);
      if (snapshot) snapshot.lock = { mode: 'compliance', days: 5 };
      return new LockSnapshotCommand({
        SnapshotId: backup,
        LockMode: 'governance',
        LockDuration: 9,
      });
    },
    'IncorrectState',
  ],
  [
    'an unknown snapshot',
    () => new DescribeLockedSnapshotsCommand({ SnapshotIds: ['snap-none'] }),
    'InvalidSnapshot.NotFound',
  ],
  [
    'an encrypted snapshot for everybody',
    () => {
      const snapshot = place().snapshots.get(backup);
      if (snapshot) place().snapshots.set(backup, { ...snapshot, encrypted: true });
      return new ModifySnapshotAttributeCommand({
        SnapshotId: backup,
        CreateVolumePermission: { Add: [{ Group: 'all' }] },
      });
    },
    'OperationNotPermitted',
  ],
  [
    "another account's image",
    () => {
      const image = place().images.get(goldenImage);
      if (image) place().images.set(goldenImage, { ...image, owner: '210987654321' });
      return new ModifyImageAttributeCommand({ ImageId: goldenImage });
    },
    'AuthFailure',
  ],
] as const;

test.each(failures)('%s is an error', async (_name, command, name) => {
  const sent = command();
  // One client sends every command; its types tell them apart, this table does not.
  await expect(ec2.send(sent as DescribeInstancesCommand)).rejects.toMatchObject({ name });
});
