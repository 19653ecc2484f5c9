/**
 * IAM shows a change to every reader only some seconds after it took it: until then reads may answer with
 * what was. https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
import type { Account } from './state.ts';

/** How long; nobody has measured more than this. */
const staleMs = 4000;

const reads = /^(Get|List|Simulate)/;

/** Gives each call the account as it is, or as a late reader still sees it. */
export const createStaleReads = (now: () => number) => {
  const before = new Map<string, { readonly until: number; readonly account: Account }>();
  return (operation: string, account: Account): Account => {
    const known = before.get(account.id);
    const inTime = known && now() < known.until ? known.account : undefined;
    if (reads.test(operation)) return inTime ?? account;
    if (!inTime)
      before.set(account.id, { until: now() + staleMs, account: structuredClone(account) });
    return account;
  };
};
