/**
 * Which version of the member roles an account has. The roles are deployed account by account, so
 * they may be older than Cordon itself. Each carries its version as a tag; an action says from which
 * version on its role allows all that it does.
 */
import { type Action, type MemberRole, type Refusal, type ResponseRole, refuse } from './action.ts';
import { memberRoleName, type RoleNames } from './role-names.ts';

/**
 * What the member roles of this release are tagged with. Raised once for each release whose roles allow more, also
 * where only a question does: `cordon doctor` then names every account whose roles are older. What each version
 * allowed is kept in test/fixtures/member-rights/.
 */
export const roleVersion = 3;

/** The key of that tag. */
export const roleVersionTag = 'cordon-version';

/** Undefined where there is no such role; 0 where it has no version, or none that can be read. */
export type DeployedVersion = number | undefined;

/** By `roleKey`; nothing where it is not known. */
export type DeployedRoles = ReadonlyMap<string, { readonly version: DeployedVersion }>;

export const roleKey = (account: string, role: MemberRole): string => `${account}/${role}`;

/** From the tags of a role. */
export const versionIn = (
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[],
): number => {
  const value = tags.find(({ Key }) => Key === roleVersionTag)?.Value ?? '';
  return /^\d{1,6}$/.test(value) ? Number(value) : 0;
};

/** What each role is deployed for, as its owner reads it. */
const powers: Readonly<Record<ResponseRole, string>> = {
  respond: 'lets Cordon contain resources there',
  'respond-identity': 'lets Cordon write policies of users and roles there',
  'respond-findings': 'lets Cordon archive findings, and belongs in the administrator account only',
  'respond-organization':
    'lets Cordon attach service control policies, and belongs in the account that manages them only',
};

/** Where a role is, and what Cordon's are called there. */
interface RolePlace {
  readonly account: string;
  readonly roleNames?: RoleNames | undefined;
}

/** What to do about a role that is too old, or that does not say how old it is. */
export const outdated = (
  role: MemberRole,
  { account, roleNames }: RolePlace,
  found: number,
  needed: number,
): Refusal =>
  refuse(
    'role-outdated',
    found === 0
      ? `The role ${memberRoleName(role, roleNames)} in account ${account} has no version tag (${roleVersionTag}), so it is not known what it allows.`
      : `The role ${memberRoleName(role, roleNames)} in account ${account} is of version ${found}; this action needs version ${needed}.`,
    `Update the member roles of account ${account} to version ${roleVersion}: deploy infra/member-role.yaml of this release there, then press again.`,
  );

/** Why the account's role does not allow this action; undefined when it does. */
export const refuseRole = (
  { role, needsRoleVersion = 1 }: Pick<Action, 'role' | 'needsRoleVersion'>,
  place: RolePlace,
  found: DeployedVersion,
): Refusal | undefined => {
  const { account, roleNames } = place;
  if (found === undefined)
    return refuse(
      'role-missing',
      `The role ${memberRoleName(role, roleNames)} is not deployed in account ${account}.`,
      `It ${powers[role]}. Deploy it with infra/member-role.yaml if that is wanted, or act by hand.`,
    );
  return found < needsRoleVersion ? outdated(role, place, found, needsRoleVersion) : undefined;
};
