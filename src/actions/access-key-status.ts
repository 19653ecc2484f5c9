/**
 * The status of a long-term access key as a register: Active, Inactive, or deleted.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html
 */
import type { AccessKeyLastUsed, AccessKeyMetadata } from '@aws-sdk/client-iam';
import type { Json, Register } from './action.ts';
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

/** The two that can be set, of a key as of every other credential; `what` is named in the error. */
export const settable = (value: Json, what: string): 'Active' | 'Inactive' => {
  if (value === 'Active' || value === 'Inactive') return value;
  throw new Error(`${what} cannot be made ${JSON.stringify(value)}`);
};

export const statusRegister = (key: OwnedKey): Register => ({
  id: statusId(key.id),
  title: `Set the status of ${key.id}`,
  resource: `${key.account}/global/${key.id}`,
  undoable: true,
  harmless: ['deleted'],
  read: (aws) => statusOf(key, aws),
  write: async (value, aws) => {
    await aws.call('iam:UpdateAccessKey', {
      UserName: key.user,
      AccessKeyId: key.id,
      Status: settable(value, 'An access key'),
    });
  },
});
