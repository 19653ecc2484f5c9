/**
 * Follow-ups of reviews in the `cases` table, one item each. Those that are open lie in the index of open
 * things under a partition of their own, so one query answers them however many are done.
 */
import { byDue, type FollowUp } from '../reviews/follow-up.ts';
import type { Key } from './item.ts';
import { isNew, readVersioned, type Table, unchangedSince, versionedItem } from './table.ts';

export interface FollowUps {
  get(id: string): Promise<FollowUp | undefined>;
  /** Repeatable: the first of an id stays. Answers the stored one. */
  add(followUp: FollowUp): Promise<FollowUp>;
  /** False when it is not any more what it was at version `was`. */
  save(followUp: FollowUp, was: number): Promise<boolean>;
  /** Those that are not done, the one that is due first is first. */
  open(limit: number): Promise<readonly FollowUp[]>;
  /** All of a case, open and done, in the order in which they are due. */
  ofCase(caseId: string): Promise<readonly FollowUp[]>;
}

const openPartition = 'FOLLOW-UPS';

const keyOf = (id: string): Key => ({ pk: `FOLLOW-UP#${id}`, sk: 'FOLLOW-UP' });
const placeOf = (caseId: string): string => `FOLLOW-UPS-OF#${caseId}`;

const itemOf = (followUp: FollowUp) => ({
  ...versionedItem(keyOf(followUp.id), followUp, { due: undefined }),
  ...(followUp.state === 'open'
    ? { openPk: openPartition, openSk: `${followUp.due}#${followUp.id}` }
    : {}),
});

export const followUps = (table: Table): FollowUps => {
  const get = async (id: string) => readVersioned<FollowUp>(await table.get(keyOf(id)));
  const read = async (keys: readonly Key[]): Promise<readonly FollowUp[]> =>
    (await table.getMany(keys))
      .flatMap((item) => readVersioned<FollowUp>(item) ?? [])
      .toSorted(byDue);
  return {
    get,
    async add(followUp) {
      // First its place: a place without its follow-up harms nobody.
      await table.put({ pk: placeOf(followUp.caseId), sk: followUp.id });
      await table.put(itemOf(followUp), isNew);
      return (await get(followUp.id)) ?? followUp;
    },
    save: (followUp, was) => table.put(itemOf(followUp), unchangedSince(was)),
    open: async (limit) =>
      read(
        (await table.query({ pk: openPartition, index: 'open', limit })).map(({ pk, sk }) => ({
          pk: String(pk),
          sk: String(sk),
        })),
      ),
    ofCase: async (caseId) =>
      read((await table.query({ pk: placeOf(caseId) })).map(({ sk }) => keyOf(String(sk)))),
  };
};
