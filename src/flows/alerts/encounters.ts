/**
 * Several open cases under the keys of one finding: which of them it joins, and which are to become one
 * with it. The cases are read only then, so a finding about one thing costs nothing more.
 */
import type { Case } from '../../cases/case.ts';
import { firstOpened, type Group } from '../../cases/group.ts';
import { takesPart } from '../../cases/meeting.ts';
import type { CasesTable } from '../../store/cases-table.ts';
import { goesOnIn } from '../case/goes-on.ts';

export interface Encounters {
  /** Of several cases the one to join; undefined where there are not several. */
  choose(groups: readonly Group[]): Promise<Group | undefined>;
  /** Ids of the other cases that are to become one with the target. */
  others(target: Group, groups: readonly Group[]): Promise<readonly string[]>;
  /** Whether `id` is known to go on in `into`. */
  goesOn(id: string, into: string): boolean;
}

const casesOf = (groups: readonly Group[]): ReadonlySet<string> =>
  new Set(groups.map((group) => group.case));

/** Of one batch: each case is read once. */
export const encounters = (cases: Pick<CasesTable, 'get'>): Encounters => {
  const read = new Map<string, Case | undefined>();
  /** Where each goes on, as far as it takes part; one that is not stored yet does. */
  const standing = async (groups: readonly Group[]): Promise<readonly Group[]> => {
    for (const id of casesOf(groups)) if (!read.has(id)) read.set(id, await goesOnIn(cases, id));
    return groups.flatMap((group) => {
      const theCase = read.get(group.case);
      if (!theCase) return [group];
      return takesPart(theCase) ? [{ ...group, case: theCase.id, openedAt: theCase.openedAt }] : [];
    });
  };
  return {
    async choose(groups) {
      return casesOf(groups).size > 1 ? firstOpened(await standing(groups)) : undefined;
    },
    async others(target, groups) {
      if (casesOf([target, ...groups]).size < 2) return [];
      const ids = casesOf(await standing(groups));
      return [...ids].filter((id) => id !== target.case);
    },
    goesOn: (id, into) => id !== into && read.get(id)?.id === into,
  };
};
