/** What a principal did, from the events of CloudTrail: counted, and what stands out. Pure. */
import type { TrailEvent } from './trail-event.ts';

interface Counted {
  readonly name: string;
  readonly times: number;
}

export interface Activity {
  readonly calls: number;
  /** ISO 8601 UTC; of the first and the last call. */
  readonly first: string;
  readonly last: string;
  /** Each the most frequent first. */
  readonly regions: readonly Counted[];
  readonly addresses: readonly Counted[];
  readonly names: readonly Counted[];
  readonly denied: readonly Counted[];
  readonly destructive: readonly Counted[];
  /** Not in the events before the incident; undefined where those are not known. */
  readonly fresh?: { readonly names: readonly string[]; readonly addresses: readonly string[] };
}

/**
 * Calls that destroy, switch off or hide. By the verb with which AWS names them, and those whose name
 * does not say so. What only takes access away (Revoke, Detach) is as often a defender's.
 */
const destructiveVerb =
  /^(BatchDelete|Delete|Deregister|Destroy|Disable|Leave|Purge|ScheduleKeyDeletion|Stop|Terminate)/;
const destructiveCalls: readonly string[] = [
  'cloudtrail:PutEventSelectors',
  'cloudtrail:UpdateTrail',
  'guardduty:CreateFilter',
  'guardduty:UpdateDetector',
  's3:PutBucketLifecycle',
  's3:PutBucketLifecycleConfiguration',
];

export const isDestructive = (call: string): boolean =>
  destructiveCalls.includes(call) || destructiveVerb.test(call.split(':')[1] ?? '');

/** How services name a denial: docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export const isDenied = ({ error = '' }: TrailEvent): boolean =>
  /AccessDenied|Unauthorized(Operation|Access)?|NotAuthorized|AuthFailure|Forbidden/i.test(error);

const counted = (all: readonly string[]): readonly Counted[] => {
  const times = new Map<string, number>();
  for (const name of all) times.set(name, (times.get(name) ?? 0) + 1);
  return [...times]
    .map(([name, count]) => ({ name, times: count }))
    .sort((a, b) => b.times - a.times || a.name.localeCompare(b.name));
};

/** Each once, the oldest first: two look-ups may answer the same event. */
export const inOrder = (events: readonly TrailEvent[]): readonly TrailEvent[] =>
  [...new Map(events.map((event) => [event.id, event])).values()].sort(
    (a, b) => a.at.localeCompare(b.at) || a.id.localeCompare(b.id),
  );

const without = (all: readonly Counted[], known: readonly string[]): readonly string[] =>
  all.map(({ name }) => name).filter((name) => !known.includes(name));

/** `before`: the events of the same principal before the incident. Undefined when there are no events. */
export const activityOf = (
  events: readonly TrailEvent[],
  before: readonly TrailEvent[] | undefined,
): Activity | undefined => {
  const ordered = inOrder(events);
  const [first, last] = [ordered[0], ordered.at(-1)];
  if (!first || !last) return undefined;
  const addresses = counted(ordered.map(({ from }) => from));
  const names = counted(ordered.map(({ call }) => call));
  return {
    calls: ordered.length,
    first: first.at,
    last: last.at,
    regions: counted(ordered.map(({ region }) => region)),
    addresses,
    names,
    denied: counted(ordered.filter(isDenied).map(({ call }) => call)),
    destructive: counted(ordered.map(({ call }) => call).filter(isDestructive)),
    ...(before
      ? {
          fresh: {
            names: without(
              names,
              before.map(({ call }) => call),
            ),
            addresses: without(
              addresses,
              before.map(({ from }) => from),
            ),
          },
        }
      : {}),
  };
};

/** What a person reads first of them: the first call, then destructive, denied and new ones, the last. */
export const notable = (
  events: readonly TrailEvent[],
  { fresh }: Pick<Activity, 'fresh'>,
): readonly TrailEvent[] => {
  const ordered = inOrder(events);
  const firstOf = (fits: (event: TrailEvent) => boolean): readonly TrailEvent[] => [
    ...new Map(
      ordered
        .filter(fits)
        .toReversed()
        .map((event) => [event.call, event]),
    ).values(),
  ];
  const chosen = [
    ...ordered.slice(0, 1),
    ...firstOf(({ call }) => isDestructive(call)),
    ...firstOf(isDenied),
    ...firstOf(({ call }) => fresh?.names.includes(call) ?? false),
    ...ordered.slice(-1),
  ];
  return inOrder([...new Set(chosen)].slice(0, mostNotable));
};

const mostNotable = 6;
