/** What a digest tells, from what happened in its time and from what is open at its end. Pure. */
import type { AuditEntry } from '../audit/entry.ts';
import type { Severity } from '../findings/finding.ts';
import type { Digested, Outcomes } from './arrivals.ts';
import type { Case } from './case.ts';

/** How long something took, from the opening of the case; milliseconds. */
export interface Times {
  readonly count: number;
  readonly median: number;
  /** Nine of ten were not slower. */
  readonly p90: number;
  /** How many took longer than they may. */
  readonly late: number;
}

export interface NoisyRule {
  readonly rule: string;
  readonly cases: number;
  readonly findings: number;
  /** Of its cases, how many nobody took up and nothing was asked for. */
  readonly untouched: number;
}

export interface DigestFacts {
  readonly opened: { readonly [S in Severity]?: number };
  readonly resolved: number;
  readonly open: { readonly [S in Severity]?: number };
  /** The oldest open case; milliseconds. */
  readonly oldestMs: number | undefined;
  readonly toAcknowledge: Times | undefined;
  readonly toContain: Times | undefined;
  readonly toResolve: Times | undefined;
  readonly approvals: number;
  readonly denials: number;
  readonly expired: number;
  /** LOW findings and what else has no card, by rule; the most first. */
  readonly digested: readonly {
    readonly title: string;
    readonly severity: Severity;
    readonly count: number;
  }[];
  readonly noisy: readonly NoisyRule[];
  /** Opened by day, the oldest first: `2026-11-22` and how many. */
  readonly days: readonly {
    readonly day: string;
    readonly opened: number;
    readonly resolved: number;
  }[];
}

/** How long something may take from the opening of the case; milliseconds. */
export interface Targets {
  /** Nobody has to acknowledge what is left out. */
  readonly acknowledge: { readonly [S in Severity]?: number };
  readonly contain: number;
  readonly resolve: number;
}

export interface DigestInput {
  /** ISO 8601 UTC. */
  readonly from: string;
  readonly to: string;
  /** Of that time, the oldest first. */
  readonly entries: readonly AuditEntry[];
  /** The cases that these entries are about. */
  readonly cases: ReadonlyMap<string, Case>;
  readonly open: readonly Case[];
  readonly outcomes: readonly Outcomes[];
  /** Requests that ended contained in that time and were containments of a case, by id. */
  readonly isContainment: (request: string) => boolean;
  readonly within: Targets;
}

/** With few values the slowest one is the p90. */
export const timesOf = (
  values: readonly { readonly ms: number; readonly late: boolean }[],
): Times | undefined => {
  const sorted = values.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return sorted.length === 0
    ? undefined
    : {
        count: sorted.length,
        median: at(0.5),
        p90: at(0.9),
        late: values.filter(({ late }) => late).length,
      };
};

/** From the opening of its case to the first entry of this kind in the time of the digest. */
const taken = (
  { cases }: DigestInput,
  entries: readonly AuditEntry[],
  target: (theCase: Case) => number,
): Times | undefined => {
  const first = new Map<string, AuditEntry>();
  for (const entry of entries)
    if (entry.case && !first.has(entry.case)) first.set(entry.case, entry);
  return timesOf(
    [...first].flatMap(([id, { at }]) => {
      const theCase = cases.get(id);
      if (!theCase) return [];
      const ms = Math.max(0, Date.parse(at) - Date.parse(theCase.openedAt));
      return [{ ms, late: ms > target(theCase) }];
    }),
  );
};

const bySeverity = (cases: readonly Case[]): { readonly [S in Severity]?: number } => {
  const counts: { [S in Severity]?: number } = {};
  for (const { severity } of cases) counts[severity] = (counts[severity] ?? 0) + 1;
  return counts;
};

/** The same title may come in many batches; ids make a repeat count once. */
const digestedOf = (outcomes: readonly Outcomes[]): DigestFacts['digested'] => {
  const found = new Map<string, { one: Digested; ids: Set<string> }>();
  for (const { digest } of outcomes)
    for (const [rule, one] of Object.entries(digest)) {
      const known = found.get(rule) ?? { one, ids: new Set<string>() };
      for (const id of one.ids) known.ids.add(id);
      found.set(rule, known);
    }
  return [...found.values()]
    .map(({ one, ids }) => ({ title: one.title, severity: one.severity, count: ids.size }))
    .sort((a, b) => b.count - a.count || a.title.localeCompare(b.title));
};

/** Fewer cases than that are no noise. */
const noisyFrom = 3;

const isUntouched = (theCase: Case): boolean =>
  !theCase.acknowledged && theCase.requests.length === 0;

const noisyOf = (opened: readonly Case[], outcomes: readonly Outcomes[]): readonly NoisyRule[] => {
  const findings = new Map<string, Set<string>>();
  for (const { cases } of outcomes)
    for (const inChannel of Object.values(cases))
      for (const [id, ids] of Object.entries(inChannel))
        findings.set(id, new Set([...(findings.get(id) ?? []), ...ids]));
  const rules = new Map<string, Case[]>();
  for (const theCase of opened)
    rules.set(theCase.decision.rule, [...(rules.get(theCase.decision.rule) ?? []), theCase]);
  return [...rules]
    .filter(([, cases]) => cases.length >= noisyFrom)
    .map(([rule, cases]) => ({
      rule,
      cases: cases.length,
      findings: cases.reduce((sum, { id }) => sum + (findings.get(id)?.size ?? 0), 0),
      untouched: cases.filter(isUntouched).length,
    }))
    .sort((a, b) => b.cases - a.cases || a.rule.localeCompare(b.rule))
    .slice(0, 3);
};

const daysOf = ({ from, to }: DigestInput): readonly string[] => {
  const first = Date.parse(`${from.slice(0, 10)}T00:00:00Z`);
  const count = Math.floor((Date.parse(to) - first) / 86_400_000) + 1;
  return Array.from({ length: count }, (_, n) =>
    new Date(first + n * 86_400_000).toISOString().slice(0, 10),
  );
};

export const digestFacts = (input: DigestInput): DigestFacts => {
  const of = (kind: string) => input.entries.filter((entry) => entry.kind === kind);
  const openedEntries = of('case.opened');
  const resolvedEntries = of('case.resolved');
  const opened = openedEntries.flatMap(({ case: id }) => input.cases.get(id ?? '') ?? []);
  const contained = of('request.contained').filter(({ request }) =>
    input.isContainment(request ?? ''),
  );
  const votes = of('request.approved').length + of('request.vote').length;
  const never = Number.POSITIVE_INFINITY;
  const oldest = input.open.map(({ openedAt }) => openedAt).sort()[0];
  return {
    opened: bySeverity(opened),
    resolved: new Set(resolvedEntries.map((entry) => entry.case)).size,
    open: bySeverity(input.open),
    oldestMs: oldest ? Date.parse(input.to) - Date.parse(oldest) : undefined,
    toAcknowledge: taken(
      input,
      of('case.acknowledged'),
      ({ severity }) => input.within.acknowledge[severity] ?? never,
    ),
    toContain: taken(input, contained, () => input.within.contain),
    toResolve: taken(input, resolvedEntries, () => input.within.resolve),
    approvals: votes,
    denials: of('request.denied').length,
    expired: of('request.expired').length,
    digested: digestedOf(input.outcomes),
    noisy: noisyOf(opened, input.outcomes),
    days: daysOf(input).map((day) => ({
      day,
      opened: openedEntries.filter(({ at }) => at.startsWith(day)).length,
      resolved: resolvedEntries.filter(({ at }) => at.startsWith(day)).length,
    })),
  };
};
