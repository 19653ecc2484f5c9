/** Which case a finding belongs to: by the finding itself, for good, and by what it is about, for a time. */
import { createHash } from 'node:crypto';
import type { Group } from '../cases/group.ts';
import type { Key } from './item.ts';
import { isNew, type Table } from './table.ts';

export interface Groups {
  /** Cases of these findings (`findingKey`), as far as they have one. */
  claims(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Gives the finding to the case unless it has one; answers the case that it has now. */
  claim(id: string, caseId: string): Promise<string>;
  /** The finding belongs to this case from now on; for people who split a case. Repeatable. */
  move(id: string, caseId: string): Promise<void>;
  find(keys: readonly string[]): Promise<ReadonlyMap<string, Group>>;
  /** Writes the group where `was` is still what is stored; false when somebody was faster. */
  put(group: Group, was: Group | undefined): Promise<boolean>;
}

const claimKey = (id: string): Key => ({ pk: `FINDING#${id}`, sk: 'CASE' });

/** Keys hold text of findings: of any length, and nothing that belongs into a key. */
const groupKey = (key: string): Key => ({
  pk: `GROUP#${createHash('sha256').update(key).digest('hex').slice(0, 32)}`,
  sk: 'GROUP',
});

export const groups = (table: Table): Groups => ({
  async claims(ids) {
    const items = await table.getMany(ids.map(claimKey));
    return new Map(items.map((item) => [String(item['pk']).slice(8), String(item['case'])]));
  },
  async claim(id, caseId) {
    if (await table.put({ ...claimKey(id), case: caseId }, isNew)) return caseId;
    return String((await table.get(claimKey(id)))?.['case'] ?? caseId);
  },
  async move(id, caseId) {
    await table.put({ ...claimKey(id), case: caseId });
  },
  async find(keys) {
    const items = await table.getMany(keys.map(groupKey));
    return new Map(items.map((item) => [String(item['key']), item['group'] as Group]));
  },
  put: (group, was) =>
    table.put(
      { ...groupKey(group.key), key: group.key, group },
      was
        ? {
            expression: '#group.#case = :case AND #group.#last = :last',
            names: { '#group': 'group', '#case': 'case', '#last': 'lastAt' },
            values: { ':case': was.case, ':last': was.lastAt },
          }
        : isNew,
    ),
});
