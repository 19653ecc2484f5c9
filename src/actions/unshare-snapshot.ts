/**
 * Makes an EBS snapshot private: everybody and foreign accounts may no longer make volumes from it.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySnapshotAttribute.html
 */
import type { CreateVolumePermission, Snapshot } from '@aws-sdk/client-ec2';
import type { ResourceOf } from '../findings/finding.ts';
import { defineAction } from './action.ts';
import type { Aws } from './aws.ts';
import {
  type Copy,
  type CopyCode,
  type CopyKind,
  copiesStay,
  privateAction,
  type Receiver,
} from './shared-copies.ts';

/** What it never stops. */
const limits: readonly string[] = [
  copiesStay,
  'Images that were registered from it have launch permissions of their own.',
];

const find = async (id: string, aws: Aws): Promise<Snapshot | undefined> => {
  try {
    return (await aws.call('ec2:DescribeSnapshots', { SnapshotIds: [id] })).Snapshots?.[0];
  } catch (error) {
    const unknown = ['InvalidSnapshot.NotFound', 'InvalidSnapshotID.Malformed'];
    if (error instanceof Error && unknown.includes(error.name)) return undefined;
    throw error;
  }
};

const describe = (snapshot: Snapshot): Copy => ({
  owner: snapshot.OwnerId,
  tags: (snapshot.Tags ?? []).flatMap(({ Key }) => Key ?? []),
  cannot: limits,
  lines: [
    `${snapshot.VolumeSize} GiB of ${snapshot.VolumeId}, ${snapshot.Encrypted ? 'encrypted' : 'not encrypted: whoever has a copy can read it'}.`,
  ],
});

const permission = (receiver: Receiver): CreateVolumePermission =>
  receiver === 'all' ? { Group: 'all' } : { UserId: receiver };

const snapshots: CopyKind = {
  action: 'unshare-snapshot',
  word: 'snapshot',
  tier: 1,
  find: async (id, aws) => {
    const snapshot = await find(id, aws);
    return snapshot && describe(snapshot);
  },
  receivers: async (id, aws) => {
    const { CreateVolumePermissions } = await aws.call('ec2:DescribeSnapshotAttribute', {
      SnapshotId: id,
      Attribute: 'createVolumePermission',
    });
    return (CreateVolumePermissions ?? []).flatMap(({ Group, UserId }) => Group ?? UserId ?? []);
  },
  change: async (id, { add, remove }, aws) => {
    await aws.call('ec2:ModifySnapshotAttribute', {
      SnapshotId: id,
      Attribute: 'createVolumePermission',
      CreateVolumePermission: {
        ...(add.length > 0 ? { Add: add.map(permission) } : {}),
        ...(remove.length > 0 ? { Remove: remove.map(permission) } : {}),
      },
    });
  },
};

export const unshareSnapshot = defineAction<ResourceOf<'snapshot'>, CopyCode>({
  ...privateAction(snapshots),
  title: 'Make EBS snapshot private',
  does: 'Takes the permission to create volumes from a snapshot from everybody outside the accounts of the configuration.',
  label: 'Make snapshot private',
  on: 'snapshot',
  permissions: {
    plan: ['ec2:DescribeSnapshotAttribute', 'ec2:DescribeSnapshots'],
    execute: ['ec2:DescribeSnapshotAttribute', 'ec2:ModifySnapshotAttribute'],
    verify: ['ec2:DescribeSnapshotAttribute'],
    undo: ['ec2:DescribeSnapshotAttribute', 'ec2:ModifySnapshotAttribute'],
  },
  limits,
  offeredFor: ({ id }) => id.startsWith('snap-'),
  byHand: [
    'aws ec2 describe-snapshot-attribute --snapshot-id SNAPSHOT --attribute createVolumePermission',
    'aws ec2 modify-snapshot-attribute --snapshot-id SNAPSHOT --attribute createVolumePermission --operation-type remove --group-names all',
    'aws ec2 modify-snapshot-attribute --snapshot-id SNAPSHOT --attribute createVolumePermission --operation-type remove --user-ids OTHER_ACCOUNT',
  ],
});
