/**
 * Closed cases by the month in which they were opened: one small item a case, so that counting a case
 * again changes nothing, and a month costs what it holds.
 */
import type { EndedCase } from '../reviews/ended-case.ts';
import type { Table } from './table.ts';

export interface EndedCases {
  /** Repeatable: the newest word about a case stays. */
  put(ended: EndedCase): Promise<void>;
  /** Its month does not count it any more. Repeatable. */
  reopened(theCase: Pick<EndedCase, 'id' | 'openedAt'>): Promise<void>;
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
  async reopened({ id, openedAt }) {
    await table.put({ pk: partitionOf(monthOf(openedAt)), sk: id });
  },
  ofMonth: async (month) =>
    (await table.query({ pk: partitionOf(month) })).flatMap(
      (item) => (item['ended'] as EndedCase | undefined) ?? [],
    ),
});
