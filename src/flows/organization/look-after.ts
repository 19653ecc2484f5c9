/**
 * What Organizations' lists do not say of an account: its owner, by a tag, and whether Cordon's read role
 * can be assumed there. New accounts come first, then those that were not looked at for longest.
 */
import { type DirectoryAccount, isActive } from '../../organization/directory.ts';
import { CallFailed, inWords } from '../../posture/call-failed.ts';
import { isoIn, isoNow } from '../ports.ts';
import type { OrganizationPorts } from './read-accounts.ts';
import type { Ask } from './walk-on.ts';

/** Tags and a role that could be assumed are looked at again after so long at the latest. */
const tagsAgainMs = 6 * 3_600_000;
const reachAgainMs = 24 * 3_600_000;
/** Accounts in which the read role is tried at the same time, and in one go. */
const [atATime, mostTried] = [8, 200];
/** With each reading the tags of so many more, so that a small organisation's are never older than it. */
const moreTagged = 40;

interface Looked {
  readonly accounts: readonly DirectoryAccount[];
  /** Why owners could not be read, without a full stop. */
  readonly because?: string;
  /** Whether some accounts were not looked at for lack of time. */
  readonly left: boolean;
}

const oldestFirst = (
  accounts: readonly DirectoryAccount[],
  at: (account: DirectoryAccount) => string,
): readonly DirectoryAccount[] => accounts.toSorted((a, b) => at(a).localeCompare(at(b)));

const triedAt = ({ reach }: DirectoryAccount): string => reach?.at ?? '';
const taggedAt = (account: DirectoryAccount): string => account.taggedAt ?? '';

const reached = async (
  ports: OrganizationPorts,
  account: DirectoryAccount,
): Promise<DirectoryAccount> => {
  const at = isoNow(ports.chance);
  try {
    await ports.aws.as({
      ...{ drill: undefined, role: 'read', account: account.id, requestId: 'organization' },
      region: ports.config.homeRegion,
    });
    return { ...account, reach: { at } };
  } catch (error) {
    const because = inWords(new CallFailed('sts:AssumeRole', error));
    return { ...account, reach: { at, because } };
  }
};

/** The value of its owner tag; undefined where it has none. */
export const ownerOf = async (
  ask: Ask,
  account: string,
  tag: string,
): Promise<string | undefined> => {
  let NextToken: string | undefined;
  do {
    const page = await ask('organizations:ListTagsForResource', {
      ResourceId: account,
      ...(NextToken ? { NextToken } : {}),
    });
    const owner = page.Tags?.find(({ Key }) => Key === tag)?.Value;
    if (owner) return owner;
    NextToken = page.NextToken;
  } while (NextToken);
  return undefined;
};

const owned = async (
  ports: OrganizationPorts,
  ask: Ask,
  { owner: _, ...account }: DirectoryAccount,
): Promise<DirectoryAccount> => {
  const taggedAt = isoNow(ports.chance);
  const owner = await ownerOf(ask, account.id, ports.config.ownerTag);
  return { ...account, ...(owner ? { owner } : {}), taggedAt };
};

/** Accounts of which something is to be found out, once each, while there is time. */
const eachOf = async (
  due: readonly DirectoryAccount[],
  many: number,
  {
    isTime,
    look,
  }: {
    readonly isTime: () => boolean;
    readonly look: (account: DirectoryAccount) => Promise<DirectoryAccount>;
  },
): Promise<ReadonlyMap<string, DirectoryAccount>> => {
  const found = new Map<string, DirectoryAccount>();
  const waiting = [...due];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next && isTime(); next = waiting.shift())
      found.set(next.id, await look(next));
  };
  await Promise.all(Array.from({ length: many }, work));
  return found;
};

const withThese = (
  accounts: readonly DirectoryAccount[],
  found: ReadonlyMap<string, DirectoryAccount>,
): readonly DirectoryAccount[] => accounts.map((account) => found.get(account.id) ?? account);

/** `since`: when this reading of the organisation began. */
export const lookAfter = async (
  ports: OrganizationPorts,
  ask: Ask,
  known: {
    readonly accounts: readonly DirectoryAccount[];
    readonly since: string;
    readonly isTime: () => boolean;
  },
): Promise<Looked> => {
  const { since, isTime } = known;
  const active = known.accounts.filter(isActive);
  const untried = oldestFirst(active, triedAt).filter(({ reach }) => {
    if (!reach) return true;
    return reach.at < (reach.because ? since : isoIn(ports.chance, -reachAgainMs));
  });
  const tried = await eachOf(untried.slice(0, mostTried), atATime, {
    isTime,
    look: (account) => reached(ports, account),
  });
  const accounts = withThese(known.accounts, tried);
  const overdue = isoIn(ports.chance, -tagsAgainMs);
  const untagged = oldestFirst(accounts.filter(isActive), taggedAt).filter(
    (account, place) => taggedAt(account) < (place < moreTagged ? since : overdue),
  );
  const tagged = new Map<string, DirectoryAccount>();
  try {
    await eachOf(untagged, 1, {
      isTime,
      async look(account) {
        const found = await owned(ports, ask, account);
        tagged.set(found.id, found);
        return found;
      },
    });
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    const because = `owners of accounts are not read: ${inWords(error)}`;
    return { accounts: withThese(accounts, tagged), because, left: true };
  }
  return {
    accounts: withThese(accounts, tagged),
    left: tried.size < untried.length || tagged.size < untagged.length,
  };
};
