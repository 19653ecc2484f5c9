/** What a suppression would have hidden: the stored cases of the last 90 days, asked with its scope. */
import { atLeast, type Finding, type Severity, severities } from '../findings/finding.ts';
import { actorKeys, inScope, type Scope, type SuppressionTerms } from '../findings/scope.ts';

/** How far back a preview looks. */
export const previewDays = 90;

/** At most so many cases are read, the newest first. */
export const previewMost = 500;

/** What a preview reads of a stored case. */
export interface PreviewCase {
  readonly openedAt: string;
  readonly findings: { readonly [canonicalId: string]: { readonly finding: Finding } };
}

export interface SuppressionPreview {
  /** Cases with a finding that it would have hidden. */
  readonly count: number;
  /** Of these, cases that nobody would have seen at all. */
  readonly whole: number;
  /** The highest severity that it would have hidden; absent when there is nothing. */
  readonly highest?: Severity;
  /** When the first and the last of these cases were opened; ISO 8601 UTC. */
  readonly oldest?: string;
  readonly newest?: string;
  /** Where there are more cases than are read: when the oldest of those was opened. */
  readonly cutAt?: string;
}

const fittingIn = (scope: Scope, { findings }: PreviewCase): readonly Finding[] =>
  Object.values(findings).flatMap(({ finding }) => (inScope(scope, finding) ? [finding] : []));

const highestOf = (all: readonly Severity[]): Severity | undefined =>
  severities.findLast((severity) => all.includes(severity));

/** `severityOf` is the decided severity, which a rule may have raised; the finding's own without it. */
export const previewOf = (
  scope: Scope,
  cases: readonly PreviewCase[],
  severityOf: (finding: Finding) => Severity = ({ severity }) => severity,
): SuppressionPreview => {
  const hit = cases
    .map((one) => ({ one, fitting: fittingIn(scope, one) }))
    .filter(({ fitting }) => fitting.length > 0);
  const highest = highestOf(hit.flatMap(({ fitting }) => fitting.map(severityOf)));
  const opened = hit.map(({ one }) => one.openedAt).toSorted();
  const [oldest, newest] = [opened[0], opened.at(-1)];
  const cutAt = cases.length < previewMost ? '' : cases.map((one) => one.openedAt).toSorted()[0];
  return {
    count: hit.length,
    whole: hit.filter(({ one, fitting }) => fitting.length === Object.keys(one.findings).length)
      .length,
    ...(highest && { highest }),
    ...(oldest && { oldest }),
    ...(newest && { newest }),
    ...(cutAt && { cutAt }),
  };
};

/** Whether people have to be warned before they agree. */
export const hidesMuch = ({ highest }: SuppressionPreview): boolean =>
  highest !== undefined && atLeast(highest, 'HIGH');

/** Whoever is not among so many known actors counts as new, which is the safe side. */
const mostActors = 200;

/** What is seen now and in the stored cases is what a suppression may hide: nothing above, nobody else. */
export const termsOf = (
  scope: Scope,
  seen: { readonly finding: Finding; readonly cases: readonly PreviewCase[] },
  severityOf: (finding: Finding) => Severity = ({ severity }) => severity,
): SuppressionTerms => {
  const findings = [seen.finding, ...seen.cases.flatMap((one) => fittingIn(scope, one))];
  return {
    scope,
    ceiling: highestOf(findings.map(severityOf)) ?? severityOf(seen.finding),
    actors: [...new Set(findings.flatMap(actorKeys))].slice(0, mostActors),
  };
};
