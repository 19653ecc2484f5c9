/** One closed case as a month counts it, and what a month says of all of them. Pure. */
import type { Classification } from '../cases/case.ts';
import { type Targets, type Times, timesOf } from '../cases/digest.ts';
import type { Severity } from '../findings/finding.ts';
import { type ShadowLine, type ShadowVerdict, shadowLines } from '../requests/shadow-report.ts';
import { milestonesOf } from './milestones.ts';
import type { ReviewRecord } from './record.ts';

/** Each case once, however often it was closed; times in milliseconds since its opening. */
export interface EndedCase {
  readonly id: string;
  /** ISO 8601 UTC; decides the month. */
  readonly openedAt: string;
  readonly severity: Severity;
  /** Id of the rule that decided about it. */
  readonly rule: string;
  readonly classification: Classification;
  readonly acknowledgedMs?: number;
  readonly containedMs?: number;
  readonly resolvedMs: number;
  /** What automation in shadow would have done, beside what people did. */
  readonly shadow?: ShadowVerdict;
}

/** Undefined while it is not resolved. */
export const endedCase = (
  record: ReviewRecord,
  shadow: ShadowVerdict | undefined,
): EndedCase | undefined => {
  const { theCase } = record;
  if (!theCase.resolved) return undefined;
  const milestones = milestonesOf(record);
  const after = (what: string): number | undefined => {
    const found = milestones.find((one) => one.what === what);
    return found && Math.max(0, found.afterMs);
  };
  const [acknowledgedMs, containedMs] = [after('acknowledged'), after('contained')];
  return {
    id: theCase.id,
    openedAt: theCase.openedAt,
    severity: theCase.severity,
    rule: theCase.decision.rule,
    classification: theCase.resolved.classification,
    ...(acknowledgedMs === undefined ? {} : { acknowledgedMs }),
    ...(containedMs === undefined ? {} : { containedMs }),
    resolvedMs: after('resolved') ?? 0,
    ...(shadow ? { shadow } : {}),
  };
};

export interface RuleFigures {
  readonly rule: string;
  readonly cases: number;
  readonly falsePositives: number;
  readonly benign: number;
}

export interface MonthFacts {
  readonly cases: number;
  readonly bySeverity: { readonly [S in Severity]?: number };
  readonly byClassification: { readonly [C in Classification]?: number };
  readonly toAcknowledge: Times | undefined;
  readonly toContain: Times | undefined;
  readonly toResolve: Times | undefined;
  /** The one with the most false positives first. */
  readonly rules: readonly RuleFigures[];
  readonly shadow: readonly ShadowLine[];
}

const counts = <K extends string>(values: readonly K[]): { readonly [P in K]?: number } => {
  const found: { [P in K]?: number } = {};
  for (const value of values) found[value] = (found[value] ?? 0) + 1;
  return found;
};

const figuresOf = (cases: readonly EndedCase[]): readonly RuleFigures[] =>
  [...new Set(cases.map(({ rule }) => rule))]
    .map((rule) => {
      const own = cases.filter((one) => one.rule === rule);
      const of = (classification: Classification): number =>
        own.filter((one) => one.classification === classification).length;
      return {
        rule,
        cases: own.length,
        falsePositives: of('false-positive'),
        benign: of('benign'),
      };
    })
    .toSorted(
      (a, b) =>
        b.falsePositives - a.falsePositives || b.cases - a.cases || a.rule.localeCompare(b.rule),
    );

export const monthFacts = (cases: readonly EndedCase[], within: Targets): MonthFacts => {
  const times = (
    ms: (one: EndedCase) => number | undefined,
    target: (one: EndedCase) => number | undefined,
  ): Times | undefined =>
    timesOf(
      cases.flatMap((one) => {
        const value = ms(one);
        const most = target(one);
        return value === undefined ? [] : [{ ms: value, late: most !== undefined && value > most }];
      }),
    );
  return {
    cases: cases.length,
    bySeverity: counts(cases.map(({ severity }) => severity)),
    byClassification: counts(cases.map(({ classification }) => classification)),
    toAcknowledge: times(
      ({ acknowledgedMs }) => acknowledgedMs,
      ({ severity }) => within.acknowledge[severity],
    ),
    toContain: times(
      ({ containedMs }) => containedMs,
      () => within.contain,
    ),
    toResolve: times(
      ({ resolvedMs }) => resolvedMs,
      () => within.resolve,
    ),
    rules: figuresOf(cases),
    shadow: shadowLines(cases.flatMap(({ shadow }) => (shadow ? [shadow] : []))),
  };
};
