/** One thing that is wrong with the audit record. */

/** What can be wrong; docs/audit.md says what each means. */
export type ProblemCode =
  | 'changed'
  | 'missing'
  | 'truncated'
  | 'rewritten'
  | 'reordered'
  | 'unsealed-gap'
  | 'segment-changed'
  | 'segment-missing'
  | 'head-changed'
  | 'head-missing';

/** What is wrong with the entries `seq` to `to`, both included. */
export interface AuditProblem {
  readonly code: ProblemCode;
  readonly seq: number;
  readonly to: number;
  readonly because: string;
}

/** A problem of one entry or of a range of them. */
export function problem(
  code: ProblemCode,
  where: number | readonly [from: number, to: number],
  because: string,
): AuditProblem {
  const [seq, to] = typeof where === 'number' ? [where, where] : where;
  return { code, seq, to, because };
}
