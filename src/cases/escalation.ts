/** When a case that nobody acknowledges is told again, louder: deadlines as stored values. Pure. */
import type { Severity } from '../findings/finding.ts';
import {
  acknowledgeMinutes,
  type EscalationPolicy,
  type EscalationStep,
} from '../rules/escalation.ts';
import { type Case, type Escalation, isActive } from './case.ts';

const minuteMs = 60_000;

/** When a step is due; undefined for a step that the policy does not have. ISO 8601 UTC. */
const stepAt = (
  policy: EscalationPolicy,
  { severity, since }: { readonly severity: Severity; readonly since: string },
  step: number,
): string | undefined => {
  const minutes = acknowledgeMinutes(policy, severity);
  const wanted = policy.steps[step];
  return minutes === undefined || !wanted
    ? undefined
    : new Date(Date.parse(since) + (minutes + wanted.afterMinutes) * minuteMs).toISOString();
};

/** From `since` on somebody has to acknowledge; undefined where the policy asks nobody to. */
export const escalationFrom = (
  policy: EscalationPolicy,
  theCase: Pick<Case, 'severity' | 'decision'>,
  since: string,
): Escalation | undefined => {
  const next = stepAt(policy, { severity: theCase.severity, since }, 0);
  // Whoever was not called at all (a sample, quiet hours) is not called louder.
  return next && theCase.decision.mention ? { since, next, done: [] } : undefined;
};

/** The last time at which the case asked for people. */
const askedAt = ({ openedAt, raised, reopened }: Case): string =>
  [openedAt, raised?.at ?? '', reopened?.at ?? ''].sort().at(-1) ?? openedAt;

/** A new, worse or re-opened case gets its deadline; the same value for any other. */
export const withDeadline = (theCase: Case, policy: EscalationPolicy): Case => {
  const since = askedAt(theCase);
  if (theCase.acknowledged || !isActive(theCase)) return theCase;
  if (theCase.escalation && theCase.escalation.since >= since) return theCase;
  const escalation = escalationFrom(policy, theCase, since);
  return escalation ? { ...theCase, escalation } : theCase;
};

/** Nobody has it, and nobody said that it can wait. */
const isWaiting = (theCase: Case): boolean =>
  isActive(theCase) && !theCase.acknowledged && !theCase.snoozed && !theCase.suppression;

/** When the next step is due; undefined when none is. ISO 8601 UTC. */
export const escalatesAt = (theCase: Case): string | undefined =>
  isWaiting(theCase) ? theCase.escalation?.next : undefined;

export interface DueStep {
  readonly place: number;
  readonly step: EscalationStep;
  /** When the one after it is due. */
  readonly next: string | undefined;
}

/** The step to take at `now` (ISO 8601 UTC); one at a time, so that each is a message of its own. */
export const dueStep = (
  theCase: Case,
  policy: EscalationPolicy,
  now: string,
): DueStep | undefined => {
  const at = escalatesAt(theCase);
  if (!theCase.escalation || !at || at > now) return undefined;
  const place = theCase.escalation.done.length;
  const step = policy.steps[place];
  const about = { severity: theCase.severity, since: theCase.escalation.since };
  return step && { place, step, next: stepAt(policy, about, place + 1) };
};

/** The steps to come, for people. `at` is ISO 8601 UTC. */
export const stepsToCome = (
  theCase: Case,
  policy: EscalationPolicy,
): readonly { readonly at: string; readonly step: EscalationStep }[] => {
  const { escalation } = theCase;
  if (!escalation || !escalatesAt(theCase)) return [];
  const about = { severity: theCase.severity, since: escalation.since };
  return policy.steps.flatMap((step, place) => {
    const at = place < escalation.done.length ? undefined : stepAt(policy, about, place);
    return at ? [{ at, step }] : [];
  });
};
