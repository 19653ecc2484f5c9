/**
 * The simulated KMS: states of keys.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
 */
import type {
  CancelKeyDeletionCommandInput,
  DescribeKeyCommandInput,
  DisableKeyCommandInput,
  EnableKeyCommandInput,
  GetKeyPolicyCommandInput,
  ListResourceTagsCommandInput,
} from '@aws-sdk/client-kms';
import { AwsError } from './aws-error.ts';
import type { KmsKey } from './service-state.ts';
import type { Partition } from './state.ts';
import type { Call, Handlers } from './world.ts';

const arnOf = ({ account, region }: Partition, id: string): string =>
  `arn:aws:kms:${region}:${account}:key/${id}`;

const findKey = (partition: Partition, named: string | undefined): KmsKey => {
  const found = partition.services.keys.get((named ?? '').split('/').at(-1) ?? '');
  if (!found)
    throw new AwsError(
      'NotFoundException',
      `Key '${arnOf(partition, named ?? '')}' does not exist`,
    );
  if (found.closed)
    throw new AwsError(
      'AccessDeniedException',
      'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
    );
  return found;
};

const inState = (partition: Partition, key: KmsKey, states: readonly KmsKey['state'][]): void => {
  if (!states.includes(key.state))
    throw new AwsError(
      'KMSInvalidStateException',
      `${arnOf(partition, key.id)} is ${key.state.toLowerCase()}.`,
    );
};

const usable = ['Enabled', 'Disabled'] as const;

/** What the console gives a new key: the account's own policies decide. */
const usualPolicy = ({ account }: Partition): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  });

export const kmsHandlers = {
  GetKeyPolicy(input: GetKeyPolicyCommandInput, { partition }: Call) {
    const key = findKey(partition, input.KeyId);
    return { Policy: key.policy ?? usualPolicy(partition), PolicyName: 'default' };
  },

  DescribeKey(input: DescribeKeyCommandInput, { partition }: Call) {
    const key = findKey(partition, input.KeyId);
    return {
      KeyMetadata: {
        KeyId: key.id,
        Arn: arnOf(partition, key.id),
        KeyState: key.state,
        Enabled: key.state === 'Enabled',
        KeyManager: key.manager,
        MultiRegion: key.multiRegion ?? false,
        ...(key.deletionAt ? { DeletionDate: new Date(key.deletionAt) } : {}),
      },
    };
  },

  ListResourceTags(input: ListResourceTagsCommandInput, { partition }: Call) {
    const { tags } = findKey(partition, input.KeyId);
    const Tags = Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
    return { Tags, Truncated: false };
  },

  /** Leaves the key disabled. */
  CancelKeyDeletion(input: CancelKeyDeletionCommandInput, { partition }: Call) {
    const key = findKey(partition, input.KeyId);
    inState(partition, key, ['PendingDeletion', 'PendingReplicaDeletion']);
    key.state = 'Disabled';
    delete key.deletionAt;
    return { KeyId: arnOf(partition, key.id) };
  },

  EnableKey(input: EnableKeyCommandInput, { partition }: Call) {
    const key = findKey(partition, input.KeyId);
    inState(partition, key, usable);
    key.state = 'Enabled';
    return {};
  },

  DisableKey(input: DisableKeyCommandInput, { partition }: Call) {
    const key = findKey(partition, input.KeyId);
    inState(partition, key, usable);
    key.state = 'Disabled';
    return {};
  },
} satisfies Handlers;
