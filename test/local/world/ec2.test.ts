import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  ModifyInstanceAttributeCommand,
  ModifyNetworkInterfaceAttributeCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, test } from 'vitest';
import { attach } from '../../../src/local/world/attach.ts';
import { seedExample } from '../../../src/local/world/seed.ts';
import { createWorld, type World } from '../../../src/local/world/world.ts';

const vpc = 'vpc-0a1b2c3d4e5f60718';
const web = 'sg-0a1b2c3d4e5f60711';
const eni = 'eni-0f1e2d3c4b5a69781';
const [two, one] = ['i-0a1b2c3d4e5f60718', 'i-0f1e2d3c4b5a69788'];

let world: World;
let ec2: EC2Client;
beforeEach(() => {
  world = createWorld({ now: () => 0 });
  seedExample(world);
  const credentials = { accessKeyId: 'ADMIN-123456789012', secretAccessKey: 'local' };
  ec2 = new EC2Client({ region: 'eu-west-1', credentials });
  attach(ec2, 'ec2', world);
});
const partition = () => world.partition('123456789012', 'eu-west-1');
const create = (VpcId: string) =>
  ec2.send(new CreateSecurityGroupCommand({ GroupName: 'new', Description: 'New', VpcId }));
const egressOf = async (id: string | undefined) => {
  const command = new DescribeSecurityGroupsCommand({ GroupIds: [id ?? ''] });
  return (await ec2.send(command)).SecurityGroups?.[0]?.IpPermissionsEgress;
};

describe('security groups behave as those of AWS', () => {
  test('a new group lets everything out, on IPv6 too where the VPC has it', async () => {
    const { GroupId } = await create(vpc);
    expect(await egressOf(GroupId)).toMatchObject([
      {
        IpProtocol: '-1',
        IpRanges: [{ CidrIp: '0.0.0.0/0' }],
        Ipv6Ranges: [{ CidrIpv6: '::/0' }],
      },
    ]);
    partition().vpcs.set('vpc-4only', { id: 'vpc-4only', ipv6: false });
    const other = await create('vpc-4only');
    expect(await egressOf(other.GroupId)).toMatchObject([{ Ipv6Ranges: [] }]);
  });

  test('what was described can be revoked, once', async () => {
    const { GroupId } = await create(vpc);
    const revoke = { GroupId, IpPermissions: await egressOf(GroupId) };
    await ec2.send(new RevokeSecurityGroupEgressCommand(revoke));
    expect(await egressOf(GroupId)).toEqual([]);
    await expect(ec2.send(new RevokeSecurityGroupEgressCommand(revoke))).rejects.toMatchObject({
      name: 'InvalidPermission.NotFound',
    });
    await ec2.send(new AuthorizeSecurityGroupEgressCommand(revoke));
    expect(await egressOf(GroupId)).toEqual(revoke.IpPermissions);
  });

  test('a rule in appears in the state as people read it, and goes again', async () => {
    const rule = {
      GroupId: web,
      IpPermissions: [
        { IpProtocol: 'tcp', FromPort: 80, ToPort: 90, IpRanges: [{ CidrIp: '192.0.2.0/24' }] },
      ],
    };
    await ec2.send(new AuthorizeSecurityGroupIngressCommand(rule));
    const shown = () =>
      world
        .state()
        .accounts.flatMap(({ securityGroups }) => securityGroups)
        .find(({ id }) => id === web);
    expect(shown()).toMatchObject({
      ingress: ['tcp 443 from 0.0.0.0/0', 'tcp 80-90 from 192.0.2.0/24'],
      egress: ['all to 0.0.0.0/0', 'all to ::/0'],
    });
    await expect(ec2.send(new AuthorizeSecurityGroupIngressCommand(rule))).rejects.toMatchObject({
      name: 'InvalidPermission.Duplicate',
    });
    await ec2.send(new RevokeSecurityGroupIngressCommand(rule));
    expect(shown()?.ingress).toEqual(['tcp 443 from 0.0.0.0/0']);
  });
});

const errors = [
  [
    'a second group of one name',
    async () => create(vpc).then(() => create(vpc)),
    'InvalidGroup.Duplicate',
  ],
  ['an unknown VPC', () => create('vpc-none'), 'InvalidVpcID.NotFound'],
  ['an unknown group', () => swap(eni, ['sg-none']), 'InvalidGroup.NotFound'],
  ['an unknown interface', () => swap('eni-none', [web]), 'InvalidNetworkInterfaceID.NotFound'],
  ['no group at all', () => swap(eni, []), 'InvalidParameterValue'],
  [
    'a group of another VPC',
    async () => {
      partition().vpcs.set('vpc-other', { id: 'vpc-other', ipv6: false });
      const { GroupId } = await create('vpc-other');
      return swap(eni, [GroupId ?? '']);
    },
    'InvalidParameter',
  ],
  [
    'an interface that a service manages',
    () => {
      const each = partition().interfaces.get(eni);
      if (each) partition().interfaces.set(eni, { ...each, requesterManaged: true });
      return swap(eni, [web]);
    },
    'AuthFailure',
  ],
  ['the instance-level call on two interfaces', () => swapInstance(two), 'InvalidInstanceID'],
] as const;

const swap = (NetworkInterfaceId: string, Groups: string[]) =>
  ec2.send(new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId, Groups }));
const swapInstance = (InstanceId: string | undefined) =>
  ec2.send(new ModifyInstanceAttributeCommand({ InstanceId, Groups: [web] }));

describe('network interfaces behave as those of AWS', () => {
  test.each(errors)('%s is an error', async (_name, call, name) => {
    await expect(call()).rejects.toMatchObject({ name, $fault: 'client' });
  });

  test('the instance-level call works on the only interface', async () => {
    await swapInstance(one);
    expect(partition().interfaces.get(eni)?.groups).toEqual([web]);
  });

  test('interfaces are found by instance and by group', async () => {
    const find = async (Name: string, value: string | undefined) => {
      const Filters = [{ Name, Values: [value ?? ''] }];
      const found = await ec2.send(new DescribeNetworkInterfacesCommand({ Filters }));
      return found.NetworkInterfaces?.map((each) => each.NetworkInterfaceId);
    };
    expect(await find('attachment.instance-id', two)).toEqual([
      'eni-0a1b2c3d4e5f60711',
      'eni-0a1b2c3d4e5f60712',
    ]);
    expect(await find('group-id', web)).toEqual(['eni-0a1b2c3d4e5f60711']);
  });
});
