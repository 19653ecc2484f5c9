/**
 * Is the record what it was? Compares the table's chain with itself and with what is sealed, and the
 * sealed objects among themselves. Pure, total: whatever stands where an entry should be is a finding.
 */
import { GENESIS } from './chain.ts';
import { type AuditProblem, problem } from './problem.ts';
import type { SealedObject } from './seal.ts';
import { checkEntries } from './verify-entries.ts';
import { checkSealed } from './verify-sealed.ts';

/** The record as it was read: entries in the table's order, objects of the vault by key. */
export interface AuditRecord {
  readonly entries: readonly unknown[];
  readonly segments: readonly SealedObject[];
  readonly heads: readonly SealedObject[];
}

export type AuditVerdict =
  | {
      readonly kind: 'intact';
      /** How many entries there are, and up to which `seq` they are sealed. */
      readonly entries: number;
      readonly sealed: number;
      /** Hash of the newest entry; 64 zeros when there is none. */
      readonly head: string;
    }
  | { readonly kind: 'broken'; readonly problems: readonly AuditProblem[] };

/** Checks everything there is; finds every problem at once, by ascending `seq`. */
export function verifyAudit({ entries, segments, heads }: AuditRecord): AuditVerdict {
  const vault = checkSealed(segments, heads);
  const table = checkEntries(entries, vault.hashes);
  const problems = [...table.problems, ...vault.problems];
  // Each run of the chainer seals what it chained: entries without any seal have lost it, or never had one.
  if (entries.length > 0 && segments.length + heads.length === 0) {
    problems.push(problem('unsealed-gap', [1, entries.length], 'nothing in the vault seals them'));
  }
  if (problems.length > 0) return { kind: 'broken', problems: inRuns(problems) };
  const head = table.last?.hash ?? GENESIS.hash;
  return { kind: 'intact', entries: entries.length, sealed: vault.sealed, head };
}

/** Sorted, with neighbours that suffer the same made one. */
function inRuns(problems: readonly AuditProblem[]): readonly AuditProblem[] {
  const sorted = [...problems].sort((a, b) => a.seq - b.seq);
  const runs: AuditProblem[] = [];
  for (const next of sorted) {
    const at = runs.findIndex(
      (run) => run.code === next.code && run.because === next.because && run.to + 1 === next.seq,
    );
    const run = runs[at];
    if (run) runs[at] = { ...run, to: next.to };
    else runs.push(next);
  }
  return runs;
}
