/**
 * What Cordon's roles are called: one path and one beginning of their names for the roles of its functions
 * and those that it assumes in accounts, because organisations often allow roles under certain names only.
 */
import type { MemberRole } from './action.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
export interface RoleNames {
  /** `/`, or `/security/`: begins and ends with a slash. */
  readonly path: string;
  /** What each name begins with: `cordon-`. */
  readonly prefix: string;
}

export const defaultRoleNames: RoleNames = { path: '/', prefix: 'cordon-' };

/** The role's name in every account: `cordon-read`, `cordon-respond` … */
export const memberRoleName = (
  role: MemberRole,
  { prefix }: RoleNames = defaultRoleNames,
): string => `${prefix}${role}`;

/** As an ARN ends: `security/cordon-read`. */
export const memberRolePath = (role: MemberRole, names: RoleNames): string =>
  `${names.path.slice(1)}${memberRoleName(role, names)}`;

/** Of a role with its path, as above. `arn:aws:iam::123456789012:role/security/cordon-read` */
export const roleArn = (account: string, pathAndName: string): string =>
  `arn:aws:iam::${account}:role/${pathAndName.replace(/^\//, '')}`;

/** All of them, in any account. */
export const ownRoleArns = ({ path, prefix }: RoleNames): string =>
  `arn:aws:iam::*:role${path}${prefix}*`;
