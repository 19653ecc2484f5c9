/** Whether the role that an action needs is deployed in the account, and new enough. */
import type { Action, MemberRole, Refusal } from '../actions/action.ts';
import { memberRoleName } from '../actions/action.ts';
import type { Aws } from '../actions/aws.ts';
import { type DeployedVersion, outdated, refuseRole, versionIn } from '../actions/role-version.ts';
import { isoNow, type WorkerPorts } from './ports.ts';

const isNamed = (error: unknown, name: RegExp): boolean =>
  error instanceof Error && name.test(error.name);

/** Asks with the read role. */
const deployedVersion = async (role: MemberRole, aws: Aws): Promise<DeployedVersion> => {
  try {
    const { Tags = [] } = await aws.call('iam:ListRoleTags', { RoleName: memberRoleName(role) });
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
  ports: Pick<WorkerPorts, 'chance' | 'memberRoles' | 'wake'>,
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
  try {
    const found = await deployedVersion(action.role, aws);
    const place = { account, role: action.role };
    if (await ports.memberRoles.learn(place, found, isoNow(ports.chance)))
      await ports.wake.wake(caseId);
    return refuseRole(action, account, found);
  } catch (error) {
    // The read role is older than this question.
    if (isNamed(error, /^AccessDenied/)) return outdated('read', account, 0, 1);
    throw error;
  }
};
