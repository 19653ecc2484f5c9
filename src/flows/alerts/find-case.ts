/** Which case each finding of a batch belongs to: the one it has, an open one about the same, or a new one. */
import { caseIdOf, findingKey } from '../../cases/case.ts';
import { firstOpened, type Group, isLive, isStale } from '../../cases/group.ts';
import type { Finding } from '../../findings/finding.ts';
import type { Grouping } from '../../rules/grouping.ts';
import type { CasesTable } from '../../store/cases-table.ts';

/** A finding without a case. */
export interface Unplaced {
  readonly finding: Finding;
  readonly grouping: Grouping;
  /** Whether it opens a case where none is open. */
  readonly opens: boolean;
}

type Known = Map<string, Group>;

/** Losing the race for one key more often than that means that something is broken. */
const attempts = 10;

const liveUnder = (known: Known, keys: readonly string[], now: string): Group | undefined =>
  firstOpened(
    keys.flatMap((key) => {
      const group = known.get(key);
      return group && isLive(group, now) ? [group] : [];
    }),
  );

/** Opens under the first key, unless somebody is faster: then theirs is joined. */
const open = async (
  groups: CasesTable['groups'],
  known: Known,
  unplaced: Unplaced,
  now: string,
): Promise<Group> => {
  const [key = ''] = unplaced.grouping.own;
  const fresh = { key, case: caseIdOf(unplaced.finding.canonicalId), openedAt: now, lastAt: now };
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const was = known.get(key);
    if (was && isLive(was, now)) return was;
    if (await groups.put(fresh, was)) {
      known.set(key, fresh);
      return fresh;
    }
    const stored = (await groups.find([key])).get(key);
    if (stored) known.set(key, stored);
    else known.delete(key);
  }
  throw new Error(`group ${key} could not be opened: ${attempts} races lost`);
};

/** From now on the case is found under these keys too. A lost race leaves the key to the winner. */
const register = async (
  groups: CasesTable['groups'],
  known: Known,
  target: Group,
  { keys, now }: { readonly keys: readonly string[]; readonly now: string },
): Promise<void> => {
  for (const key of keys) {
    const was = known.get(key);
    const taken = was && isLive(was, now);
    if (taken && (was.case !== target.case || !isStale(was, now))) continue;
    const next = { key, case: target.case, openedAt: target.openedAt, lastAt: now };
    if (await groups.put(next, was)) known.set(key, next);
  }
};

/**
 * Case ids by `findingKey`; findings that neither have a case nor open one are missing. `claimed` is
 * what `groups.claims` answered for the whole batch. Repeatable: a claim is for good.
 */
export const findCases = async (
  groups: CasesTable['groups'],
  claimed: ReadonlyMap<string, string>,
  unplaced: readonly Unplaced[],
  now: string,
): Promise<ReadonlyMap<string, string>> => {
  const keys = unplaced.flatMap(({ grouping }) => [...grouping.join, ...grouping.own]);
  const known: Known = new Map(await groups.find([...new Set(keys)]));
  const wanted = new Map<string, string>();
  for (const one of unplaced) {
    const { grouping, opens, finding } = one;
    const live = liveUnder(known, grouping.join, now);
    if (!live && !opens) continue;
    const target = live ?? (await open(groups, known, one, now));
    if (opens) await register(groups, known, target, { keys: grouping.own, now });
    const key = findingKey(finding.canonicalId);
    if (!wanted.has(key)) wanted.set(key, target.case);
  }
  const placed = await Promise.all(
    [...wanted].map(async ([id, wish]) => [id, await groups.claim(id, wish)] as const),
  );
  return new Map([...claimed, ...placed]);
};
