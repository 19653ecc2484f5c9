/**
 * What an IAM user has: keys and their last use, attached policies and their quota, and every other
 * way to sign in. Reads only.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/security-creds.html
 */
import type { AccessKeyLastUsed, AttachedPolicy, Tag } from '@aws-sdk/client-iam';
import { keysOf } from './access-key-status.ts';
import type { Change } from './action.ts';
import type { Aws } from './aws.ts';
import { allPages, unlessMissing } from './iam-reading.ts';
import { credentialChanges } from './other-credentials.ts';

interface Key {
  readonly id: string;
  readonly status: string;
  readonly lastUsed?: AccessKeyLastUsed;
}

export interface UserFacts {
  readonly tags: readonly Tag[];
  /** The ARN of its permissions boundary. */
  readonly boundary?: string;
  readonly keys: readonly Key[];
  readonly attached: readonly AttachedPolicy[];
  /** How many managed policies a user may have in this account. */
  readonly attachedQuota: number;
  readonly password: boolean;
  /** Keys for CodeCommit, Bedrock and other single services, and certificates, as they would change. */
  readonly others: readonly Change[];
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const defaultAttachedQuota = 10;

export const attachedPolicies = async (
  user: string,
  aws: Aws,
): Promise<readonly AttachedPolicy[]> => {
  const pages = await allPages((from) =>
    aws.call('iam:ListAttachedUserPolicies', { UserName: user, ...from }),
  );
  return pages.flatMap(({ AttachedPolicies }) => AttachedPolicies ?? []);
};

const keysWithUse = async (user: string, aws: Aws): Promise<readonly Key[]> => {
  const keys = (await keysOf(user, aws)) ?? [];
  return Promise.all(
    keys.map(async ({ AccessKeyId = '', Status = '' }) => {
      const used = await unlessMissing(aws.call('iam:GetAccessKeyLastUsed', { AccessKeyId }));
      return {
        id: AccessKeyId,
        status: Status,
        ...(used?.AccessKeyLastUsed ? { lastUsed: used.AccessKeyLastUsed } : {}),
      };
    }),
  );
};

const boundaryOf = (arn: string | undefined): { readonly boundary?: string } =>
  arn ? { boundary: arn } : {};

/** Undefined when there is no such user. */
export const userFacts = async (user: string, aws: Aws): Promise<UserFacts | undefined> =>
  unlessMissing(
    Promise.all([
      aws.call('iam:GetUser', { UserName: user }),
      keysWithUse(user, aws),
      attachedPolicies(user, aws),
      aws.call('iam:GetAccountSummary', {}),
      unlessMissing(aws.call('iam:GetLoginProfile', { UserName: user })),
      credentialChanges(user, aws),
    ]).then(([found, keys, attached, summary, login, others]) => ({
      tags: found.User?.Tags ?? [],
      ...boundaryOf(found.User?.PermissionsBoundary?.PermissionsBoundaryArn),
      keys,
      attached,
      attachedQuota: summary.SummaryMap?.AttachedPoliciesPerUserQuota ?? defaultAttachedQuota,
      password: login !== undefined,
      others,
    })),
  );
