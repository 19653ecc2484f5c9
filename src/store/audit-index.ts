/** Where in the audit chain the entries of a case, of a request or of a day are. */
import type { AuditEntry } from '../audit/entry.ts';
import type { Key } from './item.ts';
import type { Table } from './table.ts';

export interface AuditIndex {
  /** Of a case or a request, the newest first; without a limit all of them. */
  of(id: string, limit?: number): Promise<readonly AuditEntry[]>;
  /** What happened from `from` (included) to `to` (ISO 8601 UTC), in that order. */
  between(from: string, to: string): Promise<readonly AuditEntry[]>;
}

const padded = (seq: number): string => String(seq).padStart(12, '0');

export const entryKey = (seq: number): Key => ({ pk: 'AUDIT', sk: padded(seq) });

const ownerPartition = (id: string): string => `AUDIT-OF#${id}`;
const dayPartition = (at: string): string => `AUDIT-DAY#${at.slice(0, 10)}`;

/** Written before the entry is marked as chained, so a crash is repaired by the next run. Repeatable. */
export const indexEntry = async (table: Table, entry: AuditEntry): Promise<void> => {
  const sk = padded(entry.seq);
  const owners = [entry.case, entry.request].filter((id) => id !== undefined);
  await Promise.all([
    ...owners.map((id) => table.put({ pk: ownerPartition(id), sk })),
    table.put({ pk: dayPartition(entry.at), sk: `${entry.at}#${sk}` }),
  ]);
};

const dayMs = 86_400_000;

const daysOf = (from: string, to: string): readonly string[] => {
  const first = Date.parse(`${from.slice(0, 10)}T00:00:00Z`);
  const count = Math.floor((Date.parse(to) - first) / dayMs) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, n) =>
    new Date(first + n * dayMs).toISOString(),
  );
};

export const auditIndex = (table: Table): AuditIndex => {
  const entries = async (seqs: readonly number[]): Promise<readonly AuditEntry[]> => {
    const items = await table.getMany(seqs.map(entryKey));
    return items.map((item) => item['entry'] as AuditEntry);
  };
  return {
    async of(id, limit) {
      const places = await table.query({
        pk: ownerPartition(id),
        descending: true,
        ...(limit === undefined ? {} : { limit }),
      });
      const found = await entries(places.map(({ sk }) => Number(sk)));
      return found.toSorted((a, b) => b.seq - a.seq);
    },
    async between(from, to) {
      const places = await Promise.all(
        daysOf(from, to).map((day) => table.query({ pk: dayPartition(day), between: [from, to] })),
      );
      const seqs = places.flat().map(({ sk }) => Number(String(sk).split('#')[1]));
      const found = await entries(seqs);
      return found.toSorted((a, b) => a.at.localeCompare(b.at) || a.seq - b.seq);
    },
  };
};
