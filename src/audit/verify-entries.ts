/** The table's entries against themselves and against the hashes that are sealed. Pure. */
import { GENESIS, isAuditEntry, isJsonObject, isSeq, isUnchanged } from './chain.ts';
import type { AuditEntry } from './entry.ts';
import { type AuditProblem, problem } from './problem.ts';

/** What is sealed: hash by `seq`. */
type Sealed = ReadonlyMap<number, string>;

/** A row of the table at its place; `entry` is undefined when its content is not what was hashed. */
interface Row {
  readonly seq: number;
  readonly entry: AuditEntry | undefined;
}

/** Checks the entries in the order in which the table gives them. */
export function checkEntries(
  entries: readonly unknown[],
  sealed: Sealed,
): { readonly problems: readonly AuditProblem[]; readonly last: AuditEntry | undefined } {
  const rows = placed(entries);
  const sorted = [...rows].sort((a, b) => a.seq - b.seq);
  return {
    problems: [
      ...changed(rows),
      ...reordered(rows),
      ...absent(sorted, sealed),
      ...unlinkedOrRewritten(sorted, sealed),
    ],
    last: sorted.at(-1)?.entry,
  };
}

/** A row that was changed may claim any number: it is believed only if it fits between its neighbours. */
function placed(entries: readonly unknown[]): readonly Row[] {
  const rows: Row[] = [];
  for (const [index, value] of entries.entries()) {
    const before = rows.at(-1)?.seq ?? 0;
    if (isAuditEntry(value) && isUnchanged(value)) {
      rows.push({ seq: value.seq, entry: value });
    } else {
      const claim = claimedSeq(value) ?? 0;
      const next = claimedSeq(entries[index + 1]) ?? before + 2;
      rows.push({ seq: before < claim && claim < next ? claim : before + 1, entry: undefined });
    }
  }
  return rows;
}

function claimedSeq(value: unknown): number | undefined {
  const seq = isJsonObject(value) ? value['seq'] : undefined;
  return isSeq(seq) ? seq : undefined;
}

function changed(rows: readonly Row[]): readonly AuditProblem[] {
  return rows.flatMap(({ seq, entry }) =>
    entry ? [] : problem('changed', seq, 'the content does not match the hash'),
  );
}

function reordered(rows: readonly Row[]): readonly AuditProblem[] {
  return rows.flatMap(({ seq }, index) => {
    const before = rows[index - 1]?.seq ?? 0;
    return seq > before ? [] : problem('reordered', seq, `it stands after entry ${before}`);
  });
}

/** Numbers below the highest known one at which the table has nothing. */
function absent(sorted: readonly Row[], sealed: Sealed): readonly AuditProblem[] {
  const inTable = new Set(sorted.map(({ seq }) => seq));
  const end = sorted.at(-1)?.seq ?? 0;
  const known = [...new Set([...inTable, ...sealed.keys()])].sort((a, b) => a - b);
  return known.flatMap((seq, index) => {
    const from = (known[index - 1] ?? 0) + 1;
    const to = inTable.has(seq) ? seq - 1 : seq;
    if (from > to) return [];
    return from > end
      ? problem('truncated', [from, to], `it is sealed, but the table ends at ${end}`)
      : problem('missing', [from, to], 'the table has no such entry');
  });
}

/**
 * Rows whose own hash is right. Where two neighbours do not fit together, the one that differs from its
 * sealed copy was changed; where they all fit and still differ, the chain was computed anew.
 */
function unlinkedOrRewritten(sorted: readonly Row[], sealed: Sealed): readonly AuditProblem[] {
  const differs = ({ seq, hash }: AuditEntry): boolean => (sealed.get(seq) ?? hash) !== hash;
  const problems = new Map<number, AuditProblem>();
  let before: Row = { seq: 0, entry: undefined };
  for (const row of sorted) {
    if (row.entry && !fits(before, row.entry)) {
      const suspect = before.entry && (differs(before.entry) || !sealed.has(before.seq));
      const { seq } = suspect ? before : row;
      problems.set(
        seq,
        problem('changed', seq, 'its hash is right, but it does not fit its neighbour'),
      );
    }
    before = row;
  }
  for (const { seq, entry } of sorted) {
    if (entry && differs(entry) && !problems.has(seq))
      problems.set(
        seq,
        problem('rewritten', seq, 'it fits its neighbours, but is not what was sealed'),
      );
  }
  return [...problems.values()];
}

/** False when the row is known to follow something else; a gap or a changed row before it hides that. */
function fits(before: Row, entry: AuditEntry): boolean {
  const previous = before.seq === 0 ? GENESIS.hash : before.entry?.hash;
  const adjacent = entry.seq === before.seq + 1;
  return !adjacent || previous === undefined || entry.previous === previous;
}
