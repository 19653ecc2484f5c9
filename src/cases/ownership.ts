/** How much somebody's word about themselves counts. Pure. */
import { type Severity, severities } from '../findings/finding.ts';
import { supposesTheft } from '../rules/hypothesis.ts';
import type { Case } from './case.ts';

/** Below this a yes lowers nothing: where credentials may be stolen, the thief may be answering. */
const floor = (attack: readonly string[]): Severity => (supposesTheft(attack) ? 'HIGH' : 'MEDIUM');

const stepped = (severity: Severity, by: 1 | -1): Severity =>
  severities[severities.indexOf(severity) + by] ?? severity;

/** The case's severity after the answer: one step, down to a floor for a yes, up for a no. */
export const afterAnswer = (
  { severity, decision }: Pick<Case, 'severity' | 'decision'>,
  yes: boolean,
): Severity => {
  if (!yes) return stepped(severity, 1);
  const least = floor(decision.attack);
  const lower = stepped(severity, -1);
  return severities.indexOf(severity) <= severities.indexOf(least) ? severity : lower;
};
