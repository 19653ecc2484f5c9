/** The simulated world made equal to what an owner sees in moto, with the same ids. */
import {
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcsCommand,
  type InstanceBlockDeviceMapping,
} from '@aws-sdk/client-ec2';
import { GetAccessKeyLastUsedCommand, ListAccessKeysCommand } from '@aws-sdk/client-iam';
import { rulesOf } from '../../src/local/world/security-rules.ts';
import type { AccessKey, Account, Partition } from '../../src/local/world/state.ts';
import type { Example, Owner } from './seed.ts';

const mirrorGroups = async ({ ec2 }: Owner, { vpcs, groups }: Partition): Promise<void> => {
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({}));
  for (const { VpcId: id = '', Ipv6CidrBlockAssociationSet: ipv6 = [] } of Vpcs)
    vpcs.set(id, { id, ipv6: ipv6.length > 0 });
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
  for (const group of SecurityGroups) {
    const { GroupId: id = '', GroupName: name = '', Description: description = '' } = group;
    groups.set(id, {
      id,
      name,
      description,
      vpc: group.VpcId ?? '',
      tags: {},
      ingress: rulesOf(group.IpPermissions ?? []),
      egress: rulesOf(group.IpPermissionsEgress ?? []),
    });
  }
};

const mirrorVolumes = (
  volumes: Partition['volumes'],
  instance: string,
  mappings: readonly InstanceBlockDeviceMapping[] = [],
): void => {
  for (const { DeviceName: device = '', Ebs } of mappings) {
    const id = Ebs?.VolumeId ?? '';
    volumes.set(id, {
      ...{ id, instance, device, size: 8, encrypted: false, tags: {} },
      deletedWithInstance: Ebs?.DeleteOnTermination ?? false,
    });
  }
};

const mirrorInstances = async (
  { ec2 }: Owner,
  { instances, interfaces, volumes }: Partition,
): Promise<void> => {
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({}));
  for (const { InstanceId: id = '', ...about } of Reservations.flatMap((r) => r.Instances ?? [])) {
    mirrorVolumes(volumes, id, about.BlockDeviceMappings);
    instances.set(id, {
      id,
      vpc: about.VpcId ?? '',
      state: about.State?.Name ?? 'pending',
      tags: Object.fromEntries((about.Tags ?? []).map(({ Key, Value }) => [Key, Value ?? ''])),
      ...(about.IamInstanceProfile?.Arn ? { profileArn: about.IamInstanceProfile.Arn } : {}),
    });
  }
  const { NetworkInterfaces = [] } = await ec2.send(new DescribeNetworkInterfacesCommand({}));
  for (const { NetworkInterfaceId: id = '', ...about } of NetworkInterfaces)
    interfaces.set(id, {
      id,
      vpc: about.VpcId ?? '',
      instance: about.Attachment?.InstanceId ?? '',
      deviceIndex: about.Attachment?.DeviceIndex ?? 0,
      groups: (about.Groups ?? []).map(({ GroupId }) => GroupId ?? ''),
      ip: about.PrivateIpAddress ?? '',
      ipv6: (about.Ipv6Addresses ?? []).map(({ Ipv6Address }) => Ipv6Address ?? ''),
      ...(about.Association?.PublicIp ? { publicIp: about.Association.PublicIp } : {}),
    });
};

const lastUsedOf = async ({ iam }: Owner, AccessKeyId: string): Promise<Partial<AccessKey>> => {
  const { AccessKeyLastUsed } = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }));
  const { LastUsedDate: at, ServiceName = '', Region = '' } = AccessKeyLastUsed ?? {};
  return at ? { lastUsed: { at: at.toISOString(), service: ServiceName, region: Region } } : {};
};

const mirrorUser = async (owner: Owner, { users }: Account, user: string): Promise<void> => {
  const { AccessKeyMetadata = [] } = await owner.iam.send(
    new ListAccessKeysCommand({ UserName: user }),
  );
  const keys: AccessKey[] = [];
  for (const { AccessKeyId: id = '', Status } of AccessKeyMetadata)
    keys.push({
      id,
      status: Status === 'Inactive' ? 'Inactive' : 'Active',
      ...(await lastUsedOf(owner, id)),
    });
  users.set(user, { name: user, tags: {}, keys });
};

export const mirror = async (
  owner: Owner,
  example: Example,
  into: { readonly partition: Partition; readonly account: Account },
): Promise<void> => {
  await mirrorGroups(owner, into.partition);
  await mirrorInstances(owner, into.partition);
  await mirrorUser(owner, into.account, example.user);
};
