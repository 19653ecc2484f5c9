/**
 * Which version the member roles of an account had when a plan last asked: what a card may say of it
 * without asking AWS. Lies in the cases table.
 */
import type { MemberRole } from '../actions/action.ts';
import { type DeployedRoles, type DeployedVersion, roleKey } from '../actions/role-version.ts';
import type { Table } from './table.ts';

export interface MemberRoles {
  /** Notes what was found at a time (ISO 8601 UTC); answers whether it is not what was known. */
  learn(
    place: { readonly account: string; readonly role: MemberRole },
    found: DeployedVersion,
    at: string,
  ): Promise<boolean>;
  /** Of these accounts, as far as it is known. */
  of(accounts: readonly string[]): Promise<DeployedRoles>;
}

const partition = (account: string): string => `ROLES#${account}`;

export const memberRoles = (table: Table): MemberRoles => ({
  async learn({ account, role }, found, at) {
    const key = { pk: partition(account), sk: role };
    const known = await table.get(key);
    const version = found ?? null;
    if (known && known['version'] === version) return false;
    await table.put({ ...key, version, at });
    return true;
  },
  async of(accounts) {
    const items = await Promise.all(
      [...new Set(accounts)].map((account) => table.query({ pk: partition(account) })),
    );
    return new Map(
      items.flat().map(({ pk, sk, version }) => {
        const key = roleKey(String(pk).slice(partition('').length), sk as MemberRole);
        return [key, { version: typeof version === 'number' ? version : undefined }];
      }),
    );
  },
});
