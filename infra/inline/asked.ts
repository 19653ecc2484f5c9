/** What the functions of the organisation baseline are asked, and how both go about it. */
import { Organizations, paginateListAccounts } from '@aws-sdk/client-organizations';

export interface Asked {
  /** This account, which administers the service: twelve digits. */
  readonly Account: string;
  /** Protection plans of GuardDuty or scans of Inspector, by their names in the API. */
  readonly Parts: readonly string[];
}

/** Throttling is waited out: an organisation of thousands is many calls. */
export const settings = { maxAttempts: 9 };

/** Every other account that is not suspended or closing; the administrator of a service may list them. */
export const otherAccounts = async (
  self: string,
): Promise<readonly { readonly AccountId: string; readonly Email: string }[]> => {
  const client = new Organizations(settings);
  const found: { AccountId: string; Email: string }[] = [];
  // The runtime's SDK may be older than `State`.
  for await (const { Accounts = [] } of paginateListAccounts({ client }, {}))
    for (const { Id = '', Email = '', State, Status } of Accounts)
      if (Id !== self && (State ?? Status) === 'ACTIVE') found.push({ AccountId: Id, Email });
  return found;
};

/**
 * One part after another, because a Region may lack some: what it lacks is told. Where none can be had, something
 * else is wrong: throws what AWS said.
 */
export const each = async (
  parts: readonly string[],
  turnOn: (part: string) => Promise<unknown>,
): Promise<string[]> => {
  const left: string[] = [];
  for (const part of parts)
    try {
      await turnOn(part);
    } catch (error) {
      left.push(`${part}: ${(error as Error).message}`);
      if (left.length === parts.length) throw error;
    }
  return left;
};

export const chunks = <T>(all: readonly T[], size: number): readonly T[][] =>
  all.length === 0 ? [] : [all.slice(0, size), ...chunks(all.slice(size), size)];
