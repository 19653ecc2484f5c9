/** Cases whose messages are not up to date: what notify has to show, the most urgent first. */
import { caseOf, type Key, partition, shardOf } from './item.ts';
import type { Table } from './table.ts';

/** Lower is served first. */
export const priorities = { human: 1, critical: 2, first: 3, edit: 4 } as const;
export type Priority = (typeof priorities)[keyof typeof priorities];

/** A case whose messages are not up to date; each mark names itself, so a later one stays. */
export interface DirtyCase {
  readonly id: string;
  readonly priority: Priority;
  readonly marks: readonly { readonly key: Key; readonly mark: string }[];
}

export interface DirtyCases {
  /** Marks the case's messages as not up to date. */
  touch(id: string, priority: Priority, now: string): Promise<void>;
  /** The most urgent first. */
  dirty(limit: number): Promise<readonly DirtyCase[]>;
  /** Unless the case is newer than `version`, which was drawn; undefined when there is no case. */
  clean(dirty: DirtyCase, version: number | undefined): Promise<void>;
}

const markKey = (id: string): Key => ({ pk: `CASE#${id}`, sk: 'MARK' });

/**
 * `at` (ISO 8601 UTC) stays the same while a case does: a mark that is already there costs no write of
 * the index.
 */
export const dirtyAttributes = (id: string, priority: Priority, at: string) => ({
  dirtyPk: partition('dirty', shardOf(id)),
  dirtySk: `${priority}#${at}#${id}`,
});

const firstMark = ({ marks }: DirtyCase): string => marks.map(({ mark }) => mark).sort()[0] ?? '';

export const dirtyCases = (table: Table): DirtyCases => ({
  async touch(id, priority, now) {
    await table.put({ ...markKey(id), ...dirtyAttributes(id, priority, now) });
  },
  async dirty(limit) {
    const found = new Map<string, DirtyCase>();
    for (const item of await table.queryShards('dirty', limit)) {
      const id = caseOf(item);
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
    return [...found.values()].sort((a, b) => firstMark(a).localeCompare(firstMark(b)));
  },
  async clean({ marks }, version) {
    for (const { key, mark } of marks)
      await (key.sk === 'MARK'
        ? table.remove(key, { expression: 'dirtySk = :mark', values: { ':mark': mark } })
        : table.update(key, 'REMOVE dirtyPk, dirtySk', {
            expression: 'dirtySk = :mark AND #version = :drawn',
            names: { '#version': 'version' },
            values: { ':mark': mark, ':drawn': version ?? 0 },
          }));
  },
});
