/**
 * Values of an EC2 instance that containment sets: what keeps it and its volumes from being
 * terminated, and its metadata service. Each is read and written alone.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceAttribute.html
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceMetadataOptions.html
 */
import type { Instance } from '@aws-sdk/client-ec2';
import type { Change, Json, Plan, Register } from './action.ts';
import type { Aws } from './aws.ts';
import { findInstance } from './find-instance.ts';

export interface InstanceSetting {
  /** Follows the instance's id in the id of the change. */
  readonly suffix: string;
  /** Before the instance's id: `Termination protection of`. */
  readonly label: string;
  /** What containment sets it to. */
  readonly after: Json;
  read(id: string, aws: Aws): Promise<Json>;
  write(id: string, value: Json, aws: Aws): Promise<void>;
}

/** For an instance that is gone, so that undo says what it was instead of failing. */
const gone = 'gone';

const isGone = (error: unknown): boolean =>
  error instanceof Error && error.name === 'InvalidInstanceID.NotFound';

const unlessGone = async (reading: Promise<Json>): Promise<Json> => {
  try {
    return await reading;
  } catch (error) {
    if (isGone(error)) return gone;
    throw error;
  }
};

const wrongValue = (what: string, value: Json): Error =>
  new Error(`${what} cannot be made ${JSON.stringify(value)}`);

/** Does not stop Auto Scaling, and cannot be set on Spot Instances. */
export const terminationProtection: InstanceSetting = {
  suffix: '/termination-protection',
  label: 'Termination protection of',
  after: 'on',
  read: (id, aws) =>
    unlessGone(
      aws
        .call('ec2:DescribeInstanceAttribute', {
          InstanceId: id,
          Attribute: 'disableApiTermination',
        })
        .then(({ DisableApiTermination }) => (DisableApiTermination?.Value ? 'on' : 'off')),
    ),
  async write(id, value, aws) {
    if (value !== 'on' && value !== 'off') throw wrongValue('Termination protection', value);
    await aws.call('ec2:ModifyInstanceAttribute', {
      InstanceId: id,
      DisableApiTermination: { Value: value === 'on' },
    });
  },
};

/** What a shutdown from inside the instance does. */
export const shutdownBehaviour: InstanceSetting = {
  suffix: '/shutdown-behaviour',
  label: 'What a shutdown from inside does to',
  after: 'stop',
  read: (id, aws) =>
    unlessGone(
      aws
        .call('ec2:DescribeInstanceAttribute', {
          InstanceId: id,
          Attribute: 'instanceInitiatedShutdownBehavior',
        })
        .then(
          ({ InstanceInitiatedShutdownBehavior }) =>
            InstanceInitiatedShutdownBehavior?.Value ?? 'stop',
        ),
    ),
  async write(id, value, aws) {
    if (value !== 'stop' && value !== 'terminate') throw wrongValue('A shutdown', value);
    await aws.call('ec2:ModifyInstanceAttribute', {
      InstanceId: id,
      InstanceInitiatedShutdownBehavior: { Value: value },
    });
  },
};

const deletedDevices = (instance: Instance): readonly string[] =>
  (instance.BlockDeviceMappings ?? [])
    .flatMap(({ DeviceName, Ebs }) => (DeviceName && Ebs?.DeleteOnTermination ? [DeviceName] : []))
    .sort();

/** By device name: the volumes that AWS deletes when the instance is terminated. */
export const deletedVolumes: InstanceSetting = {
  suffix: '/deleted-volumes',
  label: 'Volumes that are deleted with',
  after: [],
  async read(id, aws) {
    const instance = await findInstance(id, aws);
    return instance ? deletedDevices(instance) : gone;
  },
  async write(id, value, aws) {
    if (!Array.isArray(value)) throw wrongValue('The list of volumes', value);
    const instance = await findInstance(id, aws);
    const now = instance ? deletedDevices(instance) : [];
    const attached = (instance?.BlockDeviceMappings ?? []).flatMap(({ DeviceName, Ebs }) =>
      DeviceName && Ebs ? [DeviceName] : [],
    );
    const wrong = attached.filter((device) => value.includes(device) !== now.includes(device));
    if (wrong.length === 0) return;
    await aws.call('ec2:ModifyInstanceAttribute', {
      InstanceId: id,
      BlockDeviceMappings: wrong.map((DeviceName) => ({
        DeviceName,
        Ebs: { DeleteOnTermination: value.includes(DeviceName) },
      })),
    });
  },
};

/** 169.254.169.254, which hands out the credentials of the instance's role. */
export const metadataService: InstanceSetting = {
  suffix: '/metadata-service',
  label: 'Metadata service of',
  after: 'disabled',
  async read(id, aws) {
    const instance = await findInstance(id, aws);
    return instance ? metadataState(instance) : gone;
  },
  async write(id, value, aws) {
    if (value !== 'enabled' && value !== 'disabled')
      throw wrongValue('The metadata service', value);
    await aws.call('ec2:ModifyInstanceMetadataOptions', { InstanceId: id, HttpEndpoint: value });
  },
};

const metadataState = ({ MetadataOptions }: Instance): string =>
  MetadataOptions?.HttpEndpoint ?? 'enabled';

/** Reads what the setting is now. */
export const settingChange = async (
  setting: InstanceSetting,
  id: string,
  aws: Aws,
): Promise<Change> => ({
  id: id + setting.suffix,
  label: `${setting.label} ${id}`,
  before: await setting.read(id, aws),
  after: setting.after,
});

/** What every setting calls: one session serves them all. */
const settingOperations = [
  'ec2:DescribeInstanceAttribute',
  'ec2:DescribeInstances',
  'ec2:ModifyInstanceAttribute',
  'ec2:ModifyInstanceMetadataOptions',
] as const;

/** Undefined for the change of something else. */
export const settingRegister = (
  settings: readonly InstanceSetting[],
  change: Change,
  { target: { id, account, region } }: Plan,
): Register | undefined => {
  const setting = settings.find(({ suffix }) => change.id === id + suffix);
  return (
    setting && {
      id: change.id,
      title: `Set: ${change.label}`,
      resource: `${account}/${region}/${id}`,
      undoable: true,
      uses: settingOperations,
      read: (aws) => setting.read(id, aws),
      write: (value, aws) => setting.write(id, value, aws),
    }
  );
};
