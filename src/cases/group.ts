/** Under which keys an open case is found, and for how long: findings about one thing are one case. */

/** One key of a case. */
export interface Group {
  readonly key: string;
  readonly case: string;
  /** ISO 8601 UTC. */
  readonly openedAt: string;
  /** When a finding last came; up to `stalenessMs` late, so that a storm does not write it each time. */
  readonly lastAt: string;
}

/** Where a finding belongs. */
export interface Place {
  readonly case: string;
  /** Other open cases, about something else that it names. */
  readonly meets: readonly string[];
}

const minuteMs = 60_000;
/** After the last finding a case waits so long for the next, and a day at most. */
const windowMs = 60 * minuteMs;
const longestMs = 24 * 60 * minuteMs;
const stalenessMs = 5 * minuteMs;

/** Whether a finding that arrives at `now` (ISO 8601 UTC) still belongs to it. */
export const isLive = ({ openedAt, lastAt }: Group, now: string): boolean =>
  Date.parse(now) - Date.parse(lastAt) <= windowMs &&
  Date.parse(now) - Date.parse(openedAt) <= longestMs;

/** Whether its last finding has to be written again. */
export const isStale = ({ lastAt }: Group, now: string): boolean =>
  Date.parse(now) - Date.parse(lastAt) >= stalenessMs;

/** Of several open cases the one that was opened first; of equals the first by id. */
export const firstOpened = (groups: readonly Group[]): Group | undefined =>
  groups.toSorted((a, b) =>
    a.openedAt === b.openedAt ? a.case.localeCompare(b.case) : a.openedAt.localeCompare(b.openedAt),
  )[0];

/** How long a key can say anything: the rest is rubbish. Days after the last finding. */
export const groupDays = 2;
