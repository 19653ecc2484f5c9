/** Audit entries waiting in the items that caused them, until the chainer has linked them. */
import type { AuditDraft } from '../audit/entry.ts';
import type { Key } from './item.ts';
import type { Table } from './table.ts';

export interface WaitingDrafts {
  readonly key: Key;
  /** Id of the case or request that wrote them. */
  readonly owner: string;
  readonly drafts: readonly AuditDraft[];
}

export const waitingDrafts = async (
  table: Table,
  limit: number,
): Promise<readonly WaitingDrafts[]> =>
  (await table.queryShards('outbox', limit)).map((item) => ({
    key: { pk: String(item['pk']), sk: String(item['sk']) },
    owner: String(item['outboxSk']),
    drafts: Object.values((item['drafts'] ?? {}) as Record<string, AuditDraft>),
  }));

/** Removes what was chained; a draft that came meanwhile stays, and so does its place in the index. */
export const clearDrafts = async (
  table: Table,
  key: Key,
  ids: readonly string[],
): Promise<void> => {
  const names = Object.fromEntries(ids.map((id, n) => [`#d${n}`, id]));
  const paths = ids.map((_, n) => `#drafts.#d${n}`).join(', ');
  if (ids.length > 0)
    await table.update(key, `REMOVE ${paths}`, {
      expression: 'attribute_exists(pk)',
      names: { '#drafts': 'drafts', ...names },
    });
  await table.update(key, 'REMOVE outboxPk, outboxSk', {
    expression: 'size(#drafts) = :none',
    names: { '#drafts': 'drafts' },
    values: { ':none': 0 },
  });
};
