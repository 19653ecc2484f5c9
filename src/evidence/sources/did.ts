/**
 * What the principal did: CloudTrail's look-ups by access key, user or session name, and resource.
 * They answer the management events of one Region in the last 90 days, by one attribute at a time, 50 a
 * page and two requests a second in an account and Region, a few minutes after the call.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
import type { LookupAttribute } from '@aws-sdk/client-cloudtrail';
import { type Fact, untrusted } from '../../findings/finding.ts';
import type { Reader } from '../../posture/question.ts';
import { type Activity, activityOf, inOrder, notable } from '../activity.ts';
import { type Attempt, attempt, gapsOf, valuesOf } from '../attempt.ts';
import type { Found, Gap, Looking, Moment, Source } from '../source.ts';
import type { Subjects } from '../subjects.ts';
import { type TrailEvent, trailEvent } from '../trail-event.ts';

/** Pages of 50 that one look-up reads in one Region. */
const mostPages = 3;
/** Look-ups of one gathering, each in each of its Regions: so a gathering ends after 48 pages. */
const mostLookUps = 4;
const pageSize = 50;
const keptMs = 90 * 86_400_000;

/** Where calls to services without Regions (IAM, Organizations) are logged. */
const globalRegion = 'us-east-1';

interface LookUp {
  readonly by: 'AccessKeyId' | 'Username' | 'ResourceName';
  readonly value: string;
  readonly account: string;
  readonly regions: readonly string[];
  /** Also what came before the incident: only of a principal, for a resource is used by many. */
  readonly before: boolean;
}

/** What to look up, the principals first; resources only where the case names no principal. */
export const lookUpsOf = (subjects: Subjects): readonly LookUp[] => {
  const { principals, keys, sessions, resources, region } = subjects;
  const regions = [...new Set([region, globalRegion])];
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

interface Pages {
  readonly events: readonly TrailEvent[];
  /** CloudTrail has more than were read. */
  readonly more: boolean;
}

const readPages = async (
  reader: Reader,
  { by, value }: LookUp,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Pages> => {
  const attribute: LookupAttribute = { AttributeKey: by, AttributeValue: value };
  const events: TrailEvent[] = [];
  let token: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await reader.call('cloudtrail:LookupEvents', {
      LookupAttributes: [attribute],
      StartTime: new Date(from),
      EndTime: new Date(to),
      MaxResults: pageSize,
      ...(token ? { NextToken: token } : {}),
    });
    events.push(...(answer.Events ?? []).flatMap((one) => trailEvent(one, reader.region) ?? []));
    token = answer.NextToken;
    if (!token) return { events, more: false };
  }
  return { events, more: true };
};

interface Read extends Pages {
  readonly lookUp: LookUp;
  readonly region: string;
  readonly time: 'incident' | 'before';
}

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

const readOne = (looking: Looking, task: Task): Promise<Attempt<Read>> => {
  const { lookUp, region, time } = task;
  const [from, to] = [Date.parse(looking.from), Date.parse(looking.to)];
  const span = time === 'incident' ? { from, to } : { from: to - keptMs, to: from };
  return attempt(
    `${nameOf(lookUp, region)}${time === 'before' ? ' before that' : ''}`,
    async () => ({
      ...task,
      ...(await readPages(looking.at(lookUp.account, region), lookUp, span)),
    }),
  );
};

/** One after the other in an account and Region, for they share its two requests a second. */
const readAll = async (looking: Looking, lookUps: readonly LookUp[]) => {
  const byPlace = new Map<string, Task[]>();
  for (const task of tasksOf(lookUps)) {
    const place = `${task.lookUp.account}/${task.region}`;
    byPlace.set(place, [...(byPlace.get(place) ?? []), task]);
  }
  const read = await Promise.all(
    [...byPlace.values()].map(async (tasks) => {
      const attempts: Attempt<Read>[] = [];
      for (const task of tasks) attempts.push(await readOne(looking, task));
      return attempts;
    }),
  );
  return read.flat();
};

const ended = ({ lookUp, region, time, events, more }: Read): readonly Gap[] =>
  more
    ? [
        {
          what: nameOf(lookUp, region),
          because: `the look-up ${time === 'before' ? 'of the 90 days before ' : ''}ended at ${events.length} events, there are more`,
        },
      ]
    : [];

const most = 4;

const listed = (all: readonly (string | { readonly name: string; readonly times: number })[]) => {
  const names = all
    .slice(0, most)
    .map((one) =>
      typeof one === 'string' ? one : `${one.name}${one.times > 1 ? ` ×${one.times}` : ''}`,
    );
  return untrusted(
    `${names.join(', ')}${all.length > most ? ` and ${all.length - most} more` : ''}`,
  );
};

const clock = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')}`;

const factsOf = (activity: Activity | undefined, answered: boolean): readonly Fact[] => {
  if (!activity)
    return answered ? [{ label: 'calls', value: untrusted('none that CloudTrail tells') }] : [];
  const { calls, first, last, regions, addresses, denied, destructive, fresh } = activity;
  const news = [...(fresh?.addresses ?? []), ...(fresh?.names ?? [])];
  return [
    {
      label: 'calls',
      value: untrusted(`${calls}, ${clock(first)} to ${clock(last)} UTC, in ${listed(regions)}`),
    },
    { label: 'from', value: listed(addresses) },
    ...(denied.length > 0 ? [{ label: 'denied', value: listed(denied) }] : []),
    ...(destructive.length > 0 ? [{ label: 'destructive', value: listed(destructive) }] : []),
    ...(news.length > 0 ? [{ label: 'new in 90 days', value: listed(news) }] : []),
  ];
};

const momentOf = ({ at, call, from, error }: TrailEvent): Moment => ({
  at,
  what: untrusted(`${call} from ${from}${error ? `, ${error}` : ''}`),
});

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
    const attempts = await readAll(looking, wanted.slice(0, mostLookUps));
    const reads = valuesOf(attempts);
    const eventsOf = (time: Read['time']) =>
      reads.filter((read) => read.time === time).flatMap(({ events }) => events);
    const events = inOrder(eventsOf('incident'));
    const knowsBefore = reads.some(({ time }) => time === 'before');
    const activity = activityOf(events, knowsBefore ? eventsOf('before') : undefined);
    return {
      facts: factsOf(
        activity,
        reads.some(({ time }) => time === 'incident'),
      ),
      moments: activity ? notable(events, activity).map(momentOf) : [],
      gaps: [...gapsOf(attempts), ...reads.flatMap(ended), ...leftOut(wanted)],
      seen: activity ? seenIn(activity) : [],
      data: {
        lookUps: reads.map(({ lookUp, region, time, events: found, more }) => ({
          by: lookUp.by,
          value: lookUp.value,
          account: lookUp.account,
          region,
          time,
          events: found.length,
          more,
        })),
        activity,
        events,
      },
    };
  },
};
