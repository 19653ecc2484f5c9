/** Whether the role that an action needs is deployed in the account, and new enough. */
import type { Action, Refusal } from '../actions/action.ts';
import { memberRoleName } from '../actions/action.ts';
import type { Aws } from '../actions/aws.ts';
import { outdated, refuseRole, versionIn } from '../actions/role-version.ts';

const isNamed = (error: unknown, name: RegExp): boolean =>
  error instanceof Error && name.test(error.name);

/** Asks with the read role; throws AWS's error where that says nothing about the roles. */
export const gateRole = async (
  action: Pick<Action, 'role' | 'needsRoleVersion'>,
  account: string,
  aws: Aws,
): Promise<Refusal | undefined> => {
  try {
    const RoleName = memberRoleName(action.role);
    const { Tags = [] } = await aws.call('iam:ListRoleTags', { RoleName });
    return refuseRole(action, account, versionIn(Tags));
  } catch (error) {
    if (isNamed(error, /^NoSuchEntity/)) return refuseRole(action, account, undefined);
    // The read role is older than this question.
    if (isNamed(error, /^AccessDenied/)) return outdated('read', account, 0, 1);
    throw error;
  }
};
