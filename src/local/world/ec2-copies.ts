/**
 * The simulated EC2: who may copy a snapshot or launch from an image.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySnapshotAttribute.html
 */
import type {
  Image as DescribedImage,
  DescribeImageAttributeCommandInput,
  DescribeImagesCommandInput,
  DescribeSnapshotAttributeCommandInput,
  LaunchPermission,
  ModifyImageAttributeCommandInput,
  ModifySnapshotAttributeCommandInput,
} from '@aws-sdk/client-ec2';
import { AwsError } from './aws-error.ts';
import { describeTags } from './ec2-instances.ts';
import { findSnapshot } from './ec2-snapshots.ts';
import type { Image, Partition } from './state.ts';
import type { Call, Handlers } from './world.ts';

const findImage = ({ images }: Partition, id: string): Image => {
  const image = images.get(id);
  if (!image) throw new AwsError('InvalidAMIID.NotFound', `The image id '[${id}]' does not exist`);
  return image;
};

const describeImage = (account: string, image: Image): DescribedImage => ({
  ImageId: image.id,
  Name: image.name,
  OwnerId: image.owner ?? account,
  Public: image.sharedWith.includes('all'),
  State: 'available',
  Tags: describeTags(image.tags),
  BlockDeviceMappings: image.snapshots.map((SnapshotId) => ({ Ebs: { SnapshotId } })),
});

const permission = (receiver: string): LaunchPermission => {
  if (receiver === 'all') return { Group: 'all' };
  if (!receiver.startsWith('arn:')) return { UserId: receiver };
  return receiver.includes(':ou/')
    ? { OrganizationalUnitArn: receiver }
    : { OrganizationArn: receiver };
};

const receiver = (each: LaunchPermission): string =>
  each.Group ?? each.UserId ?? each.OrganizationArn ?? each.OrganizationalUnitArn ?? '';

/** AWS takes what is already there, or already gone. */
const changed = (
  shared: readonly string[],
  {
    Add = [],
    Remove = [],
  }: {
    readonly Add?: LaunchPermission[] | undefined;
    readonly Remove?: LaunchPermission[] | undefined;
  },
): readonly string[] => {
  const gone = Remove.map(receiver);
  return [...new Set([...shared, ...Add.map(receiver)])].filter((each) => !gone.includes(each));
};

const ownedOnly = (thing: { readonly owner?: string; readonly id: string }): void => {
  if (thing.owner)
    throw new AwsError('AuthFailure', `Not authorized for resource:${thing.id}`, 403);
};

export const ec2Copies = {
  DescribeSnapshotAttribute(input: DescribeSnapshotAttributeCommandInput, { partition }: Call) {
    const snapshot = findSnapshot(partition, input.SnapshotId ?? '');
    ownedOnly(snapshot);
    return {
      SnapshotId: snapshot.id,
      CreateVolumePermissions: snapshot.sharedWith.map(permission),
    };
  },

  ModifySnapshotAttribute(input: ModifySnapshotAttributeCommandInput, { partition }: Call) {
    const snapshot = findSnapshot(partition, input.SnapshotId ?? '');
    ownedOnly(snapshot);
    const shared = changed(snapshot.sharedWith, input.CreateVolumePermission ?? {});
    if (snapshot.encrypted && shared.includes('all'))
      throw new AwsError('OperationNotPermitted', 'Encrypted snapshots cannot be shared publicly');
    snapshot.sharedWith = shared;
    return {};
  },

  DescribeImages(input: DescribeImagesCommandInput, { partition }: Call) {
    const found = (input.ImageIds ?? [...partition.images.keys()]).map((id) =>
      findImage(partition, id),
    );
    return { Images: found.map((image) => describeImage(partition.account, image)) };
  },

  /** Only launch permissions. */
  DescribeImageAttribute(input: DescribeImageAttributeCommandInput, { partition }: Call) {
    const image = findImage(partition, input.ImageId ?? '');
    ownedOnly(image);
    return { ImageId: image.id, LaunchPermissions: image.sharedWith.map(permission) };
  },

  ModifyImageAttribute(input: ModifyImageAttributeCommandInput, { partition }: Call) {
    const image = findImage(partition, input.ImageId ?? '');
    ownedOnly(image);
    image.sharedWith = changed(image.sharedWith, input.LaunchPermission ?? {});
    return {};
  },
} satisfies Handlers;
