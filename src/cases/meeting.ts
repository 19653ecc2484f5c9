/**
 * Two open cases, and a finding that names what both are about: they become one, when nothing stands in
 * the way. Which goes on does not depend on who asks or when, so no two merges can go round in circles.
 */
import { type Case, isActive, type Meeting } from './case.ts';

const minuteMs = 60_000;
/** What people do takes its time; what is being written is there at once, or delivered again. */
const againMs = 5 * minuteMs;
const soonMs = minuteMs;
/** So long it is looked at again. */
const longestMs = 24 * 60 * minuteMs;

/** What people closed, snoozed or suppressed stays as they left it. */
export const takesPart = (theCase: Case): boolean =>
  isActive(theCase) && !theCase.snoozed && !theCase.suppression;

type Age = Pick<Case, 'id' | 'openedAt'>;

/** The one that was opened first comes first; of equals the first by id. */
export const byAge = (a: Age, b: Age): number =>
  a.openedAt === b.openedAt ? a.id.localeCompare(b.id) : a.openedAt.localeCompare(b.openedAt);

/** The case with the wish to become one with these; the same value when there is nothing new to wish. */
export const withMeetings = (
  theCase: Case,
  others: readonly string[],
  { at, because }: Omit<Meeting, 'next'>,
): Case => {
  const known = [
    theCase.id,
    ...(theCase.absorbed ?? []).map(({ id }) => id),
    ...Object.keys(theCase.meets ?? {}),
  ];
  const fresh = others.filter((id) => !known.includes(id));
  if (fresh.length === 0) return theCase;
  const meets = Object.fromEntries(fresh.map((id) => [id, { at, because, next: at }]));
  return {
    ...theCase,
    version: theCase.version + 1,
    meets: { ...theCase.meets, ...meets },
  };
};

/** When a meeting of this case is due; undefined when none is. ISO 8601 UTC. */
export const meetsAt = ({ meets = {} }: Pick<Case, 'meets'>): string | undefined =>
  Object.values(meets)
    .map(({ next }) => next)
    .sort()[0];

export interface MeetingFacts {
  /** The one that was opened first; undefined where a case is not stored. */
  readonly older: Case | undefined;
  readonly younger: Case | undefined;
  /** A request of the younger one waits or runs. */
  readonly busy: boolean;
  /** ISO 8601 UTC. */
  readonly now: string;
}

export type MeetingDecision =
  | { readonly kind: 'merge'; readonly into: Case; readonly from: Case }
  /** `next`: when to look again; ISO 8601 UTC. */
  | { readonly kind: 'wait'; readonly next: string; readonly because: string }
  | { readonly kind: 'over'; readonly because: string };

export const decideMeeting = (
  meeting: Meeting,
  { older, younger, busy, now }: MeetingFacts,
): MeetingDecision => {
  if (older && younger && older.id === younger.id)
    return { kind: 'over', because: 'they are one already' };
  if (older && younger && !(isActive(older) && isActive(younger)))
    return { kind: 'over', because: 'one of them is closed' };
  // Who reads the one channel may not read the other: nobody's case goes where they cannot see it.
  if (older && younger && older.channel !== younger.channel)
    return { kind: 'over', because: 'their cards are in different channels' };
  const inTheWay = obstacle(older, younger, busy);
  if (older && younger && !inTheWay) return { kind: 'merge', into: older, from: younger };
  const because = inTheWay ?? 'one of them is not stored yet';
  if (Date.parse(now) - Date.parse(meeting.at) >= longestMs)
    return { kind: 'over', because: `for a day ${because}` };
  const ms = inTheWay ? againMs : soonMs;
  return { kind: 'wait', next: new Date(Date.parse(now) + ms).toISOString(), because };
};

const obstacle = (
  older: Case | undefined,
  younger: Case | undefined,
  busy: boolean,
): string | undefined => {
  if (busy) return 'a request of the younger one is open';
  const aside = [older, younger].some((one) => one && !takesPart(one));
  return aside ? 'people said that one of them can wait' : undefined;
};
