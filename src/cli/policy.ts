/** `cordon policy`: the generated IAM policy of each member role, as JSON. */
import { memberRoleName } from '../actions/action.ts';
import { rolesInUse } from '../actions/permissions.ts';
import { memberPolicy } from '../app/member-policy.ts';

export const policyJson = (): string =>
  JSON.stringify(
    Object.fromEntries(rolesInUse().map((role) => [memberRoleName(role), memberPolicy(role)])),
    undefined,
    2,
  );
