/** How long a case may be left alone. */
import type { Severity } from '../findings/finding.ts';

/** Whole hours: a day at most, four hours for what is CRITICAL. */
export const longestSnoozeHours = (severity: Severity): number =>
  severity === 'CRITICAL' ? 4 : 24;

/** The choices that are offered. */
export const snoozeHours = (severity: Severity): readonly number[] =>
  [1, 2, 4, 8, 24].filter((hours) => hours <= longestSnoozeHours(severity));
