/** What IAM tells of one user or role: keys and when they were used last, MFA, policies, boundary. */

import { untrusted } from '../../findings/finding.ts';
import type { Reader } from '../../posture/question.ts';
import { orAbsent } from '../attempt.ts';
import type { Looking, Moment } from '../source.ts';
import type { UserOrRole } from '../subjects.ts';

export interface Credentials {
  /** With its path, as other services name it. */
  readonly arn: string;
  /** `GroupName/*` for what comes by a group. */
  readonly policies: readonly string[];
  /** ARN; absent where there is none. */
  readonly boundary?: string;
  readonly keys: readonly { readonly id: string; readonly status: string }[];
  /** Of each key or of the role: `2026-01-01 09:00 UTC, s3 in eu-west-1`. */
  readonly lastUsed: readonly { readonly what: string; readonly says: string }[];
  /** Devices of a user. */
  readonly mfa?: number;
  /** For the console. */
  readonly password?: boolean;
  readonly moments: readonly Moment[];
}

/** IAM is one for all Regions; what it tells is asked where its calls are logged. */
const iamRegion = 'us-east-1';

const minute = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const boundaryOf = (
  boundary: { readonly PermissionsBoundaryArn?: string | undefined } | undefined,
): Pick<Credentials, 'boundary'> =>
  boundary?.PermissionsBoundaryArn ? { boundary: boundary.PermissionsBoundaryArn } : {};

const names = (
  attached: readonly { readonly PolicyName?: string | undefined }[] = [],
  inline: readonly string[] = [],
): readonly string[] => [
  ...attached.flatMap(({ PolicyName }) => PolicyName ?? []),
  ...inline.map((name) => `${name} (inline)`),
];

const keyUse = async (iam: Reader, id: string) => {
  const { AccessKeyLastUsed } = await iam.call('iam:GetAccessKeyLastUsed', { AccessKeyId: id });
  const { LastUsedDate, ServiceName = '', Region = '' } = AccessKeyLastUsed ?? {};
  return {
    what: id,
    says: LastUsedDate ? `${minute(LastUsedDate)}, ${ServiceName} in ${Region}` : 'never',
  };
};

const createdMoments = (
  keys: readonly {
    readonly AccessKeyId?: string | undefined;
    readonly CreateDate?: Date | undefined;
  }[],
  since: string,
): readonly Moment[] =>
  keys.flatMap(({ AccessKeyId = '', CreateDate }) =>
    CreateDate && CreateDate.toISOString() >= since
      ? [{ at: CreateDate.toISOString(), what: untrusted(`key ${AccessKeyId} was made`) }]
      : [],
  );

/** A user has at most two keys, ten groups and ten attached policies: one page holds them. */
const readUser = async (looking: Looking, iam: Reader, name: string): Promise<Credentials> => {
  const of = { UserName: name };
  const [user, keys, mfa, password, attached, inline, groups] = await Promise.all([
    iam.call('iam:GetUser', of),
    iam.call('iam:ListAccessKeys', of),
    iam.call('iam:ListMFADevices', of),
    orAbsent(iam.call('iam:GetLoginProfile', of)),
    iam.call('iam:ListAttachedUserPolicies', of),
    iam.call('iam:ListUserPolicies', of),
    iam.call('iam:ListGroupsForUser', of),
  ]);
  const found = keys.AccessKeyMetadata ?? [];
  const ids = found.flatMap(({ AccessKeyId }) => AccessKeyId ?? []);
  // The case's own keys first: those are asked about.
  const own = looking.subjects.keys.map(({ id }) => id);
  const ordered = ids.toSorted((a, b) => Number(own.includes(b)) - Number(own.includes(a)));
  return {
    arn: user.User?.Arn ?? '',
    policies: [
      ...names(attached.AttachedPolicies, inline.PolicyNames),
      ...(groups.Groups ?? []).map(({ GroupName }) => `${GroupName}/*`),
    ],
    ...boundaryOf(user.User?.PermissionsBoundary),
    keys: found.map(({ AccessKeyId = '', Status = '' }) => ({ id: AccessKeyId, status: Status })),
    lastUsed: await Promise.all(ordered.map((id) => keyUse(iam, id))),
    mfa: mfa.MFADevices?.length ?? 0,
    password: password !== undefined,
    moments: createdMoments(found, looking.from),
  };
};

const readRole = async (iam: Reader, name: string): Promise<Credentials> => {
  const of = { RoleName: name };
  const [role, attached, inline] = await Promise.all([
    iam.call('iam:GetRole', of),
    iam.call('iam:ListAttachedRolePolicies', of),
    iam.call('iam:ListRolePolicies', of),
  ]);
  const { LastUsedDate, Region = '' } = role.Role?.RoleLastUsed ?? {};
  return {
    arn: role.Role?.Arn ?? '',
    policies: names(attached.AttachedPolicies, inline.PolicyNames),
    ...boundaryOf(role.Role?.PermissionsBoundary),
    keys: [],
    lastUsed: [
      { what: 'role', says: LastUsedDate ? `${minute(LastUsedDate)} in ${Region}` : 'never' },
    ],
    moments: [],
  };
};

export const readCredentials = (
  looking: Looking,
  { kind, name, account }: UserOrRole,
): Promise<Credentials> => {
  const iam = looking.at(account, iamRegion);
  return kind === 'user' ? readUser(looking, iam, name) : readRole(iam, name);
};
