/** `cordon policy`: the generated IAM policy of each member role, as JSON. */
import { memberRoleName } from '../actions/action.ts';
import { rolePolicy, rolesInUse } from '../actions/permissions.ts';

export const policyJson = (): string =>
  JSON.stringify(
    Object.fromEntries(rolesInUse().map((role) => [memberRoleName(role), rolePolicy(role)])),
    undefined,
    2,
  );
