/**
 * Closed cases by the month in which they were opened: one small item a case, so that counting a case
 * again changes nothing, and a month costs what it holds.
 */
import type { EndedCase } from '../reviews/ended-case.ts';
import type { Table } from './table.ts';

export interface EndedCases {
  /** Repeatable: the newest word about a case stays. */
  put(ended: EndedCase): Promise<void>;
  /** `month`: `2026-11`. */
  ofMonth(month: string): Promise<readonly EndedCase[]>;
}

/** `2026-11` of a time. */
export const monthOf = (at: string): string => at.slice(0, 7);

const partitionOf = (month: string): string => `ENDED#${month}`;

export const endedCases = (table: Table): EndedCases => ({
  async put(ended) {
    await table.put({ pk: partitionOf(monthOf(ended.openedAt)), sk: ended.id, ended });
  },
  ofMonth: async (month) =>
    (await table.query({ pk: partitionOf(month) })).map((item) => item['ended'] as EndedCase),
});
