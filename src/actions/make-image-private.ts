/**
 * Makes an AMI private: everybody, foreign accounts and foreign organisations may no longer launch
 * from it or copy it.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyImageAttribute.html
 */
import type { Image, LaunchPermission } from '@aws-sdk/client-ec2';
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
const limits: readonly string[] = [copiesStay, 'Instances that were launched from it go on.'];

const find = async (id: string, aws: Aws): Promise<Image | undefined> => {
  try {
    return (await aws.call('ec2:DescribeImages', { ImageIds: [id] })).Images?.[0];
  } catch (error) {
    const unknown = ['InvalidAMIID.NotFound', 'InvalidAMIID.Unavailable', 'InvalidAMIID.Malformed'];
    if (error instanceof Error && unknown.includes(error.name)) return undefined;
    throw error;
  }
};

const describe = (image: Image): Copy => {
  const copies = (image.BlockDeviceMappings ?? []).flatMap(({ Ebs }) => Ebs?.SnapshotId ?? []);
  return {
    owner: image.OwnerId,
    tags: (image.Tags ?? []).flatMap(({ Key }) => Key ?? []),
    cannot: [
      ...limits,
      ...(copies.length > 0
        ? [`Its snapshots have permissions of their own: look at ${copies.join(', ')} too.`]
        : []),
    ],
    lines: ['Launch templates and Auto Scaling groups of other accounts that use it fail.'],
  };
};

const permission = (receiver: Receiver): LaunchPermission => {
  if (receiver === 'all') return { Group: 'all' };
  if (!receiver.startsWith('arn:')) return { UserId: receiver };
  return receiver.includes(':ou/')
    ? { OrganizationalUnitArn: receiver }
    : { OrganizationArn: receiver };
};

const images: CopyKind = {
  action: 'make-image-private',
  word: 'image',
  tier: 1,
  find: async (id, aws) => {
    const image = await find(id, aws);
    return image && describe(image);
  },
  receivers: async (id, aws) => {
    const { LaunchPermissions } = await aws.call('ec2:DescribeImageAttribute', {
      ImageId: id,
      Attribute: 'launchPermission',
    });
    return (LaunchPermissions ?? []).flatMap(
      (each) =>
        each.Group ?? each.UserId ?? each.OrganizationArn ?? each.OrganizationalUnitArn ?? [],
    );
  },
  change: async (id, { add, remove }, aws) => {
    await aws.call('ec2:ModifyImageAttribute', {
      ImageId: id,
      Attribute: 'launchPermission',
      LaunchPermission: {
        ...(add.length > 0 ? { Add: add.map(permission) } : {}),
        ...(remove.length > 0 ? { Remove: remove.map(permission) } : {}),
      },
    });
  },
};

export const makeImagePrivate = defineAction<ResourceOf<'image'>, CopyCode>({
  ...privateAction(images),
  title: 'Make machine image private',
  does: 'Takes the permission to launch an image from everybody outside the accounts of the configuration.',
  label: 'Make image private',
  on: 'image',
  permissions: {
    plan: ['ec2:DescribeImageAttribute', 'ec2:DescribeImages'],
    execute: ['ec2:DescribeImageAttribute', 'ec2:ModifyImageAttribute'],
    verify: ['ec2:DescribeImageAttribute'],
    undo: ['ec2:DescribeImageAttribute', 'ec2:ModifyImageAttribute'],
  },
  /** Container images are of this kind too. */
  limits,
  offeredFor: ({ id }) => id.startsWith('ami-'),
  byHand: [
    'aws ec2 describe-image-attribute --image-id IMAGE --attribute launchPermission',
    "aws ec2 modify-image-attribute --image-id IMAGE --launch-permission 'Remove=[{Group=all}]'",
  ],
});
