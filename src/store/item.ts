/**
 * How domain objects lie in the two tables: `pk`, `sk`, `v` (schema version), the object itself in
 * `item`, and the sparse attributes of four indexes: `due` (deadlines), `outbox` (audit entries to
 * chain), `dirty` (cards whose shown state is not the desired one) and `open` (cases that are not
 * over). Reads are by key or index.
 */
import type { AuditDraft } from '../audit/entry.ts';

/**
 * The layout of every item that has none of its own: raised when an attribute goes, or changes its type or meaning. Not
 * when one is added: readers take its absence.
 */
export const schemaVersion = 1;

/** Of a case's item; with 1 the findings alone were deflated (packed-case.ts reads both). */
export const caseLayout = 2;

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Index partitions: few and fixed, so that a hot day spreads and a reader asks them all. */
export const shards = 4;

/** Which shard an id belongs to: stable, 0 … shards − 1. */
export const shardOf = (id: string): number =>
  [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7) % shards;

export const indexNames = ['due', 'outbox', 'dirty', 'open'] as const;
export type IndexName = (typeof indexNames)[number];

export const partition = (index: IndexName, shard: number): string =>
  `${index.toUpperCase()}#${shard}`;

/** The outbox as a map by draft id, so that the chainer can remove entries one by one. */
export const outboxMap = (drafts: readonly AuditDraft[]): Record<string, AuditDraft> =>
  Object.fromEntries(drafts.map((draft) => [draft.id, draft]));

/** Item of a `Case` or `Request`: versioned, with an outbox, perhaps with a deadline. */
export interface Versioned {
  readonly id: string;
  readonly version: number;
  readonly outbox: readonly AuditDraft[];
}

/** The indexes' attributes of a versioned item. `due` is ISO 8601 UTC. */
export const indexed = (
  value: Versioned,
  due: string | undefined,
): { readonly [attribute: string]: string } => ({
  ...(value.outbox.length > 0
    ? { outboxPk: partition('outbox', shardOf(value.id)), outboxSk: value.id }
    : {}),
  ...(due ? { duePk: partition('due', shardOf(value.id)), dueSk: `${due}#${value.id}` } : {}),
});

export class NewerSchema extends Error {
  constructor(key: Key, found: unknown, known: number) {
    super(
      `${key.pk}/${key.sk} has schema version ${String(found)}, this code knows ${known}: deploy the newer Cordon again`,
    );
    this.name = 'NewerSchema';
  }
}

/**
 * An item as it was read; throws `NewerSchema` for what newer code wrote in a layout that this code would read wrong.
 * After a roll-back it stays as it is, and whoever needed it becomes a dead letter. Ids alone have no layout.
 */
export const refuseNewer = (item: Readonly<Record<string, unknown>>): void => {
  const key = { pk: String(item['pk']), sk: String(item['sk']) };
  const known = key.sk === 'CASE' && key.pk.startsWith('CASE#') ? caseLayout : schemaVersion;
  if (Number(item['v'] ?? 0) > known) throw new NewerSchema(key, item['v'], known);
};

/** Seconds since 1970 for DynamoDB's TTL, which only removes rubbish and may be days late. */
export const rubbishAfter = (at: string, days: number): number =>
  Math.floor(Date.parse(at) / 1000) + days * 86_400;

export const caseKey = (id: string): Key => ({ pk: `CASE#${id}`, sk: 'CASE' });

/** The case that an item of the cases table belongs to. */
export const caseOf = (item: { readonly [name: string]: unknown }): string =>
  String(item['pk']).slice(5);
