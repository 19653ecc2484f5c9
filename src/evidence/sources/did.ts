/**
 * What the principal did: CloudTrail's look-ups by access key, user or session name, and resource.
 * They answer the management events of one Region in the last 90 days, by one attribute at a time, 50 a
 * page and two requests a second in an account and Region, a few minutes after the call.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
import { andMore } from '../../findings/and-more.ts';
import { type Fact, untrusted } from '../../findings/finding.ts';
import { type Activity, activityOf, inOrder, notable } from '../activity.ts';
import { type Attempt, allDone, attempt, gapsOf, valuesOf } from '../attempt.ts';
import {
  AskAgain,
  type Found,
  type Gap,
  type Looking,
  type Moment,
  type Source,
} from '../source.ts';
import type { Subjects } from '../subjects.ts';
import type { TrailEvent } from '../trail-event.ts';
import { type Attribute, type PageReader, type Pages, pageReader } from './did-pages.ts';

/** Look-ups of one gathering, each in each of its Regions: in two Regions it ends after 48 pages. */
const mostLookUps = 4;
const keptMs = 90 * 86_400_000;

/** Where calls to services without Regions (IAM, Organizations) are logged. */
const globalRegion = 'us-east-1';

interface LookUp extends Attribute {
  readonly account: string;
  readonly regions: readonly string[];
  /** Also what came before the incident: only of a principal, for a resource is used by many. */
  readonly before: boolean;
}

/** What to look up, the principals first; resources only where the case names no principal. */
export const lookUpsOf = (subjects: Subjects): readonly LookUp[] => {
  const { principals, keys, sessions, resources, places } = subjects;
  const regions = [...new Set([...places.map(({ region }) => region), globalRegion])];
  // CloudTrail has root under that name, and a role under the names of its sessions.
  const users = principals
    .filter(({ kind }) => kind !== 'role')
    .map(({ name, account }) => ({ value: name, account }));
  const named = [...users, ...sessions.map(({ name, account }) => ({ value: name, account }))];
  const ofPrincipals: readonly LookUp[] = [
    ...named.map((one) => ({ by: 'Username' as const, ...one, regions, before: true })),
    ...keys.map(({ id, account, user }) => ({
      by: 'AccessKeyId' as const,
      value: id,
      account,
      regions,
      before: named.length === 0 && !user,
    })),
  ];
  if (ofPrincipals.length > 0) return ofPrincipals;
  const things = [
    ...principals.map(({ name, account }) => ({ value: name, account, regions })),
    ...resources.map(({ id, account, region: own }) => ({ value: id, account, regions: [own] })),
  ];
  return things.map((thing) => ({ by: 'ResourceName' as const, ...thing, before: false }));
};

interface Read extends Pages {
  readonly lookUp: LookUp;
  readonly region: string;
  readonly time: 'incident' | 'before';
}

const isOfIncident = ({ time }: Pick<Read, 'time'>): boolean => time === 'incident';

const nameOf = ({ value }: LookUp, region: string): string => `CloudTrail of ${value} in ${region}`;

interface Task extends Pick<Read, 'lookUp' | 'region' | 'time'> {}

/** The incident of every look-up first: what came before matters only beside it. */
const tasksOf = (lookUps: readonly LookUp[]): readonly Task[] => {
  const each = (time: Read['time'], wanted: readonly LookUp[]) =>
    wanted.flatMap((lookUp) => lookUp.regions.map((region) => ({ lookUp, region, time })));
  return [
    ...each('incident', lookUps),
    ...each(
      'before',
      lookUps.filter(({ before }) => before),
    ),
  ];
};

const attributeOf = ({ by, value }: LookUp): Attribute => ({ by, value });

const readOne = (looking: Looking, pages: PageReader, task: Task): Promise<Attempt<Read>> => {
  const { lookUp, region, time } = task;
  const [from, to] = [Date.parse(looking.from), Date.parse(looking.to)];
  const span = time === 'incident' ? { from, to } : { from: to - keptMs, to: from };
  return attempt(
    `${nameOf(lookUp, region)}${time === 'before' ? ' before that' : ''}`,
    async () => ({
      ...task,
      ...(await pages.read(looking.at(lookUp.account, region), attributeOf(lookUp), span)),
    }),
  );
};

/** One after the other in an account and Region, for they share its two requests a second. */
const readAll = async (looking: Looking, lookUps: readonly LookUp[]) => {
  const pages = pageReader(looking);
  const byPlace = new Map<string, Task[]>();
  for (const task of tasksOf(lookUps)) {
    const place = `${task.lookUp.account}/${task.region}`;
    byPlace.set(place, [...(byPlace.get(place) ?? []), task]);
  }
  const read = await allDone(
    [...byPlace.values()].map(async (tasks) => {
      const attempts: Attempt<Read>[] = [];
      for (const task of tasks) attempts.push(await readOne(looking, pages, task));
      return attempts;
    }),
  ).catch(async (error: unknown) => {
    if (error instanceof AskAgain) await pages.keep();
    throw error;
  });
  return read.flat();
};

/** How many look-ups of the time before there have to be. */
const wantedBefore = (lookUps: readonly LookUp[]): number =>
  tasksOf(lookUps).filter(({ time }) => time === 'before').length;

const ended = ({ lookUp, region, time, events, stopped }: Read): readonly Gap[] =>
  stopped
    ? [
        {
          what: nameOf(lookUp, region),
          because: `the look-up ${time === 'before' ? 'of the 90 days before ' : ''}ended at ${events.length} events, ${stopped}`,
        },
      ]
    : [];

const most = 4;

type Counted = string | { readonly name: string; readonly times: number };

const listed = (all: readonly Counted[]) =>
  untrusted(
    andMore(
      all.map((one) =>
        typeof one === 'string' ? one : `${one.name}${one.times > 1 ? ` ×${one.times}` : ''}`,
      ),
      most,
    ),
  );

const clock = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')}`;

/** Regions in which something was read, in words. */
const regionsOf = (reads: readonly Read[]): string =>
  [...new Set(reads.filter(isOfIncident).map(({ region }) => region))].join(', ');

const factsOf = (
  activity: Activity | undefined,
  reads: readonly Read[],
  since: string,
): readonly Fact[] => {
  const lookedIn = regionsOf(reads);
  if (!activity)
    return lookedIn
      ? [
          {
            label: 'calls',
            value: untrusted(`none that CloudTrail tells; looked up in ${lookedIn} only`),
          },
        ]
      : [];
  const { calls, first, last, regions, addresses, denied, destructive, fresh } = activity;
  const news = [...(fresh?.addresses ?? []), ...(fresh?.names ?? [])];
  return [
    {
      label: 'calls',
      value: untrusted(
        `${calls}, ${clock(first)} to ${clock(last)} UTC, in ${listed(regions)}; looked up in ${lookedIn} only`,
      ),
    },
    { label: 'from', value: listed(addresses) },
    ...(denied.length > 0 ? [{ label: 'denied', value: listed(denied) }] : []),
    ...(destructive.length > 0 ? [{ label: 'destructive', value: listed(destructive) }] : []),
    ...(news.length > 0 ? [{ label: `new ${since}`, value: listed(news) }] : []),
  ];
};

const momentOf = ({ at, call, from, error }: TrailEvent): Moment => ({
  at,
  what: untrusted(`${call} from ${from}${error ? `, ${error}` : ''}`),
});

/**
 * Since when the calls before the incident are known: as `in 90 days`. CloudTrail answers the newest first, so
 * a look-up that stopped knows what came after its oldest event. Undefined where one of them is not known
 * at all, for then everything could be called new.
 */
const knownSince = (lookUps: readonly LookUp[], reads: readonly Read[]): string | undefined => {
  const known = reads.filter(({ time }) => time === 'before');
  if (known.length === 0 || known.length < wantedBefore(lookUps)) return undefined;
  const oldest = known.flatMap(({ stopped, events }) =>
    stopped ? [events.map(({ at }) => at).sort()[0] ?? ''] : [],
  );
  const latest = oldest.sort().at(-1);
  return latest === undefined ? 'in 90 days' : `since ${clock(latest)} UTC`;
};

/** What a later gathering calls new. */
const seenIn = ({ names, addresses, regions }: Activity) => [
  ...names.map(({ name }) => untrusted(`call ${name}`)),
  ...addresses.map(({ name }) => untrusted(`address ${name}`)),
  ...regions.map(({ name }) => untrusted(`Region ${name}`)),
];

const leftOut = (wanted: readonly LookUp[]): readonly Gap[] =>
  wanted.length > mostLookUps
    ? [
        {
          what: wanted
            .slice(mostLookUps)
            .map(({ value }) => value)
            .join(', '),
          because: `not looked up, only the first ${mostLookUps} of a case are`,
        },
      ]
    : [];

export const did: Source = {
  id: 'did',
  title: 'Did',
  reads: ['cloudtrail:LookupEvents'],
  fits: (subjects) => lookUpsOf(subjects).length > 0,
  async gather(looking): Promise<Found> {
    const wanted = lookUpsOf(looking.subjects);
    const lookUps = wanted.slice(0, mostLookUps);
    const attempts = await readAll(looking, lookUps);
    const reads = valuesOf(attempts);
    const eventsOf = (which: readonly Read[]) => which.flatMap(({ events }) => events);
    const events = inOrder(eventsOf(reads.filter(isOfIncident)));
    const since = knownSince(lookUps, reads);
    const activity = activityOf(
      events,
      since ? eventsOf(reads.filter((one) => !isOfIncident(one))) : undefined,
    );
    return {
      facts: factsOf(activity, reads, since ?? ''),
      moments: activity ? notable(events, activity).map(momentOf) : [],
      gaps: [...gapsOf(attempts), ...reads.flatMap(ended), ...leftOut(wanted)],
      seen: activity ? seenIn(activity) : [],
      data: {
        lookUps: reads.map(({ lookUp, region, time, events: found, stopped }) => ({
          by: lookUp.by,
          value: lookUp.value,
          account: lookUp.account,
          region,
          time,
          events: found.length,
          ...(stopped ? { stopped } : {}),
        })),
        activity,
        events,
      },
    };
  },
};
