/**
 * Sets of snapshots that Cordon took as evidence: all volumes of an instance at one moment. A set
 * is found again by its tags, so that a retry finds what an earlier try made.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSnapshots.html
 * https://docs.aws.amazon.com/ebs/latest/userguide/ebs-snapshot-lock.html
 */
import type { Snapshot, Volume } from '@aws-sdk/client-ec2';
import type { Aws } from './aws.ts';
import { everyPage } from './ec2-reading.ts';

/** The policy lets `cordon-respond` lock what carries this, and nothing else. */
const evidenceTag = { Key: 'cordon', Value: 'evidence' };
const instanceKey = 'cordon-instance';
const setKey = 'cordon-set';
const ownTags = 3;
/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html */
const mostTags = 50;

/** Long enough for a case to be closed; whoever needs the evidence longer extends the lock. */
export const lockDays = 90;

/** A set of one instance, counted from 1. */
export interface EvidenceSet {
  readonly instance: string;
  readonly number: number;
}

const tagOf = ({ Tags }: Snapshot | Volume, key: string): string | undefined =>
  Tags?.find(({ Key }) => Key === key)?.Value;

/** Every volume that is attached to the instance, by id. */
export const volumesOf = async (instance: string, aws: Aws): Promise<readonly Volume[]> => {
  const pages = await everyPage((from) =>
    aws.call('ec2:DescribeVolumes', {
      Filters: [{ Name: 'attachment.instance-id', Values: [instance] }],
      ...from,
    }),
  );
  return pages
    .flatMap(({ Volumes }) => Volumes ?? [])
    .sort((a, b) => ((a.VolumeId ?? '') < (b.VolumeId ?? '') ? -1 : 1));
};

/** All evidence of the instance, whatever its set. A failed snapshot is none. */
const evidenceOf = async (instance: string, aws: Aws): Promise<readonly Snapshot[]> => {
  const pages = await everyPage((from) =>
    aws.call('ec2:DescribeSnapshots', {
      OwnerIds: ['self'],
      Filters: [
        { Name: `tag:${evidenceTag.Key}`, Values: [evidenceTag.Value] },
        { Name: `tag:${instanceKey}`, Values: [instance] },
      ],
      ...from,
    }),
  );
  return pages.flatMap(({ Snapshots }) => Snapshots ?? []).filter(({ State }) => State !== 'error');
};

/** The lowest number that is free: a tag that somebody else wrote cannot run it up. */
export const nextSet = async (instance: string, aws: Aws): Promise<EvidenceSet> => {
  const evidence = await evidenceOf(instance, aws);
  const used = new Set(evidence.map((snapshot) => tagOf(snapshot, setKey)));
  let number = 1;
  while (used.has(`${number}`)) number += 1;
  return { instance, number };
};

/** Those of the wanted volumes only, by volume. */
export const snapshotsIn = async (
  set: EvidenceSet,
  volumes: readonly string[],
  aws: Aws,
): Promise<readonly Snapshot[]> =>
  (await evidenceOf(set.instance, aws))
    .filter((snapshot) => tagOf(snapshot, setKey) === `${set.number}`)
    .filter(({ VolumeId }) => volumes.includes(VolumeId ?? ''))
    .sort((a, b) => ((a.VolumeId ?? '') < (b.VolumeId ?? '') ? -1 : 1));

/** The volumes' own tags come along, unless they would leave no room or pass for ours. */
const canCopyTags = (volumes: readonly Volume[]): boolean =>
  volumes.every(
    (volume) =>
      (volume.Tags ?? []).length + ownTags <= mostTags &&
      [evidenceTag.Key, instanceKey, setKey].every((key) => tagOf(volume, key) === undefined),
  );

/** One call for all volumes, so they are of one moment. */
export const takeSet = async ({ instance, number }: EvidenceSet, aws: Aws): Promise<void> => {
  const volumes = await volumesOf(instance, aws);
  await aws.call('ec2:CreateSnapshots', {
    InstanceSpecification: { InstanceId: instance },
    Description: `Evidence of ${instance}, set ${number}, taken by Cordon`,
    ...(canCopyTags(volumes) ? { CopyTagsFromSource: 'volume' } : {}),
    TagSpecifications: [
      {
        ResourceType: 'snapshot',
        Tags: [
          evidenceTag,
          { Key: instanceKey, Value: instance },
          { Key: setKey, Value: `${number}` },
        ],
      },
    ],
  });
};

const inForce = ['governance', 'compliance', 'compliance-cooloff'];

/** Ids of the snapshots whose lock is in force; AWS lists none that has no lock. */
export const lockedOf = async (
  snapshots: readonly Snapshot[],
  aws: Aws,
): Promise<ReadonlySet<string>> => {
  if (snapshots.length === 0) return new Set();
  const ids = snapshots.flatMap(({ SnapshotId }) => SnapshotId ?? []);
  const pages = await everyPage((from) =>
    aws.call('ec2:DescribeLockedSnapshots', { SnapshotIds: ids, ...from }),
  );
  const locked = pages
    .flatMap(({ Snapshots }) => Snapshots ?? [])
    .filter(({ LockState }) => inForce.includes(LockState ?? ''));
  return new Set(locked.flatMap(({ SnapshotId }) => SnapshotId ?? []));
};

/** Works on pending snapshots too, and leaves a lock alone that somebody else put. */
export const lockAll = async (snapshots: readonly Snapshot[], aws: Aws): Promise<void> => {
  const locked = await lockedOf(snapshots, aws);
  for (const { SnapshotId } of snapshots)
    if (SnapshotId && !locked.has(SnapshotId))
      await aws.call('ec2:LockSnapshot', {
        SnapshotId,
        LockMode: 'governance',
        LockDuration: lockDays,
      });
};
