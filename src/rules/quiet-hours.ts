/** When nobody is mentioned for what can wait until morning. */
import type { Severity } from '../findings/finding.ts';

/** From here on people are mentioned at any hour. */
export const wakesAnybody: Severity = 'HIGH';

export interface QuietHours {
  /** IANA name: `Europe/Madrid`. */
  readonly timeZone: string;
  /** Local time, `HH:MM` of 24 hours. After `to` when the hours go past midnight. */
  readonly from: string;
  /** Local time at which they are over. */
  readonly to: string;
  /** Whether all of Saturday and Sunday is quiet too. */
  readonly weekends: boolean;
}

/**
 * Whether `now` (milliseconds since 1970) is in the quiet hours, by the wall clock of their time zone:
 * an hour that a change of the clocks repeats counts twice, one that it skips not at all.
 */
export const isQuiet = ({ timeZone, from, to, weekends }: QuietHours, now: number): boolean => {
  const wall = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat('en-GB', { timeZone, ...options }).format(now);
  if (weekends && ['Sat', 'Sun'].includes(wall({ weekday: 'short' }))) return true;
  // `HH:MM` sorts as text.
  const time = wall({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return from < to ? from <= time && time < to : from <= time || time < to;
};
