/**
 * Who holds which value in AWS, and what it was before the first of them: undoing one containment
 * leaves the other in force, and the last one's undo restores the true original.
 */
import type { Json } from '../actions/action.ts';
import { type Key, schemaVersion } from './item.ts';
import { isNew, type Table, unchangedSince } from './table.ts';

interface Hold {
  readonly baseline: Json;
  /** Ids of the requests that hold it. */
  readonly holders: readonly string[];
}

export interface Holds {
  get(name: string): Promise<Hold | undefined>;
  /**
   * Adds a holder. Where the value is not what a containment would have left, earlier holders hold
   * nothing any more: the new one starts with `live` as its baseline.
   */
  take(
    name: string,
    holder: string,
    /** `instead`: holders that this one takes the place of. */
    value: { readonly live: Json; readonly held: boolean; readonly instead: readonly string[] },
  ): Promise<void>;
  release(name: string, holder: string): Promise<void>;
}

const holdKey = (name: string): Key => ({ pk: `HOLD#${name}`, sk: 'HOLD' });
const attempts = 20;

interface Stored extends Hold {
  readonly version: number;
}

export const holds = (table: Table): Holds => {
  const read = async (name: string): Promise<Stored | undefined> => {
    const item = await table.get(holdKey(name));
    return item ? { ...(item['hold'] as Hold), version: Number(item['version']) } : undefined;
  };
  /** Writes are made under the executor's lease; the condition guards against a lost one. */
  const change = async (
    name: string,
    next: (known: Hold | undefined) => Hold | undefined,
  ): Promise<void> => {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const known = await read(name);
      const hold = next(known);
      if (!hold) return;
      const item = { ...holdKey(name), v: schemaVersion, version: (known?.version ?? 0) + 1, hold };
      if (await table.put(item, known ? unchangedSince(known.version) : isNew)) return;
    }
    throw new Error(`hold ${name} could not be written: ${attempts} races lost`);
  };
  return {
    get: read,
    async take(name, holder, { live, held, instead }) {
      const mine: Hold = { baseline: live, holders: [holder] };
      // Mostly nobody holds it: one write, and no reading before it.
      const first = { ...holdKey(name), v: schemaVersion, version: 1, hold: mine };
      if (await table.put(first, isNew)) return;
      await change(name, (known) => {
        if (known?.holders.includes(holder)) return undefined;
        return known && held && known.holders.length > 0
          ? {
              baseline: known.baseline,
              holders: [...known.holders.filter((one) => !instead.includes(one)), holder],
            }
          : mine;
      });
    },
    release: (name, holder) =>
      change(name, (known) =>
        known?.holders.includes(holder)
          ? { baseline: known.baseline, holders: known.holders.filter((one) => one !== holder) }
          : undefined,
      ),
  };
};
