/**
 * Drills in the requests table: what each is, and all that happened to its own AWS. Only worker makes
 * one, so whoever holds the cases table alone can make no case a drill, and no drill a case.
 */
import type { Drill, Rehearsed } from '../drills/drill.ts';
import { type Key, schemaVersion } from './item.ts';
import { isNew, type Table } from './table.ts';

export interface DrillStore {
  /** The drill that a case is; undefined for a real one. */
  of(caseId: string): Promise<Drill | undefined>;
  /** Answers whether it was new. */
  start(drill: Drill): Promise<boolean>;
  /** What happened after the first `known` entries, in order. */
  after(drill: Drill, known: number): Promise<readonly Rehearsed[]>;
  /** Answers false when somebody else was faster: then there is more to read first. */
  append(drill: Drill, next: Rehearsed): Promise<boolean>;
  /** What the drill of a slot of the schedule is made from; undefined where the slot is free. */
  seedOf(slot: string): Promise<string | undefined>;
  /** Repeatable: answers the seed that has the slot from now on. */
  takeSlot(slot: string, seed: string): Promise<string>;
}

const partitionOf = (caseId: string): string => `DRILL#${caseId}`;
const drillKey = (caseId: string): Key => ({ pk: partitionOf(caseId), sk: 'DRILL' });
const place = (n: number): string => `CALL#${String(n).padStart(6, '0')}`;
const slotKey = (slot: string): Key => ({ pk: `GAMEDAY#${slot}`, sk: 'GAMEDAY' });

/** DynamoDB knows no dates, and an input of AWS may hold some, and bytes. */
const packed = (entry: Rehearsed): string =>
  JSON.stringify(entry, function (this: Record<string, unknown>, name, value: unknown) {
    const raw = this[name];
    if (raw instanceof Date) return { $date: raw.toISOString() };
    if (raw instanceof Uint8Array) return { $bytes: Buffer.from(raw).toString('base64') };
    return value;
  });

const unpacked = (text: string): Rehearsed =>
  JSON.parse(text, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    if ('$date' in value) return new Date(String(value.$date));
    return '$bytes' in value ? Buffer.from(String(value.$bytes), 'base64') : value;
  });

export const drillStore = (table: Table): DrillStore => {
  const seedOf = async (slot: string): Promise<string | undefined> => {
    const item = await table.get(slotKey(slot));
    return item ? String(item['seed']) : undefined;
  };
  return {
    async of(caseId) {
      const item = await table.get(drillKey(caseId));
      return item ? (item['drill'] as Drill) : undefined;
    },
    start: (drill) => table.put({ ...drillKey(drill.case), v: schemaVersion, drill }, isNew),
    async after(drill, known) {
      const items = await table.query({
        pk: partitionOf(drill.case),
        between: [place(known + 1), place(999_999)],
      });
      return items.map((item) => unpacked(String(item['entry'])));
    },
    append: (drill, next) =>
      table.put(
        {
          pk: partitionOf(drill.case),
          sk: place(next.n),
          v: schemaVersion,
          entry: packed(next),
        },
        isNew,
      ),
    seedOf,
    async takeSlot(slot, seed) {
      const taken = await table.put({ ...slotKey(slot), v: schemaVersion, seed }, isNew);
      return taken ? seed : ((await seedOf(slot)) ?? seed);
    },
  };
};
