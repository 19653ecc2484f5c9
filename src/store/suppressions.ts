/**
 * Suppressions in the `cases` table, where ingest may read them. Those in force lie in one partition
 * that nothing else is in, so one query answers them however many have ended. The end is a mark in
 * one conditional write; the worker then moves what is over into the history.
 */
import type { ScopedSuppression } from '../rules/suppression.ts';
import { type Key, schemaVersion } from './item.ts';
import { type Item, isNew, type Table } from './table.ts';

/** Why a suppression is over. */
export interface SuppressionEnd {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Goes on after "it ended because". */
  readonly because: string;
  /** Slack user id of the one who ended it by hand. */
  readonly by?: string;
}

export interface StoredSuppression extends ScopedSuppression {
  readonly ended?: SuppressionEnd;
}

export interface Suppressions {
  /** In force at `now` (ISO 8601 UTC): neither ended nor past their time. */
  active(now: string): Promise<readonly ScopedSuppression[]>;
  /** Until it is in the history; undefined afterwards. */
  get(id: string): Promise<StoredSuppression | undefined>;
  /** False when there is one of this id. */
  put(suppression: ScopedSuppression): Promise<boolean>;
  /** Answers whether this call ended it; false when it had ended before, or is unknown. */
  end(id: string, end: SuppressionEnd): Promise<boolean>;
  /** Those whose end has to be told now: less than a day left, and nobody was told. */
  noticeDue(now: string): Promise<readonly ScopedSuppression[]>;
  /** Answers whether this call was the first to say so. */
  noted(id: string, at: string): Promise<boolean>;
  /** Those that the worker has to look at: to be told, ended, or past their time. */
  owing(now: string): Promise<readonly ScopedSuppression[]>;
  /** Moves one that has ended into the history. Repeatable. */
  settle(id: string): Promise<void>;
  /** What ended, the newest first. */
  history(limit: number): Promise<readonly StoredSuppression[]>;
}

const inForce = 'SUPPRESSION';
const over = 'SUPPRESSION-ENDED';

const keyOf = (id: string): Key => ({ pk: inForce, sk: id });

const dayMs = 86_400_000;

const stored = (item: Item): StoredSuppression => ({
  ...(item['suppression'] as ScopedSuppression),
  ...(item['noticedAt'] ? { noticedAt: String(item['noticedAt']) } : {}),
  ...(item['ended'] ? { ended: item['ended'] as SuppressionEnd } : {}),
});

const hides = (one: StoredSuppression, now: string): boolean =>
  !one.ended && Date.parse(one.until) > Date.parse(now);

/**
 * True when less than a day is left and nobody was told. One for a day or less is announced by the
 * message that it was made with.
 */
export const owesNotice = (one: StoredSuppression, now: string): boolean => {
  const from = Date.parse(one.until) - dayMs;
  return (
    hides(one, now) && !one.noticedAt && from <= Date.parse(now) && from > Date.parse(one.createdAt)
  );
};

export const suppressions = (table: Table): Suppressions => {
  const all = async (): Promise<readonly StoredSuppression[]> =>
    (await table.query({ pk: inForce })).map(stored);
  const get = async (id: string): Promise<StoredSuppression | undefined> => {
    const item = await table.get(keyOf(id));
    return item && stored(item);
  };
  return {
    get,
    active: async (now) => (await all()).filter((one) => hides(one, now)),
    put: (suppression) =>
      table.put({ ...keyOf(suppression.id), v: schemaVersion, suppression }, isNew),
    end: (id, end) =>
      table.update(keyOf(id), 'SET ended = :ended', {
        expression: 'attribute_exists(pk) AND attribute_not_exists(ended)',
        values: { ':ended': end },
      }),
    noticeDue: async (now) => (await all()).filter((one) => owesNotice(one, now)),
    noted: (id, at) =>
      table.update(keyOf(id), 'SET noticedAt = :at', {
        expression: 'attribute_exists(pk) AND attribute_not_exists(noticedAt)',
        values: { ':at': at },
      }),
    owing: async (now) => (await all()).filter((one) => !hides(one, now) || owesNotice(one, now)),
    async settle(id) {
      const one = await get(id);
      if (!one?.ended) return;
      const { ended, noticedAt, ...suppression } = one;
      await table.put({
        pk: over,
        sk: `${ended.at}#${id}`,
        v: schemaVersion,
        suppression,
        ended,
        ...(noticedAt ? { noticedAt } : {}),
      });
      await table.remove(keyOf(id), { expression: 'attribute_exists(ended)' });
    },
    history: async (limit) =>
      (await table.query({ pk: over, descending: true, limit })).map(stored),
  };
};
