/**
 * The service control policy that quarantines an account, and where it is attached: each of both is a
 * value that is read and written by itself. Nothing is attached before AWS's own copy proves whom it spares.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
import type { Plan, Register } from './action.ts';
import type { Aws } from './aws.ts';
import {
  controlPolicyNamed,
  exemptedBy,
  policiesOn,
  policyDocument,
  policyName,
} from './control-policies.ts';

const absent = 'absent';
export const foreign = 'there, but it is not what Cordon writes';
export const attached = 'attached';
export const notAttached = 'not attached';

export const policySuffix = '/policy';
export const attachmentSuffix = '/attachment';

export const inForce = (roles: readonly string[]): string =>
  `denies everything but to ${roles.map((arn) => arn.split('role/')[1]).join(', ')}`;

/** What AWS has under the policy's name, against the roles that it has to leave out. */
export const policyState = async (
  account: string,
  roles: readonly string[],
  aws: Aws,
): Promise<string> => {
  const found = await controlPolicyNamed(policyName(account), aws);
  if (!found) return absent;
  return found.content === policyDocument(roles) ? inForce(roles) : foreign;
};

export const attachment = async (account: string, aws: Aws): Promise<string> => {
  const policies = await policiesOn(account, aws);
  if (!policies) return 'in no organisation';
  return policies.some(({ Name }) => Name === policyName(account)) ? attached : notAttached;
};

export const rolesIn = ({ changes, target }: Plan): readonly string[] => {
  const said = String(changes[0]?.after).replace('denies everything but to ', '');
  return said.split(', ').map((name) => `arn:aws:iam::${target.account}:role/${name}`);
};

/** Reads AWS's copy: each role that has to be left out is, by the policy's own condition. */
const proveExemption = async (
  account: string,
  roles: readonly string[],
  aws: Aws,
): Promise<string> => {
  const found = await controlPolicyNamed(policyName(account), aws);
  if (!found) throw new Error(`There is no policy ${policyName(account)}`);
  const locked = roles.filter((arn) => !exemptedBy(found.content, arn));
  if (locked.length > 0)
    throw new Error(`${policyName(account)} would lock out ${locked.join(', ')}: not attached`);
  return found.id;
};

export const policyRegister = (planned: Plan): Register => {
  const { account } = planned.target;
  const roles = rolesIn(planned);
  return {
    id: account + policySuffix,
    title: `Write the policy ${policyName(account)}`,
    resource: `organization/policy/${policyName(account)}`,
    undoable: false,
    read: (aws) => policyState(account, roles, aws),
    write: async (_value, aws) => {
      if (await controlPolicyNamed(policyName(account), aws)) return;
      await aws.call('organizations:CreatePolicy', {
        Name: policyName(account),
        Description: `Quarantine of account ${account} by Cordon`,
        Content: policyDocument(roles),
        Type: 'SERVICE_CONTROL_POLICY',
      });
    },
  };
};

export const attachmentRegister = (planned: Plan): Register => {
  const { account } = planned.target;
  return {
    id: account + attachmentSuffix,
    title: `Attach or detach ${policyName(account)}`,
    resource: `organization/account/${account}`,
    undoable: true,
    read: (aws) => attachment(account, aws),
    write: async (value, aws) => {
      if (value !== attached && value !== notAttached)
        throw new Error(`${policyName(account)} cannot be made ${JSON.stringify(value)}`);
      if (value === attached) {
        const PolicyId = await proveExemption(account, rolesIn(planned), aws);
        await aws.call('organizations:AttachPolicy', { PolicyId, TargetId: account });
        return;
      }
      const found = (await policiesOn(account, aws))?.find(
        ({ Name }) => Name === policyName(account),
      );
      if (found)
        await aws.call('organizations:DetachPolicy', { PolicyId: found.Id, TargetId: account });
    },
  };
};
