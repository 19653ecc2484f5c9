/** The `cases` table: cases, what of them is shown in Slack, ignored events, the pacer's lease. */
import type { Case } from '../cases/case.ts';
import { owesPage } from '../cases/paging.ts';
import type { Ignored } from '../findings/finding.ts';
import { type Key, partition, rubbishAfter, shardOf } from './item.ts';
import { type Leases, leases } from './lease.ts';
import { clearDrafts, type WaitingDrafts, waitingDrafts } from './outbox.ts';
import { isNew, readVersioned, type Table, unchangedSince, versionedItem } from './table.ts';

/** Lower is served first. */
export const priorities = { human: 1, critical: 2, first: 3, edit: 4 } as const;
export type Priority = (typeof priorities)[keyof typeof priorities];

/** One message that Slack has: where, and the hash of what was drawn. */
export interface ShownMessage {
  readonly ts: string;
  readonly drawn: string;
}

/** A post that is about to be made; a crash leaves it behind. */
interface Posting {
  readonly key: string;
  readonly at: string;
}

/** What of a case is in Slack, by message key; `posting` is a claim that a crash leaves behind. */
export interface Shown {
  readonly messages: { readonly [key: string]: ShownMessage };
  readonly posting?: Posting;
  readonly version: number;
}

export interface DirtyCase {
  readonly id: string;
  /** Names this mark; a later change makes another. */
  readonly mark: string;
}

export interface CasesTable {
  readonly leases: Leases;
  get(id: string): Promise<Case | undefined>;
  create(value: Case, priority: Priority, now: string): Promise<boolean>;
  save(value: Case, was: number, priority: Priority, now: string): Promise<boolean>;
  /** Marks the case's messages as not up to date. */
  touch(id: string, priority: Priority, now: string): Promise<void>;
  /** Cases whose suppression ended at or before `now`, and those that people must be paged for. */
  due(now: string, limit: number): Promise<readonly string[]>;
  dirty(limit: number): Promise<readonly DirtyCase[]>;
  clean(mark: DirtyCase): Promise<void>;
  /** Claims the pacer's next wake-up at `at`; false when an earlier one is on its way. */
  arm(at: string, now: string): Promise<boolean>;
  shown(id: string): Promise<Shown>;
  saveShown(id: string, shown: Shown): Promise<boolean>;
  ignore(event: Ignored, now: string): Promise<void>;
  /** Reasons of the events ignored on a day (`2026-11-22`), with how many each. */
  ignoredOn(day: string): Promise<Readonly<Record<string, number>>>;
  outbox(limit: number): Promise<readonly WaitingDrafts[]>;
  clearOutbox(key: Key, ids: readonly string[]): Promise<void>;
}

const caseKey = (id: string): Key => ({ pk: `CASE#${id}`, sk: 'CASE' });
const shownKey = (id: string): Key => ({ pk: `CASE#${id}`, sk: 'SHOWN' });

const dueAt = (value: Case): string | undefined =>
  owesPage(value) ? value.openedAt : value.suppression?.until;

const dirtyAttributes = (id: string, priority: Priority, now: string) => ({
  dirtyPk: partition('dirty', shardOf(id)),
  dirtySk: `${priority}#${now}#${id}`,
});

export const casesTable = (table: Table): CasesTable => {
  const write = (value: Case, priority: Priority, now: string) => ({
    ...versionedItem(caseKey(value.id), value, dueAt(value)),
    ...dirtyAttributes(value.id, priority, now),
  });
  return {
    leases: leases(table),
    get: async (id) => readVersioned<Case>(await table.get(caseKey(id))),
    create: (value, priority, now) => table.put(write(value, priority, now), isNew),
    save: (value, was, priority, now) =>
      table.put(write(value, priority, now), unchangedSince(was)),
    async touch(id, priority, now) {
      const { dirtyPk, dirtySk } = dirtyAttributes(id, priority, now);
      await table.update(caseKey(id), 'SET dirtyPk = :pk, dirtySk = :sk', {
        expression: 'attribute_exists(pk)',
        values: { ':pk': dirtyPk, ':sk': dirtySk },
      });
    },
    due: async (now, limit) =>
      (await table.queryShards('due', limit, now)).map((item) => String(item['pk']).slice(5)),
    async dirty(limit) {
      const items = await table.queryShards('dirty', limit);
      return items
        .map((item) => ({ id: String(item['pk']).slice(5), mark: String(item['dirtySk']) }))
        .sort((a, b) => a.mark.localeCompare(b.mark));
    },
    async clean({ id, mark }) {
      await table.update(caseKey(id), 'REMOVE dirtyPk, dirtySk', {
        expression: 'dirtySk = :mark',
        values: { ':mark': mark },
      });
    },
    arm: (at, now) =>
      table.put(
        { pk: 'PACER', sk: 'ARMED', wakeAt: at },
        {
          expression: 'attribute_not_exists(pk) OR wakeAt <= :now OR wakeAt > :at',
          values: { ':now': now, ':at': at },
        },
      ),
    async shown(id) {
      const item = await table.get(shownKey(id));
      return item
        ? {
            messages: item['messages'] as Shown['messages'],
            ...(item['posting'] ? { posting: item['posting'] as Posting } : {}),
            version: Number(item['version']),
          }
        : { messages: {}, version: 0 };
    },
    saveShown: (id, shown) =>
      table.put(
        { ...shownKey(id), ...shown, version: shown.version + 1 },
        shown.version === 0 ? isNew : unchangedSince(shown.version),
      ),
    async ignore(event, now) {
      await table.put({
        pk: `IGNORED#${now.slice(0, 10)}`,
        sk: event.eventId,
        because: event.because,
        source: event.source,
        type: event.type,
        at: now,
        ttl: rubbishAfter(now, 90),
      });
    },
    async ignoredOn(day) {
      const counts: Record<string, number> = {};
      for (const item of await table.query({ pk: `IGNORED#${day}` })) {
        const because = String(item['because']);
        counts[because] = (counts[because] ?? 0) + 1;
      }
      return counts;
    },
    outbox: (limit) => waitingDrafts(table, limit),
    clearOutbox: (key, ids) => clearDrafts(table, key, ids),
  };
};
