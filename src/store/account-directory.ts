/**
 * The accounts of the organisation as Organizations told them, and how far a reading has got. Deflated,
 * 5,000 accounts fit in one item. The requests table holds what counts for who may act where; the cases
 * table a copy without what only worker needs, for ingest, which may not read the other one.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { AccountDirectory } from '../organization/directory.ts';
import type { Walk } from '../organization/walk.ts';
import { type Key, NewerSchema } from './item.ts';
import type { Condition, Table } from './table.ts';

export interface DirectoryStore {
  get(): Promise<AccountDirectory | undefined>;
  /** Kept unless one of this version or a later one is there already; answers whether it was. */
  keep(directory: AccountDirectory): Promise<boolean>;
  walk(): Promise<Walk | undefined>;
  keepWalk(walk: Walk): Promise<boolean>;
  /** When the accounts are to be read again; ISO 8601 UTC. Undefined before the first time. */
  due(): Promise<string | undefined>;
  /** One small item, for tick looks at it each minute. */
  setDue(at: string): Promise<void>;
}

/** Of these items. */
const layout = 1;

const keyOf = (sk: 'ACCOUNTS' | 'WALK' | 'DUE'): Key => ({ pk: 'ORGANIZATION', sk });

const older = (version: number): Condition => ({
  expression: 'attribute_not_exists(pk) OR #version < :version',
  names: { '#version': 'version' },
  values: { ':version': version },
});

export const directoryStore = (table: Table): DirectoryStore => {
  const read = async <T>(key: Key): Promise<T | undefined> => {
    const item = await table.get(key);
    if (!item) return undefined;
    if (!(Number(item['v']) <= layout)) throw new NewerSchema(key, item['v'], layout);
    return JSON.parse(inflateRawSync(item['body'] as Uint8Array).toString('utf8')) as T;
  };
  const write = (key: Key, value: { readonly version: number }): Promise<boolean> =>
    table.put(
      {
        ...key,
        v: layout,
        version: value.version,
        body: deflateRawSync(JSON.stringify(value)),
      },
      older(value.version),
    );
  return {
    get: () => read<AccountDirectory>(keyOf('ACCOUNTS')),
    keep: (directory) => write(keyOf('ACCOUNTS'), directory),
    walk: () => read<Walk>(keyOf('WALK')),
    keepWalk: (walk) => write(keyOf('WALK'), walk),
    async due() {
      const item = await table.get(keyOf('DUE'));
      return item && String(item['at']);
    },
    async setDue(at) {
      await table.put({ ...keyOf('DUE'), at });
    },
  };
};
