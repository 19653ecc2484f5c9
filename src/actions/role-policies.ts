/**
 * Denying sessions of a role by an inline policy of Cordon's own name: the only place where a
 * deny reaches sessions that exist already, because AWS evaluates it with every call.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html
 */
import type { Role } from '@aws-sdk/client-iam';
import type { Resource } from '../findings/finding.ts';
import { type PlanSettings, type Refusal, type Register, refuse } from './action.ts';
import type { Aws } from './aws.ts';
import { allPages, isMissing, unlessMissing } from './iam-reading.ts';
import { defaultRoleNames } from './role-names.ts';

/** A role's inline policies by name, as JSON text. */
export type InlinePolicies = ReadonlyMap<string, string>;

interface RoleFacts {
  readonly name: string;
  readonly role: Role;
  readonly policies: InlinePolicies;
}

/** IAM sends documents percent-encoded (RFC 3986). */
const decoded = (document: string | undefined): string => decodeURIComponent(document ?? '');

const readPolicy = async (role: string, policy: string, aws: Aws): Promise<string | undefined> => {
  const answer = await unlessMissing(
    aws.call('iam:GetRolePolicy', { RoleName: role, PolicyName: policy }),
  );
  return answer && decoded(answer.PolicyDocument);
};

const inlinePolicies = async (role: string, aws: Aws): Promise<InlinePolicies> => {
  const pages = await allPages((from) =>
    aws.call('iam:ListRolePolicies', { RoleName: role, ...from }),
  );
  const names = pages.flatMap(({ PolicyNames }) => PolicyNames ?? []);
  const texts = await Promise.all(
    names.map(async (name) => [name, (await readPolicy(role, name, aws)) ?? ''] as const),
  );
  return new Map(texts);
};

/** Undefined when there is no such role. */
export const roleFacts = (name: string, aws: Aws): Promise<RoleFacts | undefined> =>
  unlessMissing(
    Promise.all([aws.call('iam:GetRole', { RoleName: name }), inlinePolicies(name, aws)]).then(
      ([{ Role: role }, policies]) => (role ? { name, role, policies } : undefined),
    ),
  );

/** The member roles and the functions' own. */
const identityCenterRole = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/;

const refuseIdentityCenter = (
  role: string,
  session: string | undefined,
): Refusal<'managed-by-aws'> => {
  const set = identityCenterRole.exec(role)?.[1] ?? role;
  const who = session ? `the user ${session}` : 'the user';
  const statement = {
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
    Condition: {
      StringEquals: { 'identitystore:userId': 'USER-ID' },
      DateLessThan: { 'aws:TokenIssueTime': 'NOW, as 2026-01-31T12:00:00Z' },
    },
  };
  return refuse(
    'managed-by-aws',
    `${role} belongs to IAM Identity Center (permission set ${set}): nobody can change it in this account.`,
    `In the organization's management account or the delegated administrator: 1. IAM Identity Center, Users, ${who}: "Disable user access"; under "Active sessions" delete all. 2. Sessions in accounts go on: attach this service control policy, with the user's id from that page, and keep it for as long as the permission set's sessions last: ${JSON.stringify({ Version: '2012-10-17', Statement: [statement] })} 3. Take the user's assignments away before access is enabled again.`,
  );
};

export const roleNotFound = (name: string, { account }: Resource): Refusal<'not-found'> =>
  refuse(
    'not-found',
    `There is no role ${name} in account ${account}.`,
    'It was deleted, and its sessions are denied everything since; or it belongs to another account: look at the account in the ARN of the session.',
  );

/** When the sessions of a role are not denied. */
export const roleRefuses = {
  'not-found': 'There is no such role in the account.',
  'managed-by-aws':
    'It is a service-linked role, or one of IAM Identity Center: the answer has the policy to attach in the organisation.',
  'own-resource': 'It is one of Cordon’s own roles.',
  exempt: 'It is a break-glass role of the configuration, or carries the exempt tag.',
  'wrong-state': 'Its inline policies leave no room for the deny.',
} as const;

/** `session` is the name of the one session that is to be denied. */
export const refuseRole = (
  { name, role }: RoleFacts,
  { exemptTag, breakGlassRoles = [], roleNames = defaultRoleNames }: PlanSettings,
  session?: string,
): Refusal<'exempt' | 'managed-by-aws' | 'own-resource'> | undefined => {
  const path = role.Path ?? '/';
  if (path.startsWith('/aws-service-role/'))
    return refuse(
      'managed-by-aws',
      `${name} is a service-linked role: AWS lets nobody add policies to it or revoke its sessions.`,
      `Stop what uses it in the service that owns it: ${path.split('/')[2] ?? ''}.`,
    );
  if (path.startsWith('/aws-reserved/sso.amazonaws.com/') || name.startsWith('AWSReservedSSO_'))
    return refuseIdentityCenter(name, session);
  if (name.startsWith(roleNames.prefix))
    return refuse(
      'own-resource',
      `${name} is one of Cordon's own roles: denying its sessions would stop the response itself.`,
      'If Cordon itself is compromised, act by hand: IAM console, the role, "Revoke sessions", then replace its trust policy.',
    );
  // Configured with their path; within an account a role's name alone is unique.
  if (breakGlassRoles.some((each) => each.split('/').at(-1) === name))
    return refuse(
      'exempt',
      `${name} is a break-glass role of the configuration: people need it when nothing else works.`,
      'If it is misused, act by hand: IAM console, the role, "Revoke sessions", then change who may assume it.',
    );
  if (role.Tags?.some(({ Key }) => Key === exemptTag))
    return refuse(
      'exempt',
      `The role ${name} carries the tag ${exemptTag}.`,
      'Ask the owner of the role. Remove the tag if its sessions must be revoked all the same.',
    );
  return undefined;
};

/**
 * Characters without white space of all inline policies of a role together.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const inlineQuota = 10_240;

const sizeOf = (document: string): number => document.replaceAll(/\s/g, '').length;

/** When the role has no room for the policy. */
export const refuseFull = (
  { name, policies }: RoleFacts,
  document: string,
): Refusal<'wrong-state'> | undefined => {
  const used = [...policies.values()].reduce((sum, text) => sum + sizeOf(text), 0);
  const needed = sizeOf(document);
  if (used + needed <= inlineQuota) return undefined;
  return refuse(
    'wrong-state',
    `The inline policies of ${name} have ${used} of ${inlineQuota} characters: the deny needs ${needed} more.`,
    'Make one of its inline policies a managed one, then plan again. Or deny the whole role: `aws iam attach-role-policy` with arn:aws:iam::aws:policy/AWSDenyAll, which also stops everybody else who uses it.',
  );
};

/** One inline policy of Cordon's. */
export interface Deny {
  readonly account: string;
  readonly role: string;
  readonly policy: string;
  /** What people read when it is in force. */
  readonly inForce: string;
  /** Milliseconds since 1970 when it is written. */
  document(now: number): string;
  /** Whether a document found under its name, without white space, is one that Cordon wrote. */
  isOurs(document: string): boolean;
}

export const absent = 'absent';
/** Something else stands under Cordon's name. */
export const foreign = 'changed by somebody else';

/** What a policy's text amounts to. */
export const denyState = (deny: Deny, document: string | undefined): string => {
  if (document === undefined) return absent;
  return deny.isOurs(compact(document)) ? deny.inForce : foreign;
};

const compact = (document: string): string => {
  try {
    return JSON.stringify(JSON.parse(document));
  } catch {
    return document;
  }
};

/** The policy's JSON now, without white space; undefined when it is not there. */
export const readDeny = async (deny: Deny, aws: Aws): Promise<string | undefined> => {
  const document = await readPolicy(deny.role, deny.policy, aws);
  return document === undefined ? undefined : compact(document);
};

export const denyId = (role: string, policy: string): string => `${role}/${policy}`;

const remove = async (deny: Deny, aws: Aws): Promise<void> => {
  try {
    await aws.call('iam:DeleteRolePolicy', { RoleName: deny.role, PolicyName: deny.policy });
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
};

export const denyRegister = (deny: Deny): Register => ({
  id: denyId(deny.role, deny.policy),
  title: `Write or delete the policy ${deny.policy} of ${deny.role}`,
  resource: `${deny.account}/global/role/${deny.role}`,
  undoable: true,
  read: async (aws) => denyState(deny, await readDeny(deny, aws)),
  write: async (value, aws) => {
    if (value === absent) return remove(deny, aws);
    if (value !== deny.inForce)
      throw new Error(`The policy ${deny.policy} cannot be made ${JSON.stringify(value)}`);
    await aws.call('iam:PutRolePolicy', {
      RoleName: deny.role,
      PolicyName: deny.policy,
      PolicyDocument: deny.document(aws.now()),
    });
  },
});

/** What both actions on a role's sessions call. */
export const denyOperations = {
  plan: ['iam:GetRole', 'iam:GetRolePolicy', 'iam:ListRolePolicies'],
  execute: ['iam:GetRolePolicy', 'iam:PutRolePolicy'],
  verify: ['iam:GetRolePolicy'],
  undo: ['iam:DeleteRolePolicy', 'iam:GetRolePolicy'],
} as const;
