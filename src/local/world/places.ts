/** The accounts and regions of the simulated AWS, made when first named. */
import type { MemberRole } from '../../actions/action.ts';
import { memberRoleName, type RoleNames } from '../../actions/role-names.ts';
import { roleVersion, roleVersionTag } from '../../actions/role-version.ts';
import { type Account, emptyPartition, type Partition, type Tags } from './state.ts';

/** Findings are changed in the administrator account only, so only it has that role. */
const rolesOf = (isSecurityAccount: boolean, names: RoleNames): Map<string, Tags> => {
  const everywhere: readonly MemberRole[] = ['read', 'respond', 'respond-identity'];
  const roles: readonly MemberRole[] = [
    ...everywhere,
    ...(isSecurityAccount ? (['respond-findings', 'respond-organization'] as const) : []),
  ];
  return new Map(
    roles.map((role) => [memberRoleName(role, names), { [roleVersionTag]: String(roleVersion) }]),
  );
};

export interface Places {
  readonly accounts: ReadonlyMap<string, Account>;
  /** By `account/region`. */
  readonly partitions: ReadonlyMap<string, Partition>;
  /** Makes the account with Cordon's roles, if it is not there; a name given later renames it. */
  account(id: string, name?: string): Account;
  /** Makes the partition, and its account, if it is not there. */
  partition(account: string, region: string): Partition;
}

export const createPlaces = (securityAccount: string, names: RoleNames): Places => {
  const accounts = new Map<string, Account>();
  const partitions = new Map<string, Partition>();
  const account = (id: string, name?: string): Account => {
    const known = accounts.get(id) ?? {
      id,
      name: name ?? id,
      users: new Map(),
      roles: rolesOf(id === securityAccount, names),
      iamRoles: new Map(),
    };
    if (name) known.name = name;
    accounts.set(id, known);
    return known;
  };
  const partition = (id: string, region: string): Partition => {
    account(id);
    const key = `${id}/${region}`;
    const known = partitions.get(key) ?? emptyPartition(id, region);
    partitions.set(key, known);
    return known;
  };
  account(securityAccount);
  return { accounts, partitions, account, partition };
};
