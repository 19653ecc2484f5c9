/** When the digest is due, by the wall clock of its time zone. Pure. */

export interface DigestTime {
  /** Local time, `HH:MM` of 24 hours. */
  readonly at: string;
  /** IANA name: `Europe/Madrid`. */
  readonly timeZone: string;
}

/** One digest: what it is called, and the time that it tells about (ISO 8601 UTC). */
export interface DigestSlot {
  /** `2026-11-23`, the local day on which it is due. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** On Mondays it tells about the week. */
  readonly kind: 'daily' | 'weekly';
}

const dayMs = 86_400_000;

interface Wall {
  readonly day: string;
  readonly time: string;
  readonly weekday: string;
}

interface Clock {
  readonly day: Intl.DateTimeFormat;
  readonly time: Intl.DateTimeFormat;
  readonly weekday: Intl.DateTimeFormat;
}

/** Making a formatter costs a hundred times its use, and a slot is looked for each minute. */
const clocks = new Map<string, Clock>();

const clockOf = (timeZone: string): Clock => {
  const known = clocks.get(timeZone);
  if (known) return known;
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-CA', { timeZone, ...options });
  const made = {
    day: part({ year: 'numeric', month: '2-digit', day: '2-digit' }),
    time: part({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    weekday: part({ weekday: 'short' }),
  };
  clocks.set(timeZone, made);
  return made;
};

const wallOf = (timeZone: string, at: number): Wall => {
  const { day, time, weekday } = clockOf(timeZone);
  return { day: day.format(at), time: time.format(at), weekday: weekday.format(at) };
};

/** The newest slot that is due at `now` (milliseconds since 1970). It is due from its minute on. */
export const slotAt = ({ at, timeZone }: DigestTime, now: number): DigestSlot => {
  const today = wallOf(timeZone, now);
  const wall = today.time >= at ? today : wallOf(timeZone, now - dayMs);
  const weekly = wall.weekday === 'Mon';
  const to = startOf({ at, timeZone }, wall.day, now);
  return {
    id: wall.day,
    from: new Date(to - (weekly ? 7 : 1) * dayMs).toISOString(),
    to: new Date(to).toISOString(),
    kind: weekly ? 'weekly' : 'daily',
  };
};

/** The minute at which it is `at` on that local day: at most a day and a half before `now`. */
const startOf = ({ at, timeZone }: DigestTime, day: string, now: number): number => {
  const minute = Math.floor(now / 60_000);
  // A change of the clocks may skip the minute; then the first one after it counts.
  const isBefore = (candidate: number): boolean => {
    const wall = wallOf(timeZone, candidate * 60_000);
    return wall.day < day || (wall.day === day && wall.time < at);
  };
  let [low, high] = [minute - 2 * 1440, minute];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isBefore(middle)) low = middle;
    else high = middle;
  }
  return high * 60_000;
};
