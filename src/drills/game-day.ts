/** When a drill of the schedule is due, by the wall clock of its time zone. Pure. */

interface Day {
  readonly id: string;
  /** `Mon`. */
  readonly weekday: string;
  /** Local time, `HH:MM` of 24 hours. */
  readonly at: string;
  /** IANA name. */
  readonly timeZone: string;
  /** Ids of scenarios. */
  readonly scenarios: readonly string[];
}

export interface GameDaySlot<D> {
  /** `weekly/2026-11-23`: its drill is started once. */
  readonly id: string;
  readonly day: D;
  readonly scenario: string;
}

/** Started late it would come at somebody's lunch: then the next week's is the next. */
const tooLateMinutes = 60;
const weekMs = 7 * 86_400_000;

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter costs a hundred times its use, and it is asked each minute. */
const clockOf = (timeZone: string): Intl.DateTimeFormat => {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  clocks.set(timeZone, clock);
  return clock;
};

const minutesOf = (time: string): number => {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
};

/** Week by week the next one of the list. */
const scenarioIn = ({ scenarios }: Day, date: string): string =>
  scenarios[Math.floor(Date.parse(`${date}T00:00:00Z`) / weekMs) % scenarios.length] ?? '';

/** The slots that began within the last hour; `now` in milliseconds since 1970. */
export const gameDaysAt = <D extends Day>(
  schedule: readonly D[],
  now: number,
): readonly GameDaySlot<D>[] =>
  schedule.flatMap((day) => {
    const parts = clockOf(day.timeZone).formatToParts(now);
    const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
    const late = minutesOf(`${part('hour')}:${part('minute')}`) - minutesOf(day.at);
    if (part('weekday') !== day.weekday || late < 0 || late >= tooLateMinutes) return [];
    const date = `${part('year')}-${part('month')}-${part('day')}`;
    return [{ id: `${day.id}/${date}`, day, scenario: scenarioIn(day, date) }];
  });
