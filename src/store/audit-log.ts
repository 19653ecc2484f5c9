/** The audit chain in the requests table: one item an entry, one marker a chained draft. */
import type { AuditEntry } from '../audit/entry.ts';
import type { AuditLog } from '../audit/ports.ts';
import { entryKey, indexEntry } from './audit-index.ts';
import { schemaVersion } from './item.ts';
import { isNew, type Table } from './table.ts';

const markKey = (draft: string) => ({ pk: `CHAINED#${draft}`, sk: 'CHAINED' });

export const auditLog = (table: Table): AuditLog => ({
  async last() {
    const [item] = await table.query({ pk: 'AUDIT', descending: true, limit: 1 });
    return item ? (item['entry'] as AuditEntry) : undefined;
  },
  async put(entry) {
    const item = { ...entryKey(entry.seq), v: schemaVersion, entry };
    return (await table.put(item, isNew)) ? 'put' : 'exists';
  },
  async range(from, to) {
    const { pk, sk } = entryKey(from);
    const items = await table.query({ pk, between: [sk, entryKey(to).sk] });
    return items.map((item) => item['entry'] as AuditEntry);
  },
  async mark(entry) {
    await indexEntry(table, entry);
    await table.put({ ...markKey(entry.id), seq: entry.seq }, isNew);
  },
  hasDraft: async (id) => (await table.get(markKey(id))) !== undefined,
});
