/**
 * The simulated EC2: volumes, sets of snapshots taken at one moment, and locks on them.
 * https://docs.aws.amazon.com/ebs/latest/userguide/ebs-snapshot-lock.html
 */
import type {
  CreateSnapshotsCommandInput,
  Snapshot as DescribedSnapshot,
  Volume as DescribedVolume,
  DescribeLockedSnapshotsCommandInput,
  DescribeSnapshotsCommandInput,
  DescribeVolumesCommandInput,
  LockedSnapshotsInfo,
  LockSnapshotCommandInput,
} from '@aws-sdk/client-ec2';
import { AwsError } from './aws-error.ts';
import { filtered } from './ec2-filters.ts';
import { tagsOf } from './ec2-groups.ts';
import { describeTags, findInstance } from './ec2-instances.ts';
import type { Partition, Snapshot, Tags, Volume } from './state.ts';
import type { Call, Handlers } from './world.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html */
const mostTags = 50;

const describeVolume = (volume: Volume): DescribedVolume => ({
  VolumeId: volume.id,
  Size: volume.size,
  Encrypted: volume.encrypted,
  Tags: describeTags(volume.tags),
  Attachments: [{ InstanceId: volume.instance, Device: volume.device, State: 'attached' }],
});

const describeSnapshot = (account: string, snapshot: Snapshot): DescribedSnapshot => ({
  SnapshotId: snapshot.id,
  VolumeId: snapshot.volume,
  VolumeSize: snapshot.size,
  Encrypted: snapshot.encrypted,
  Description: snapshot.description,
  State: snapshot.state,
  OwnerId: snapshot.owner ?? account,
  Tags: describeTags(snapshot.tags),
});

export const findSnapshot = ({ snapshots }: Partition, id: string): Snapshot => {
  const snapshot = snapshots.get(id);
  if (!snapshot)
    throw new AwsError('InvalidSnapshot.NotFound', `The snapshot '${id}' does not exist.`);
  return snapshot;
};

const tagFilter = (names: readonly (string | undefined)[], tags: (item: Snapshot) => Tags) =>
  Object.fromEntries(
    names.flatMap((name) =>
      name?.startsWith('tag:')
        ? [[name, (item: Snapshot) => [tags(item)[name.slice('tag:'.length)] ?? []].flat()]]
        : [],
    ),
  );

const take = (
  volume: Volume,
  { Description: description = '', ...input }: CreateSnapshotsCommandInput,
  { partition, world }: Call,
): Snapshot => {
  const copied = input.CopyTagsFromSource === 'volume' ? volume.tags : {};
  const tags = { ...copied, ...tagsOf(input.TagSpecifications?.[0]?.Tags) };
  if (Object.keys(tags).length > mostTags)
    throw new AwsError('TagLimitExceeded', 'You have reached the maximum number of tags.');
  const { size, encrypted } = volume;
  const id = world.nextId('snap');
  const about = { id, volume: volume.id, size, encrypted, description, tags };
  const snapshot: Snapshot = { ...about, state: 'pending', sharedWith: [] };
  partition.snapshots.set(id, snapshot);
  return snapshot;
};

const lock = (snapshot: Snapshot, input: LockSnapshotCommandInput): void => {
  const { LockMode: mode, LockDuration: days } = input;
  if (!mode || !days || days < 1 || days > 36_500)
    throw new AwsError('InvalidParameterValue', 'LockMode and a LockDuration of 1 to 36500 days');
  if (snapshot.lock?.mode === 'compliance' && (mode === 'governance' || days < snapshot.lock.days))
    throw new AwsError(
      'IncorrectState',
      `The snapshot '${snapshot.id}' is locked in compliance mode`,
    );
  snapshot.lock = { mode, days };
};

export const ec2Snapshots = {
  DescribeVolumes(input: DescribeVolumesCommandInput, { partition }: Call) {
    const found = filtered(partition.volumes.values(), input.Filters, {
      'attachment.instance-id': (volume) => [volume.instance],
    });
    return { Volumes: found.map(describeVolume) };
  },

  DescribeSnapshots(input: DescribeSnapshotsCommandInput, { partition }: Call) {
    const wanted = input.SnapshotIds
      ? input.SnapshotIds.map((id) => findSnapshot(partition, id))
      : partition.snapshots.values();
    const owned = [...wanted].filter((each) => !each.owner || !input.OwnerIds?.includes('self'));
    const names = (input.Filters ?? []).map(({ Name }) => Name);
    const found = filtered(
      owned,
      input.Filters,
      tagFilter(names, ({ tags }) => tags),
    );
    return { Snapshots: found.map((each) => describeSnapshot(partition.account, each)) };
  },

  /** One moment for all volumes that are attached now. AWS copies the blocks later; here they stay pending. */
  CreateSnapshots(input: CreateSnapshotsCommandInput, call: Call) {
    const { partition } = call;
    const instance = findInstance(partition, input.InstanceSpecification?.InstanceId ?? '');
    const volumes = [...partition.volumes.values()].filter((each) => each.instance === instance.id);
    if (instance.state === 'terminated' || instance.state === 'shutting-down')
      throw new AwsError(
        'IncorrectInstanceState',
        `The instance '${instance.id}' is ${instance.state}`,
      );
    if (volumes.length === 0)
      throw new AwsError('InvalidParameterValue', `No volume is attached to '${instance.id}'`);
    const taken = volumes.map((volume) => take(volume, input, call));
    return { Snapshots: taken.map((each) => describeSnapshot(partition.account, each)) };
  },

  LockSnapshot(input: LockSnapshotCommandInput, { partition }: Call) {
    const snapshot = findSnapshot(partition, input.SnapshotId ?? '');
    lock(snapshot, input);
    return {
      SnapshotId: snapshot.id,
      LockState: snapshot.lock?.mode,
      LockDuration: snapshot.lock?.days,
    };
  },

  /** Only what is locked is in the answer. */
  DescribeLockedSnapshots(input: DescribeLockedSnapshotsCommandInput, { partition }: Call) {
    const wanted = input.SnapshotIds
      ? input.SnapshotIds.map((id) => findSnapshot(partition, id))
      : [...partition.snapshots.values()];
    return {
      Snapshots: wanted.flatMap(({ id, lock: held }): readonly LockedSnapshotsInfo[] =>
        held
          ? [
              {
                OwnerId: partition.account,
                SnapshotId: id,
                LockState: held.mode,
                LockDuration: held.days,
              },
            ]
          : [],
      ),
    };
  },
} satisfies Handlers;
