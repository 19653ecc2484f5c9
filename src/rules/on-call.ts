/** Who is on duty: a rotation of the configuration, by the wall clock of its place. Pure. */

export interface Rotation {
  /** IANA name: `Europe/Madrid`. */
  readonly timeZone: string;
  /** The first day of the first person, `YYYY-MM-DD` in that time zone. */
  readonly from: string;
  /** Local time at which duty passes on, `HH:MM` of 24 hours. */
  readonly at: string;
  /** How many days each of them has. */
  readonly days: number;
  /** Slack user ids in their order; after the last comes the first again. */
  readonly users: readonly string[];
}

/** Who is called on cards and when nobody acknowledges. */
export interface OnCall {
  readonly users: readonly string[];
  readonly groups: readonly string[];
  /** One of these instead, in turn. */
  readonly rotation?: Rotation | undefined;
}

const dayMs = 86_400_000;

/** Days since 1970 of the local date, and the local time `HH:MM`. */
const wallClock = (
  timeZone: string,
  now: number,
): { readonly day: number; readonly at: string } => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now);
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((one) => one.type === type)?.value ?? '';
  const date = `${part('year')}-${part('month')}-${part('day')}`;
  return { day: Date.parse(`${date}T00:00:00Z`) / dayMs, at: `${part('hour')}:${part('minute')}` };
};

/**
 * The person on duty at `now` (milliseconds since 1970). Counted in local days, so that a change of
 * the clocks moves no handover. Before `from` it is the first.
 */
const onDuty = (rotation: Rotation, now: number): string | undefined => {
  const { day, at } = wallClock(rotation.timeZone, now);
  const first = Date.parse(`${rotation.from}T00:00:00Z`) / dayMs;
  // `HH:MM` sorts as text: until the handover it is still the day before.
  const days = day - first - (at < rotation.at ? 1 : 0);
  const turn = Math.floor(Math.max(0, days) / rotation.days);
  return rotation.users[turn % rotation.users.length];
};

/** Slack ids to mention at `now`: whoever has duty, else everybody who is on call. */
export const calledAt = ({ users, groups, rotation }: OnCall, now: number): readonly string[] => {
  const duty = rotation && onDuty(rotation, now);
  return duty ? [duty] : [...groups, ...users];
};
