/** The simulated IAM: users, their access keys and tags. */
import type {
  GetAccessKeyLastUsedCommandInput,
  ListAccessKeysCommandInput,
  ListUserTagsCommandInput,
  UpdateAccessKeyCommandInput,
} from '@aws-sdk/client-iam';
import { AwsError } from './aws-error.ts';
import type { AccessKey, Account, User } from './state.ts';
import type { Call, Handlers } from './world.ts';

export const noSuchEntity = (what: string): AwsError =>
  new AwsError('NoSuchEntityException', `The ${what} cannot be found.`, 404);

export const findUser = ({ users }: Account, name: string | undefined): User => {
  const user = users.get(name ?? '');
  if (!user) throw noSuchEntity(`user with name ${name}`);
  return user;
};

const findKey = ({ keys }: User, id: string | undefined): AccessKey => {
  const key = keys.find((each) => each.id === id);
  if (!key) throw noSuchEntity(`Access Key with id ${id}`);
  return key;
};

export const iamHandlers = {
  ListAccessKeys(input: ListAccessKeysCommandInput, { account }: Call) {
    const user = findUser(account, input.UserName);
    return {
      AccessKeyMetadata: user.keys.map((key) => ({
        UserName: user.name,
        AccessKeyId: key.id,
        Status: key.status,
        ...(key.created ? { CreateDate: new Date(key.created) } : {}),
      })),
      IsTruncated: false,
    };
  },

  GetAccessKeyLastUsed(input: GetAccessKeyLastUsedCommandInput, { account }: Call) {
    const owner = [...account.users.values()].find((user) =>
      user.keys.some((key) => key.id === input.AccessKeyId),
    );
    if (!owner) throw noSuchEntity(`Access Key with id ${input.AccessKeyId}`);
    const { lastUsed } = findKey(owner, input.AccessKeyId);
    return {
      UserName: owner.name,
      AccessKeyLastUsed: lastUsed
        ? {
            LastUsedDate: new Date(lastUsed.at),
            ServiceName: lastUsed.service,
            Region: lastUsed.region,
          }
        : { ServiceName: 'N/A', Region: 'N/A' },
    };
  },

  ListUserTags(input: ListUserTagsCommandInput, { account }: Call) {
    const { tags } = findUser(account, input.UserName);
    return {
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      IsTruncated: false,
    };
  },

  UpdateAccessKey(input: UpdateAccessKeyCommandInput, { account }: Call) {
    const key = findKey(findUser(account, input.UserName), input.AccessKeyId);
    if (input.Status !== 'Active' && input.Status !== 'Inactive')
      throw new AwsError('ValidationError', `Invalid status: ${input.Status}`);
    key.status = input.Status;
    return {};
  },
} satisfies Handlers;
