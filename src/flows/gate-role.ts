/** Whether the role that an action needs is deployed in the account, and new enough. */
import type { Action, MemberRole, Refusal } from '../actions/action.ts';
import type { Aws } from '../actions/aws.ts';
import { memberRoleName, type RoleNames } from '../actions/role-names.ts';
import { type DeployedVersion, outdated, refuseRole, versionIn } from '../actions/role-version.ts';
import { isoNow, type WorkerPorts } from './ports.ts';

const isNamed = (error: unknown, name: RegExp): boolean =>
  error instanceof Error && name.test(error.name);

/** Asks with the read role. */
const deployedVersion = async (
  role: MemberRole,
  roleNames: RoleNames,
  aws: Aws,
): Promise<DeployedVersion> => {
  try {
    const RoleName = memberRoleName(role, roleNames);
    const { Tags = [] } = await aws.call('iam:ListRoleTags', { RoleName });
    return versionIn(Tags);
  } catch (error) {
    if (isNamed(error, /^NoSuchEntity/)) return undefined;
    throw error;
  }
};

/**
 * What is found is noted for the cards, and the case is drawn again when it is news. Throws AWS's error
 * where that says nothing about the roles.
 */
export const gateRole = async (
  ports: Pick<WorkerPorts, 'chance' | 'config' | 'memberRoles' | 'wake'>,
  {
    action,
    account,
    caseId,
  }: {
    readonly action: Pick<Action, 'role' | 'needsRoleVersion'>;
    readonly account: string;
    readonly caseId: string;
  },
  aws: Aws,
): Promise<Refusal | undefined> => {
  const { roleNames } = ports.config;
  try {
    const found = await deployedVersion(action.role, roleNames, aws);
    const place = { account, role: action.role };
    if (await ports.memberRoles.learn(place, found, isoNow(ports.chance)))
      await ports.wake.wake(caseId);
    return refuseRole(action, { account, roleNames }, found);
  } catch (error) {
    // The read role is older than this question.
    if (isNamed(error, /^AccessDenied/)) return outdated('read', { account, roleNames }, 0, 1);
    throw error;
  }
};
