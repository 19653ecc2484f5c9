/** Which case each finding of a batch belongs to: the one it has, an open one about the same, or a new one. */
import { caseIdOf, findingKey } from '../../cases/case.ts';
import { firstOpened, type Group, isLive, isStale, type Place } from '../../cases/group.ts';
import type { Finding } from '../../findings/finding.ts';
import type { Grouping } from '../../rules/grouping.ts';
import type { CasesTable } from '../../store/cases-table.ts';
import { type Encounters, encounters } from './encounters.ts';

/** A finding without a case. */
export interface Unplaced {
  readonly finding: Finding;
  readonly grouping: Grouping;
  /** Whether it opens a case where none is open. */
  readonly opens: boolean;
}

type Known = Map<string, Group>;

/** What one batch knows, and at which time; ISO 8601 UTC. */
interface Search {
  readonly groups: CasesTable['groups'];
  readonly known: Known;
  readonly met: Encounters;
  readonly now: string;
}

/** Losing the race for one key more often than that means that something is broken. */
const attempts = 10;

const liveUnder = ({ known, now }: Search, keys: readonly string[]): readonly Group[] =>
  keys.flatMap((key) => {
    const group = known.get(key);
    return group && isLive(group, now) ? [group] : [];
  });

/** Opens under the first key, unless somebody is faster: then theirs is joined. */
const open = async ({ groups, known, now }: Search, unplaced: Unplaced): Promise<Group> => {
  const [key = ''] = unplaced.grouping.own;
  const fresh = { key, case: caseIdOf(unplaced.finding.canonicalId), openedAt: now, lastAt: now };
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const was = known.get(key);
    if (was && isLive(was, now)) return was;
    if (await groups.put(fresh, was)) {
      known.set(key, fresh);
      return fresh;
    }
    await readAgain({ groups, known }, key);
  }
  throw new Error(`group ${key} could not be opened: ${attempts} races lost`);
};

const readAgain = async ({ groups, known }: Pick<Search, 'groups' | 'known'>, key: string) => {
  const stored = (await groups.find([key])).get(key);
  if (stored) known.set(key, stored);
  else known.delete(key);
};

/** From now on the case is found under these keys too. A lost race leaves the key to the winner. */
const register = async (search: Search, target: Group, keys: readonly string[]): Promise<void> => {
  const { groups, known, met, now } = search;
  for (const key of keys) {
    const was = known.get(key);
    if (was && isLive(was, now)) {
      const same = was.case === target.case;
      if (same ? !isStale(was, now) : !met.goesOn(was.case, target.case)) continue;
    }
    const next = { key, case: target.case, openedAt: target.openedAt, lastAt: now };
    if (await groups.put(next, was)) known.set(key, next);
    else await readAgain(search, key);
  }
};

const place = async (search: Search, unplaced: Unplaced): Promise<Place | undefined> => {
  const { grouping, opens } = unplaced;
  const live = liveUnder(search, grouping.join);
  if (!opens) {
    const joined = firstOpened(live);
    return joined && { case: joined.case, meets: [] };
  }
  const target =
    (await search.met.choose(liveUnder(search, grouping.meet))) ??
    firstOpened(live) ??
    (await open(search, unplaced));
  await register(search, target, grouping.own);
  // Once more: somebody may have been faster under one of the keys.
  const meets = await search.met.others(target, liveUnder(search, grouping.meet));
  return { case: target.case, meets };
};

/**
 * Places by `findingKey`; findings that neither have a case nor open one are missing. `claimed` is
 * what `groups.claims` answered for the whole batch. Repeatable: a claim is for good.
 */
export const findCases = async (
  cases: Pick<CasesTable, 'groups' | 'get'>,
  claimed: ReadonlyMap<string, Place>,
  unplaced: readonly Unplaced[],
  now: string,
): Promise<ReadonlyMap<string, Place>> => {
  const { groups } = cases;
  const keys = unplaced.flatMap(({ grouping }) => [...grouping.join, ...grouping.own]);
  const known: Known = new Map(await groups.find([...new Set(keys)]));
  const search = { groups, known, met: encounters(cases), now };
  const wanted = new Map<string, Place>();
  for (const one of unplaced) {
    const found = await place(search, one);
    const key = findingKey(one.finding.canonicalId);
    if (found && !wanted.has(key)) wanted.set(key, found);
  }
  const placed = await Promise.all(
    [...wanted].map(async ([id, wish]) => [id, await groups.claim(id, wish, now)] as const),
  );
  return new Map([...claimed, ...placed]);
};
