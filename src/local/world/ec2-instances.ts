/** The simulated EC2: instances and their network interfaces. */
import type {
  Instance as DescribedInstance,
  NetworkInterface as DescribedInterface,
  DescribeInstancesCommandInput,
  DescribeNetworkInterfacesCommandInput,
  ModifyNetworkInterfaceAttributeCommandInput,
  Tag,
} from '@aws-sdk/client-ec2';
import { AwsError } from './aws-error.ts';
import { publicAddress } from './ec2-addresses.ts';
import { changeConnections, setIdle } from './ec2-connections.ts';
import { filtered } from './ec2-filters.ts';
import type { Instance, NetworkInterface, Partition, Tags } from './state.ts';
import type { Call, Handlers } from './world.ts';

export const describeTags = (tags: Tags): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

export const attached = (
  { interfaces }: Partition,
  instance: string,
): readonly NetworkInterface[] =>
  [...interfaces.values()].filter((each) => each.instance === instance);

const describeInterface = (partition: Partition, each: NetworkInterface): DescribedInterface => ({
  NetworkInterfaceId: each.id,
  VpcId: each.vpc,
  OwnerId: partition.account,
  InterfaceType: 'interface',
  Description: each.description ?? '',
  RequesterManaged: each.requesterManaged ?? false,
  Status: 'in-use',
  Attachment: {
    ...(each.instance ? { InstanceId: each.instance } : {}),
    DeviceIndex: each.deviceIndex,
    Status: 'attached',
  },
  Groups: each.groups.map((GroupId) => ({
    GroupId,
    GroupName: partition.groups.get(GroupId)?.name,
  })),
  PrivateIpAddress: each.ip,
  PrivateIpAddresses: [
    { Primary: true, PrivateIpAddress: each.ip, ...publicAddress(partition, each) },
  ],
  Ipv6Addresses: each.ipv6.map((Ipv6Address) => ({ Ipv6Address })),
  ...publicAddress(partition, each),
  ...(each.subnet ? { SubnetId: each.subnet } : {}),
  ...(each.idle
    ? {
        ConnectionTrackingConfiguration: {
          TcpEstablishedTimeout: each.idle.tcp,
          UdpStreamTimeout: each.idle.udpStream,
          UdpTimeout: each.idle.udp,
        },
      }
    : {}),
});

const describeInstance = (partition: Partition, instance: Instance): DescribedInstance => {
  const interfaces = attached(partition, instance.id);
  const primary = interfaces.find((each) => each.deviceIndex === 0);
  return {
    InstanceId: instance.id,
    InstanceType: (instance.type ?? 't3.micro') as 't3.micro',
    MetadataOptions: {
      State: 'applied',
      HttpEndpoint: instance.metadataOff ? 'disabled' : 'enabled',
    },
    ...(instance.operator ? { Operator: { Managed: true, Principal: instance.operator } } : {}),
    State: { Name: instance.state },
    VpcId: instance.vpc,
    Tags: describeTags(instance.tags),
    RootDeviceType: instance.rootDevice ?? 'ebs',
    BlockDeviceMappings: [...partition.volumes.values()]
      .filter((volume) => volume.instance === instance.id)
      .map(({ id, device, deletedWithInstance = false }) => ({
        DeviceName: device,
        Ebs: { VolumeId: id, DeleteOnTermination: deletedWithInstance },
      })),
    ...(instance.spot ? { InstanceLifecycle: 'spot' as const } : {}),
    ...(instance.profileArn ? { IamInstanceProfile: { Arn: instance.profileArn } } : {}),
    ...(primary ? { PrivateIpAddress: primary.ip } : {}),
    NetworkInterfaces: interfaces.map((each) => describeInterface(partition, each)),
  };
};

export const findInstance = ({ instances }: Partition, id: string): Instance => {
  const instance = instances.get(id);
  if (!instance)
    throw new AwsError('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`);
  return instance;
};

const findInterface = ({ interfaces }: Partition, id: string): NetworkInterface => {
  const found = interfaces.get(id);
  if (!found)
    throw new AwsError(
      'InvalidNetworkInterfaceID.NotFound',
      `The networkInterface ID '${id}' does not exist`,
    );
  return found;
};

export const setGroups = (
  partition: Partition,
  each: NetworkInterface,
  groups: readonly string[],
): void => {
  if (groups.length === 0)
    throw new AwsError('InvalidParameterValue', 'An interface needs at least one security group');
  for (const id of groups) {
    const group = partition.groups.get(id);
    if (!group)
      throw new AwsError('InvalidGroup.NotFound', `The security group '${id}' does not exist`);
    if (group.vpc !== each.vpc)
      throw new AwsError(
        'InvalidParameter',
        `Security group ${id} and interface ${each.id} belong to different networks.`,
      );
  }
  each.groups = [...groups];
};

export const ec2Instances = {
  DescribeInstances(input: DescribeInstancesCommandInput, { partition }: Call) {
    const wanted = input.InstanceIds
      ? input.InstanceIds.map((id) => findInstance(partition, id))
      : partition.instances.values();
    const found = filtered(wanted, input.Filters, {
      'iam-instance-profile.arn': (each) => (each.profileArn ? [each.profileArn] : []),
      'instance-state-name': (each) => [each.state],
      'vpc-id': (each) => [each.vpc],
    });
    return {
      Reservations: found.map((each) => ({ Instances: [describeInstance(partition, each)] })),
    };
  },

  DescribeNetworkInterfaces(input: DescribeNetworkInterfacesCommandInput, { partition }: Call) {
    const wanted = input.NetworkInterfaceIds
      ? input.NetworkInterfaceIds.map((id) => findInterface(partition, id))
      : partition.interfaces.values();
    const found = filtered(wanted, input.Filters, {
      'attachment.instance-id': (each) => [each.instance],
      'group-id': (each) => each.groups,
      'subnet-id': (each) => [each.subnet ?? []].flat(),
      'vpc-id': (each) => [each.vpc],
    });
    return { NetworkInterfaces: found.map((each) => describeInterface(partition, each)) };
  },

  ModifyNetworkInterfaceAttribute(
    input: ModifyNetworkInterfaceAttributeCommandInput,
    { partition, world }: Call,
  ) {
    const found = findInterface(partition, input.NetworkInterfaceId ?? '');
    if (found.requesterManaged)
      throw new AwsError(
        'AuthFailure',
        'You do not have permission to access the specified resource.',
        403,
      );
    if (input.Groups) {
      changeConnections(partition, found, world.now(), () =>
        setGroups(partition, found, input.Groups ?? []),
      );
    }
    if (input.ConnectionTrackingSpecification)
      setIdle(partition, found, input.ConnectionTrackingSpecification);
    return {};
  },
} satisfies Handlers;
