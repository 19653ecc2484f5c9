/** Cases by the days on which something happened to them: places in history, read by key. */
import type { Case } from '../cases/case.ts';
import { caseKey, caseOf } from './item.ts';
import { unpacked } from './packed-case.ts';
import type { Table } from './table.ts';

type What = 'OPENED' | 'RESOLVED';

interface Span {
  /** ISO 8601 UTC. */
  readonly since: string;
  readonly now: string;
  readonly limit: number;
}

const dayMs = 86_400_000;

export const caseHistory = (table: Table) => ({
  /** A place without its case harms nobody, so it is made first. Repeatable. */
  async enter(what: What, at: string, id: string): Promise<void> {
    await table.put({ pk: `${what}#${at.slice(0, 10)}`, sk: `${at}#${id}` });
  },
  /** The newest first, each once, as they are now. */
  async since(what: What, { since, now, limit }: Span): Promise<readonly Case[]> {
    const ids = new Set<string>();
    for (let at = Date.parse(now); ids.size < limit; at -= dayMs) {
      const day = new Date(at).toISOString().slice(0, 10);
      if (day < since.slice(0, 10)) break;
      const items = await table.query({
        pk: `${what}#${day}`,
        between: [since, '~'],
        descending: true,
        limit: limit - ids.size,
      });
      for (const item of items) ids.add(String(item['sk']).split('#')[1] ?? '');
    }
    const items = await table.getMany([...ids].map(caseKey));
    const byId = new Map(items.map((item) => [caseOf(item), unpacked(item)]));
    return [...ids].flatMap((id) => byId.get(id) ?? []);
  },
});
