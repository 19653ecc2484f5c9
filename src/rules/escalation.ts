/** What happens, step by step, to a case that nobody acknowledges in time. */
import type { Severity } from '../findings/finding.ts';

export interface EscalationStep {
  /** Minutes after the time to acknowledge is over; 0 for at once. */
  readonly afterMinutes: number;
  /** Whom a new message calls: whoever is on call, or these Slack users and user groups. */
  readonly mention?:
    | 'on-call'
    | { readonly users?: readonly string[]; readonly groups?: readonly string[] }
    | undefined;
  /** Slack channel id that is told too. */
  readonly channel?: string | undefined;
  /** True: also past Slack, through the pager topic (SNS: text message, email, a pager). */
  readonly page?: boolean | undefined;
}

export interface EscalationPolicy {
  /** Minutes within which somebody acknowledges a CRITICAL case. */
  readonly criticalMinutes: number;
  readonly highMinutes: number;
  /** In the order of their times. Nothing below HIGH escalates. */
  readonly steps: readonly EscalationStep[];
}

/** Undefined where nobody has to acknowledge in time. */
export const acknowledgeMinutes = (
  policy: EscalationPolicy,
  severity: Severity,
): number | undefined => {
  switch (severity) {
    case 'CRITICAL':
      return policy.criticalMinutes;
    case 'HIGH':
      return policy.highMinutes;
    case 'MEDIUM':
    case 'LOW':
    case 'INFORMATIONAL':
      return undefined;
    default:
      return severity satisfies never;
  }
};
