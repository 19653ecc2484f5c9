/** `cordon policy`: the generated IAM policy of each member role, as JSON. */
import { rolesInUse } from '../actions/permissions.ts';
import { memberRoleName, type RoleNames } from '../actions/role-names.ts';
import { memberPolicy } from '../app/member-policy.ts';

export const policyJson = (names: RoleNames): string =>
  JSON.stringify(
    Object.fromEntries(
      rolesInUse().map((role) => [memberRoleName(role, names), memberPolicy(role, names)]),
    ),
    undefined,
    2,
  );
