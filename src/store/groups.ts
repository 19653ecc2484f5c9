/** Which case a finding belongs to: by the finding itself, for good, and by what it is about, for a time. */
import { createHash } from 'node:crypto';
import { type Group, groupDays, type Place } from '../cases/group.ts';
import { type Key, rubbishAfter } from './item.ts';
import { type Item, isNew, type Table } from './table.ts';

export interface Groups {
  /**
   * Places of these findings (`findingKey`), as far as they have one. `seenAt` (ISO 8601 UTC) when they
   * have come again: then they are kept on.
   */
  claims(ids: readonly string[], seenAt?: string): Promise<ReadonlyMap<string, Place>>;
  /** Gives the finding this place unless it has one; answers the place that it has now. */
  claim(id: string, place: Place, now: string): Promise<Place>;
  /** The finding belongs to this case from now on; for people who split a case. Repeatable. */
  move(id: string, caseId: string, now: string): Promise<void>;
  find(keys: readonly string[]): Promise<ReadonlyMap<string, Group>>;
  /** Writes the group where `was` is still what is stored; false when somebody was faster. */
  put(group: Group, was: Group | undefined): Promise<boolean>;
}

const claimKey = (id: string): Key => ({ pk: `FINDING#${id}`, sk: 'CASE' });

/** Keys hold text of findings: of any length, and nothing that belongs into a key. */
const groupKey = (key: string): Key => ({
  pk: `GROUP#${createHash('sha256').update(key).digest('hex').slice(0, 32)}`,
  sk: 'GROUP',
});

/**
 * A finding that was not seen for so long is new when it comes again. Longer than any source keeps one
 * without news of it: GuardDuty, Security Hub and Macie 90 days, Config as long as a yearly review.
 */
const claimDays = 400;
/** What is seen again is kept on, with one write a month at most. */
const renewDays = 370;

const placeOf = (item: Item): Place => ({
  case: String(item['case']),
  meets: (item['meets'] ?? []) as readonly string[],
});

const claimItem = (id: string, { case: caseId, meets }: Place, now: string) => ({
  ...claimKey(id),
  case: caseId,
  ...(meets.length > 0 ? { meets } : {}),
  ttl: rubbishAfter(now, claimDays),
});

const renew = async (table: Table, item: Item, now: string): Promise<void> => {
  if (Number(item['ttl'] ?? 0) >= rubbishAfter(now, renewDays)) return;
  await table.update({ pk: String(item['pk']), sk: String(item['sk']) }, 'SET #ttl = :ttl', {
    expression: 'attribute_exists(pk)',
    names: { '#ttl': 'ttl' },
    values: { ':ttl': rubbishAfter(now, claimDays) },
  });
};

export const groups = (table: Table): Groups => ({
  async claims(ids, seenAt) {
    const items = await table.getMany(ids.map(claimKey));
    if (seenAt) await Promise.all(items.map((item) => renew(table, item, seenAt)));
    return new Map(items.map((item) => [String(item['pk']).slice(8), placeOf(item)]));
  },
  async claim(id, place, now) {
    if (await table.put(claimItem(id, place, now), isNew)) return place;
    const item = await table.get(claimKey(id));
    return item ? placeOf(item) : place;
  },
  async move(id, caseId, now) {
    await table.put(claimItem(id, { case: caseId, meets: [] }, now));
  },
  async find(keys) {
    const items = await table.getMany(keys.map(groupKey));
    return new Map(items.map((item) => [String(item['key']), item['group'] as Group]));
  },
  put: (group, was) =>
    table.put(
      {
        ...groupKey(group.key),
        key: group.key,
        group,
        ttl: rubbishAfter(group.lastAt, groupDays),
      },
      was
        ? {
            expression: '#group.#case = :case AND #group.#last = :last',
            names: { '#group': 'group', '#case': 'case', '#last': 'lastAt' },
            values: { ':case': was.case, ':last': was.lastAt },
          }
        : isNew,
    ),
});
