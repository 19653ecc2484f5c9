/**
 * Whether a finding is hidden because people said so: a suppression has a scope, a reason, an owner
 * and an end, and it breaks by itself when what comes is worse or by somebody else than what was seen
 * when it was made. Pure: who looks it up and what follows is the caller's.
 */
import { atLeast, type Finding, type Severity } from '../findings/finding.ts';
import { actorKeys, inScope, type SuppressionTerms, scopeInWords } from '../findings/scope.ts';

export interface ScopedSuppression extends SuppressionTerms {
  /** Made from the id of its request. */
  readonly id: string;
  /** What the requester chose and added; drawn literally. */
  readonly reason: string;
  /** Slack user id of the one who asked for it. */
  readonly by: string;
  /** Slack user id of the one who answers for it. */
  readonly owner: string;
  /** ISO 8601 UTC. */
  readonly createdAt: string;
  /** From then on it hides nothing, whoever wakes up. */
  readonly until: string;
  /** The request that it was approved with. */
  readonly request: string;
  /** When people were told that it ends soon. */
  readonly noticedAt?: string;
}

export type Judged =
  | { readonly kind: 'none' }
  | { readonly kind: 'suppressed'; readonly by: ScopedSuppression; readonly because: string }
  | { readonly kind: 'broken'; readonly by: ScopedSuppression; readonly because: string };

/** A time that cannot be read is over: what is not understood alerts. */
const isOver = ({ until }: ScopedSuppression, now: string): boolean =>
  !(Date.parse(until) > Date.parse(now));

/** Why it does not hold for this finding; undefined when it does. */
const breakOf = (
  { ceiling, actors }: ScopedSuppression,
  finding: Finding,
  severity: Severity,
): string | undefined => {
  if (!atLeast(ceiling, severity)) return `severity rose to ${severity}, above ${ceiling}`;
  const other = actorKeys(finding).find((key) => !actors.includes(key));
  return other === undefined ? undefined : `a new actor appeared: ${other}`;
};

const oldestFirst = (a: ScopedSuppression, b: ScopedSuppression): number =>
  a.createdAt === b.createdAt ? a.id.localeCompare(b.id) : a.createdAt.localeCompare(b.createdAt);

/**
 * `severity` is the decided one, which a rule may have raised. Where several fit, one that holds
 * hides the finding, the oldest first; else the oldest that breaks is named. `because` may hold
 * text of the finding and of people: draw it literally.
 */
export const judge = (
  finding: Finding,
  severity: Severity,
  active: readonly ScopedSuppression[],
  now: string,
): Judged => {
  const fitting = active
    .filter((one) => !isOver(one, now) && inScope(one.scope, finding))
    .toSorted(oldestFirst)
    .map((by) => ({ by, broken: breakOf(by, finding, severity) }));
  const holding = fitting.find(({ broken }) => broken === undefined);
  if (holding)
    return {
      kind: 'suppressed',
      by: holding.by,
      because: `${scopeInWords(holding.by.scope)} are hidden until ${holding.by.until.slice(0, 16).replace('T', ' ')} UTC: ${holding.by.reason}`,
    };
  const [first] = fitting;
  return first?.broken === undefined
    ? { kind: 'none' }
    : { kind: 'broken', by: first.by, because: first.broken };
};
