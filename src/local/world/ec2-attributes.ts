/** The simulated EC2: attributes of instances, one in each call, and their metadata service. */
import type {
  DescribeInstanceAttributeCommandInput,
  DescribeInstanceTypesCommandInput,
  ModifyInstanceAttributeCommandInput,
  ModifyInstanceMetadataOptionsCommandInput,
} from '@aws-sdk/client-ec2';
import { AwsError } from './aws-error.ts';
import { isNitro } from './ec2-connections.ts';
import { attached, findInstance, setGroups } from './ec2-instances.ts';
import type { Instance, Partition } from './state.ts';
import type { Call, Handlers } from './world.ts';

const changeable = (partition: Partition, id: string | undefined): Instance => {
  const instance = findInstance(partition, id ?? '');
  if (instance.operator)
    throw new AwsError(
      'OperationNotPermitted',
      `The instance '${instance.id}' is managed by ${instance.operator}`,
    );
  if (instance.state === 'terminated')
    throw new AwsError('IncorrectInstanceState', `The instance '${instance.id}' is terminated`);
  return instance;
};

/** The instance-level change, which AWS refuses for more than one interface. */
const setAllGroups = (
  partition: Partition,
  instance: Instance,
  groups: readonly string[],
): void => {
  const interfaces = attached(partition, instance.id);
  const [only] = interfaces;
  if (interfaces.length !== 1 || !only)
    throw new AwsError(
      'InvalidInstanceID',
      `There are multiple interfaces attached to instance '${instance.id}'. Please specify an interface ID for the operation instead.`,
    );
  setGroups(partition, only, groups);
};

const setTermination = (instance: Instance, on: boolean): void => {
  if (instance.spot)
    throw new AwsError(
      'UnsupportedOperation',
      `Termination protection cannot be set on the Spot Instance '${instance.id}'`,
    );
  instance.terminationProtected = on;
};

const setVolumes = (
  { volumes }: Partition,
  instance: Instance,
  mappings: NonNullable<ModifyInstanceAttributeCommandInput['BlockDeviceMappings']>,
): void => {
  for (const { DeviceName, Ebs } of mappings) {
    const volume = [...volumes.values()].find(
      (each) => each.instance === instance.id && each.device === DeviceName,
    );
    if (!volume)
      throw new AwsError(
        'InvalidInstanceAttributeValue',
        `No device is currently mapped at ${DeviceName}`,
      );
    volume.deletedWithInstance = Ebs?.DeleteOnTermination ?? true;
  }
};

export const ec2Attributes = {
  DescribeInstanceAttribute(input: DescribeInstanceAttributeCommandInput, { partition }: Call) {
    const instance = findInstance(partition, input.InstanceId ?? '');
    const InstanceId = instance.id;
    switch (input.Attribute) {
      case 'disableApiStop':
        return { InstanceId, DisableApiStop: { Value: instance.stopProtected ?? false } };
      case 'disableApiTermination':
        return {
          InstanceId,
          DisableApiTermination: { Value: instance.terminationProtected ?? false },
        };
      case 'instanceInitiatedShutdownBehavior':
        return {
          InstanceId,
          InstanceInitiatedShutdownBehavior: { Value: instance.shutdown ?? 'stop' },
        };
      default:
        throw new AwsError(
          'NotImplementedBySimulator',
          `The simulated EC2 does not know the attribute ${input.Attribute}: add it in src/local/world/ec2-attributes.ts`,
          501,
        );
    }
  },

  ModifyInstanceAttribute(input: ModifyInstanceAttributeCommandInput, { partition }: Call) {
    const { InstanceId, ...attributes } = input;
    const instance = changeable(partition, InstanceId);
    if (Object.values(attributes).filter((value) => value !== undefined).length > 1)
      throw new AwsError(
        'InvalidParameterCombination',
        'Fields for multiple attribute types specified',
      );
    if (input.Groups) setAllGroups(partition, instance, input.Groups);
    if (input.DisableApiTermination)
      setTermination(instance, input.DisableApiTermination.Value === true);
    const behaviour = input.InstanceInitiatedShutdownBehavior?.Value;
    if (behaviour === 'stop' || behaviour === 'terminate') instance.shutdown = behaviour;
    if (input.BlockDeviceMappings) setVolumes(partition, instance, input.BlockDeviceMappings);
    return {};
  },

  ModifyInstanceMetadataOptions(
    input: ModifyInstanceMetadataOptionsCommandInput,
    { partition }: Call,
  ) {
    const instance = changeable(partition, input.InstanceId);
    if (input.HttpEndpoint) instance.metadataOff = input.HttpEndpoint === 'disabled';
    return { InstanceId: instance.id };
  },

  DescribeInstanceTypes(input: DescribeInstanceTypesCommandInput) {
    return {
      InstanceTypes: (input.InstanceTypes ?? []).map((type) => ({
        InstanceType: type,
        BareMetal: type.endsWith('.metal'),
        ...(type.endsWith('.metal') ? {} : { Hypervisor: isNitro({ type }) ? 'nitro' : 'xen' }),
      })),
    };
  },
} satisfies Handlers;
