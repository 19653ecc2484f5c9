/** The `cases` table: cases, what of them is shown in Slack, what arrived, and the pacer's state. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Case } from '../cases/case.ts';
import { owesPage } from '../cases/paging.ts';
import { severities } from '../findings/finding.ts';
import { type Arrivals, arrivals } from './arrivals.ts';
import { type Groups, groups } from './groups.ts';
import { type Key, partition, shardOf } from './item.ts';
import { clearDrafts, type WaitingDrafts, waitingDrafts } from './outbox.ts';
import { type PacerStore, pacerStore } from './pacer-state.ts';
import { type ShownStore, shownStore } from './shown.ts';
import { isNew, readVersioned, type Table, unchangedSince, versionedItem } from './table.ts';

/** Lower is served first. */
export const priorities = { human: 1, critical: 2, first: 3, edit: 4 } as const;
export type Priority = (typeof priorities)[keyof typeof priorities];

/** A case whose messages are not up to date; each mark names itself, so a later one stays. */
export interface DirtyCase {
  readonly id: string;
  readonly priority: Priority;
  readonly marks: readonly { readonly key: Key; readonly mark: string }[];
}

export interface CasesTable extends ShownStore {
  readonly arrivals: Arrivals;
  readonly groups: Groups;
  readonly pacer: PacerStore;
  get(id: string): Promise<Case | undefined>;
  create(value: Case, priority: Priority, now: string): Promise<boolean>;
  save(value: Case, was: number, priority: Priority, now: string): Promise<boolean>;
  /** Marks the case's messages as not up to date. */
  touch(id: string, priority: Priority, now: string): Promise<void>;
  /** Cases whose suppression ended at or before `now`, and those that people must be paged for. */
  due(now: string, limit: number): Promise<readonly string[]>;
  /** The most urgent first. */
  dirty(limit: number): Promise<readonly DirtyCase[]>;
  clean(dirty: DirtyCase): Promise<void>;
  /** Ids of cases that are not over, the worst first; `limit` for each quarter of them. */
  open(limit: number): Promise<readonly string[]>;
  /** Cases opened since then, the newest first. */
  openedSince(since: string, now: string, limit: number): Promise<readonly Case[]>;
  outbox(limit: number): Promise<readonly WaitingDrafts[]>;
  clearOutbox(key: Key, ids: readonly string[]): Promise<void>;
}

const caseKey = (id: string): Key => ({ pk: `CASE#${id}`, sk: 'CASE' });
const markKey = (id: string): Key => ({ pk: `CASE#${id}`, sk: 'MARK' });
const idOf = (item: { readonly [name: string]: unknown }): string => String(item['pk']).slice(5);

const dueAt = (value: Case): string | undefined =>
  owesPage(value) ? value.openedAt : value.suppression?.until;

const dirtyAttributes = (id: string, priority: Priority, now: string) => ({
  dirtyPk: partition('dirty', shardOf(id)),
  dirtySk: `${priority}#${now}#${id}`,
});

/** What is over is in no list of open cases. */
const openAttributes = (value: Case): object =>
  value.over
    ? {}
    : {
        openPk: partition('open', shardOf(value.id)),
        openSk: `${severities.length - severities.indexOf(value.severity)}#${value.openedAt}#${value.id}`,
      };

/** Told findings repeat each other: deflated, a case costs a fifth to write and to read. */
type Packed = Omit<Case, 'findings'> & { readonly findings: Uint8Array };

const packed = (value: Case): Packed => ({
  ...value,
  findings: deflateRawSync(JSON.stringify(value.findings)),
});

const unpacked = (stored: Packed | undefined): Case | undefined =>
  stored && {
    ...stored,
    findings: JSON.parse(inflateRawSync(stored.findings).toString('utf8')) as Case['findings'],
  };

const dayMs = 86_400_000;

/** Day by day backwards, until there are enough. */
const openedIds = async (
  table: Table,
  { since, now, limit }: { readonly since: string; readonly now: string; readonly limit: number },
): Promise<readonly string[]> => {
  const ids: string[] = [];
  for (let at = Date.parse(now); ids.length < limit; at -= dayMs) {
    const day = new Date(at).toISOString().slice(0, 10);
    if (day < since.slice(0, 10)) break;
    const items = await table.query({
      pk: `OPENED#${day}`,
      between: [since, '~'],
      descending: true,
      limit: limit - ids.length,
    });
    ids.push(...items.map((item) => String(item['sk']).split('#')[1] ?? ''));
  }
  return ids;
};

export const casesTable = (table: Table): CasesTable => {
  const write = (value: Case, priority: Priority, now: string) => ({
    ...versionedItem(caseKey(value.id), packed(value), dueAt(value)),
    ...dirtyAttributes(value.id, priority, now),
    ...openAttributes(value),
  });
  const get = async (id: string) => unpacked(readVersioned<Packed>(await table.get(caseKey(id))));
  return {
    ...shownStore(table),
    arrivals: arrivals(table),
    groups: groups(table),
    pacer: pacerStore(table),
    get,
    async create(value, priority, now) {
      // First its place in history: a place without a case harms nobody.
      await table.put({
        pk: `OPENED#${value.openedAt.slice(0, 10)}`,
        sk: `${value.openedAt}#${value.id}`,
      });
      return table.put(write(value, priority, now), isNew);
    },
    save: (value, was, priority, now) =>
      table.put(write(value, priority, now), unchangedSince(was)),
    async touch(id, priority, now) {
      await table.put({ ...markKey(id), ...dirtyAttributes(id, priority, now) });
    },
    due: async (now, limit) => (await table.queryShards('due', limit, now)).map(idOf),
    async dirty(limit) {
      const found = new Map<string, DirtyCase>();
      for (const item of await table.queryShards('dirty', limit)) {
        const id = idOf(item);
        const mark = String(item['dirtySk']);
        const key = { pk: String(item['pk']), sk: String(item['sk']) };
        const priority = Number(mark[0]) as Priority;
        const known = found.get(id);
        found.set(id, {
          id,
          priority: known && known.priority < priority ? known.priority : priority,
          marks: [...(known?.marks ?? []), { key, mark }],
        });
      }
      const first = ({ marks }: DirtyCase): string => marks.map(({ mark }) => mark).sort()[0] ?? '';
      return [...found.values()].sort((a, b) => first(a).localeCompare(first(b)));
    },
    async clean({ marks }) {
      for (const { key, mark } of marks)
        await (key.sk === 'MARK'
          ? table.remove(key, { expression: 'dirtySk = :mark', values: { ':mark': mark } })
          : table.update(key, 'REMOVE dirtyPk, dirtySk', {
              expression: 'dirtySk = :mark',
              values: { ':mark': mark },
            }));
    },
    open: async (limit) =>
      (await table.queryShards('open', limit))
        .toSorted((a, b) => String(a['openSk']).localeCompare(String(b['openSk'])))
        .map(idOf),
    async openedSince(since, now, limit) {
      const ids = await openedIds(table, { since, now, limit });
      const items = await table.getMany(ids.map(caseKey));
      const byId = new Map(
        items.map((item) => [idOf(item), unpacked(readVersioned<Packed>(item))]),
      );
      return ids.flatMap((id) => byId.get(id) ?? []);
    },
    outbox: (limit) => waitingDrafts(table, limit),
    clearOutbox: (key, ids) => clearDrafts(table, key, ids),
  };
};
