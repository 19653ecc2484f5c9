/** Which write units each change of an item costs: the books behind the ledger. */
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { type Index, indexWriteUnits, tableWriteUnits } from './capacity.ts';
import type { Attributes } from './item-size.ts';

const names = (
  keys: readonly { readonly AttributeName: string | undefined }[] | undefined,
): readonly string[] => (keys ?? []).flatMap(({ AttributeName: name }) => name ?? []);

const indexesOf = (definition: CreateTableCommandInput): readonly Index[] => {
  const own = names(definition.KeySchema);
  return (definition.GlobalSecondaryIndexes ?? []).map((index) => {
    const keys = names(index.KeySchema);
    const carried = index.Projection?.NonKeyAttributes ?? [];
    if (index.Projection?.ProjectionType === 'ALL')
      throw new Error(`index ${index.IndexName} carries everything: the ledger does not know that`);
    return { name: index.IndexName ?? '', keys, projected: [...own, ...keys, ...carried] };
  });
};

/** `CASE#` of `CASE#C0123`. */
const prefix = (value: Attributes[string] | undefined): string =>
  value && 'S' in value ? value.S.replace(/#.*$/, '#') : '';

export interface Books {
  /** What is stored there now, as far as these books know. */
  stored(table: string, key: Attributes): Attributes | undefined;
  /** Enters a write, and one that a condition refused: then both states are the same. */
  enter(table: string, key: Attributes, after: Attributes | undefined): void;
  /** Write units by what was written: `cases CASE# CASE`, `cases index dirty`. */
  written(): Readonly<Record<string, number>>;
}

export const keyText = (table: string, key: Attributes): string =>
  JSON.stringify([table, key['pk'], key['sk']]);

export const createBooks = (definitions: readonly CreateTableCommandInput[]): Books => {
  const indexes = new Map(definitions.map((one) => [String(one.TableName), indexesOf(one)]));
  const items = new Map<string, Attributes>();
  const written: Record<string, number> = {};
  const add = (what: string, units: number): void => {
    if (units > 0) written[what] = (written[what] ?? 0) + units;
  };
  return {
    stored: (table, key) => items.get(keyText(table, key)),
    enter(table, key, after) {
      const at = keyText(table, key);
      const before = items.get(at);
      add(`${table} ${prefix(key['pk'])} ${prefix(key['sk'])}`, tableWriteUnits(before, after));
      for (const index of indexes.get(table) ?? [])
        add(`${table} index ${index.name}`, indexWriteUnits(before, after, index));
      if (after) items.set(at, after);
      else items.delete(at);
    },
    written: () => ({ ...written }),
  };
};
