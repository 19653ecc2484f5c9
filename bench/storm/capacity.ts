/**
 * Write and read units of single requests, on-demand tables with global indexes.
 * docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html and GSI.html
 */
import { type Attributes, itemSize } from './item-size.ts';

export interface Index {
  readonly name: string;
  readonly keys: readonly string[];
  /** Attributes that it carries, its own keys and the table's among them. */
  readonly projected: readonly string[];
}

const kilobytes = (item: Attributes | undefined): number =>
  item ? Math.max(1, Math.ceil(itemSize(item) / 1024)) : 0;

/** The larger of before and after; a write that a condition refused costs what is there. */
export const tableWriteUnits = (
  before: Attributes | undefined,
  after: Attributes | undefined,
): number => Math.max(1, kilobytes(before), kilobytes(after));

const entryOf = (item: Attributes | undefined, index: Index): Attributes | undefined =>
  item && index.keys.every((key) => item[key])
    ? Object.fromEntries(
        index.projected.flatMap((name) => {
          const value = item[name];
          return value ? [[name, value] as const] : [];
        }),
      )
    : undefined;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Put, delete, both where a key changed, one where only carried values did, none where nothing did. */
export const indexWriteUnits = (
  before: Attributes | undefined,
  after: Attributes | undefined,
  index: Index,
): number => {
  const [old, fresh] = [entryOf(before, index), entryOf(after, index)];
  if (!old || !fresh) return kilobytes(old) + kilobytes(fresh);
  if (index.keys.some((key) => !same(old[key], fresh[key])))
    return kilobytes(old) + kilobytes(fresh);
  const changed = index.projected.some((name) => !same(old[name], fresh[name]));
  return changed ? Math.max(kilobytes(old), kilobytes(fresh)) : 0;
};

/** 4 kB to a unit, rounded up once for the whole request; eventual reads are half. */
export const readUnits = (items: readonly Attributes[], consistent: boolean): number => {
  const bytes = items.reduce((total, item) => total + itemSize(item), 0);
  return Math.max(1, Math.ceil(bytes / 4096)) * (consistent ? 1 : 0.5);
};
