/**
 * The status of a long-term access key as a register: Active, Inactive, or deleted.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html
 */
import type { AccessKeyLastUsed, AccessKeyMetadata } from '@aws-sdk/client-iam';
import type { Register } from './action.ts';
import type { Aws } from './aws.ts';
import { unlessMissing } from './iam-reading.ts';

/** Undefined when the user does not exist. A user has two keys at most, so one page. */
export const keysOf = async (
  user: string,
  aws: Aws,
): Promise<readonly AccessKeyMetadata[] | undefined> =>
  (await unlessMissing(aws.call('iam:ListAccessKeys', { UserName: user })))?.AccessKeyMetadata;

/** When, for what and where a key was used last: one sentence. */
export const lastUse = (lastUsed: AccessKeyLastUsed | undefined): string =>
  lastUsed?.LastUsedDate
    ? `Last used at ${lastUsed.LastUsedDate.toISOString()} for ${lastUsed.ServiceName} in ${lastUsed.Region}.`
    : 'AWS has not recorded any use of it.';

export interface OwnedKey {
  readonly account: string;
  readonly user: string;
  readonly id: string;
}

export const statusOf = async ({ user, id }: OwnedKey, aws: Aws): Promise<string> =>
  (await keysOf(user, aws))?.find(({ AccessKeyId }) => AccessKeyId === id)?.Status ?? 'deleted';

/** The same id in every action, so that containments that overlap know of each other. */
export const statusId = (key: string): string => `${key}/status`;

export const statusRegister = (key: OwnedKey): Register => ({
  id: statusId(key.id),
  title: `Set the status of ${key.id}`,
  resource: `${key.account}/global/${key.id}`,
  undoable: true,
  harmless: ['deleted'],
  read: (aws) => statusOf(key, aws),
  write: async (value, aws) => {
    if (value !== 'Active' && value !== 'Inactive')
      throw new Error(`An access key cannot be made ${JSON.stringify(value)}`);
    await aws.call('iam:UpdateAccessKey', {
      UserName: key.user,
      AccessKeyId: key.id,
      Status: value,
    });
  },
});
