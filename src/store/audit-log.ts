/** The audit chain in the requests table: one item an entry, one marker a chained draft. */
import type { AuditEntry } from '../audit/entry.ts';
import type { AuditLog } from '../audit/ports.ts';
import { schemaVersion } from './item.ts';
import { isNew, type Table } from './table.ts';

const padded = (seq: number): string => String(seq).padStart(12, '0');
const markKey = (draft: string) => ({ pk: `CHAINED#${draft}`, sk: 'CHAINED' });

export const auditLog = (table: Table): AuditLog => ({
  async last() {
    const [item] = await table.query({ pk: 'AUDIT', descending: true, limit: 1 });
    return item ? (item['entry'] as AuditEntry) : undefined;
  },
  async put(entry) {
    const item = { pk: 'AUDIT', sk: padded(entry.seq), v: schemaVersion, entry };
    return (await table.put(item, isNew)) ? 'put' : 'exists';
  },
  async range(from, to) {
    const items = await table.query({ pk: 'AUDIT', between: [padded(from), padded(to)] });
    return items.map((item) => item['entry'] as AuditEntry);
  },
  async mark(entry) {
    await table.put({ ...markKey(entry.id), seq: entry.seq }, isNew);
  },
  hasDraft: async (id) => (await table.get(markKey(id))) !== undefined,
});
