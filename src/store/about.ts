/**
 * Which cases are about a thing: one small item for each word of each case, so that finding is one
 * query however much history there is. Words are hashed: they are of any length and anybody's.
 */
import { createHash } from 'node:crypto';
import type { Table } from './table.ts';

export interface AboutIndex {
  /** From now on the case is found under these words. Repeatable. `openedAt`: ISO 8601 UTC. */
  put(caseId: string, openedAt: string, words: readonly string[]): Promise<void>;
  /** Ids of cases about this word (see `searchable`), the newest first. */
  find(word: string, limit: number): Promise<readonly string[]>;
}

const partitionOf = (word: string): string =>
  `ABOUT#${createHash('sha256').update(word).digest('hex').slice(0, 32)}`;

export const aboutIndex = (table: Table): AboutIndex => ({
  async put(caseId, openedAt, words) {
    await Promise.all(
      words.map((word) => table.put({ pk: partitionOf(word), sk: `${openedAt}#${caseId}` })),
    );
  },
  find: async (word, limit) =>
    (await table.query({ pk: partitionOf(word), descending: true, limit })).map(
      (item) => String(item['sk']).split('#')[1] ?? '',
    ),
});
