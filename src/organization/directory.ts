/**
 * The accounts of an organisation as Organizations tells them: what each is called, where it is and whose
 * it is. Names, units and owners are text that others write.
 */

/** Whether the read role could be assumed in an account, and when that was tried last (ISO 8601 UTC). */
interface Reach {
  readonly at: string;
  /** Why not, without a full stop; absent when it could. */
  readonly because?: string;
}

export interface DirectoryAccount {
  /** Twelve digits. */
  readonly id: string;
  readonly name: string;
  /** Names of the units above it, from the root down: `workloads/prod`; empty in the root itself. */
  readonly ou: string;
  /** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_account_state.html */
  readonly state: string;
  /** Value of its owner tag, where it has one. */
  readonly owner?: string;
  /** When its tags were read last; absent when never. */
  readonly taggedAt?: string;
  /** Absent when it was never tried. */
  readonly reach?: Reach;
}

export interface AccountDirectory {
  /** Grows by one with each write. */
  readonly version: number;
  /** When the reading began that these accounts are from; ISO 8601 UTC. Absent before the first one. */
  readonly readAt?: string;
  readonly accounts: readonly DirectoryAccount[];
  /** Since when, and why, it could not be read in full; the last good accounts stay. */
  readonly failing?: { readonly since: string; readonly because: string };
}

/**
 * For so long a function goes by what it has read. Together with the half hour at most between two readings that is
 * less than the hour within which people are promised that a new account is covered.
 */
export const directoryKeptMs = 300_000;

export const isActive = ({ state }: Pick<DirectoryAccount, 'state'>): boolean => state === 'ACTIVE';

/** The directory after a reading: what Organizations' lists do not say of an account stays as it was. */
export const joined = (
  known: AccountDirectory | undefined,
  found: readonly Pick<DirectoryAccount, 'id' | 'name' | 'ou' | 'state'>[],
): readonly DirectoryAccount[] => {
  const before = new Map(known?.accounts.map((account) => [account.id, account]));
  return found.map((account) => ({ ...before.get(account.id), ...account }));
};

/** Accounts that are new, or called or placed otherwise than before: what is drawn of them is out of date. */
export const changedAccounts = (
  known: AccountDirectory | undefined,
  accounts: readonly DirectoryAccount[],
): ReadonlySet<string> => {
  const drawn = ({ name, ou, state, owner }: DirectoryAccount): string =>
    JSON.stringify([name, ou, state, owner]);
  const before = new Map(known?.accounts.map((account) => [account.id, drawn(account)]));
  const changed = accounts.filter((account) => before.get(account.id) !== drawn(account));
  const now = new Set(accounts.map(({ id }) => id));
  const gone = [...before.keys()].filter((id) => !now.has(id));
  return new Set([...changed.map(({ id }) => id), ...gone]);
};
