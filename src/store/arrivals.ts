/**
 * The log of what arrived: two items a batch, one before and one after the decisions, in a partition a
 * day. Ids are packed: nine bytes each. Items are never changed, and removed as rubbish long after.
 */
import type { Outcomes, Received } from '../cases/arrivals.ts';
import { rubbishAfter } from './item.ts';
import type { Item, Table } from './table.ts';

export interface Arrivals {
  receive(received: Received): Promise<void>;
  record(outcomes: Outcomes): Promise<void>;
  /** What was decided in this time, both ends included; ISO 8601 UTC. */
  outcomes(from: string, to: string): Promise<readonly Outcomes[]>;
  received(from: string, to: string): Promise<readonly Received[]>;
}

/** Suppressions are previewed and digests made over this time at most. */
const keptDays = 100;
const idBytes = 9;
const dayMs = 86_400_000;

export const packIds = (ids: readonly string[]): Uint8Array =>
  Buffer.concat(ids.map((id) => Buffer.from(id, 'base64url')));

export const unpackIds = (packed: unknown): readonly string[] => {
  if (!(packed instanceof Uint8Array)) return [];
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  return Array.from({ length: Math.floor(bytes.length / idBytes) }, (_, n) =>
    bytes.subarray(n * idBytes, (n + 1) * idBytes).toString('base64url'),
  );
};

type Packed = Readonly<Record<string, Uint8Array>>;

const pack = (lists: Readonly<Record<string, readonly string[]>>): Packed =>
  Object.fromEntries(Object.entries(lists).map(([key, ids]) => [key, packIds(ids)]));

const unpack = (packed: unknown): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    Object.entries((packed ?? {}) as Packed).map(([key, ids]) => [key, unpackIds(ids)]),
  );

const partitionOf = (at: string): string => `ARRIVALS#${at.slice(0, 10)}`;

/** An empty map costs bytes and says nothing. */
const present = (name: string, map: object): object =>
  Object.keys(map).length > 0 ? { [name]: map } : {};

const outcomesItem = ({ at, batch, cases, suppressed, digest, ignored }: Outcomes) => ({
  pk: partitionOf(at),
  sk: `E#${at}#${batch}`,
  ...present(
    'cases',
    Object.fromEntries(Object.entries(cases).map(([channel, ids]) => [channel, pack(ids)])),
  ),
  ...present('suppressed', pack(suppressed)),
  ...present(
    'digest',
    Object.fromEntries(
      Object.entries(digest).map(([rule, one]) => [rule, { ...one, ids: packIds(one.ids) }]),
    ),
  ),
  ...present('ignored', pack(ignored)),
  ttl: rubbishAfter(at, keptDays),
});

const named = (item: Item) => {
  const [, at = '', batch = ''] = String(item['sk']).split('#');
  return { at, batch };
};

const outcomesFrom = (item: Item): Outcomes => ({
  ...named(item),
  cases: Object.fromEntries(
    Object.entries((item['cases'] ?? {}) as object).map(([channel, ids]) => [channel, unpack(ids)]),
  ),
  suppressed: unpack(item['suppressed']),
  digest: Object.fromEntries(
    Object.entries((item['digest'] ?? {}) as Outcomes['digest']).map(([rule, one]) => [
      rule,
      { ...one, ids: unpackIds(one.ids) },
    ]),
  ),
  ignored: unpack(item['ignored']),
});

const daysOf = (from: string, to: string): readonly string[] => {
  const first = Date.parse(`${from.slice(0, 10)}T00:00:00Z`);
  const days = Math.floor((Date.parse(to) - first) / dayMs) + 1;
  return Array.from({ length: Math.max(0, days) }, (_, n) =>
    new Date(first + n * dayMs).toISOString(),
  );
};

export const arrivals = (table: Table): Arrivals => {
  const items = async (from: string, to: string, kind: 'R' | 'E') => {
    const days = await Promise.all(
      daysOf(from, to).map((day) =>
        table.query({ pk: partitionOf(day), between: [`${kind}#${from}`, `${kind}#${to}~`] }),
      ),
    );
    return days.flat();
  };
  return {
    async receive({ at, batch, ids, again = false }) {
      await table.put({
        pk: partitionOf(at),
        sk: `R#${at}#${batch}`,
        ids: packIds(ids),
        ...(again ? { again } : {}),
        ttl: rubbishAfter(at, keptDays),
      });
    },
    async record(outcomes) {
      await table.put(outcomesItem(outcomes));
    },
    outcomes: async (from, to) => (await items(from, to, 'E')).map(outcomesFrom),
    received: async (from, to) =>
      (await items(from, to, 'R')).map((item) => ({
        ...named(item),
        ids: unpackIds(item['ids']),
        again: item['again'] === true,
      })),
  };
};
