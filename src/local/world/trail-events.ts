/**
 * The simulated CloudTrail: its event history, and the look-up in it with its documented limits.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
import type { LookupAttributeKey, LookupEventsCommandInput } from '@aws-sdk/client-cloudtrail';
import type { Finding } from '../../findings/finding.ts';
import { at, identifier } from '../../findings/read.ts';
import { AwsError, throttled } from './aws-error.ts';
import type { ApiCall } from './service-state.ts';
import type { Partition } from './state.ts';
import type { Call, Handlers, World } from './world.ts';

const keptMs = 90 * 86_400_000;
const mostOfPage = 50;
/** Look-ups a second in one account and Region. */
const perSecond = 2;

/** Also what comes later on the list is later in time. */
const logged = ({ services }: Partition, call: ApiCall): void => {
  if (!services.apiCalls.some(({ id }) => id === call.id)) services.apiCalls.push(call);
};

export const logCall = (
  world: World,
  place: { readonly account: string; readonly region: string },
  call: Omit<ApiCall, 'id'> & { readonly id?: string },
): void => {
  const id = call.id ?? world.nextId('event');
  logged(world.partition(place.account, place.region), { ...call, id });
};

/** A call that EventBridge tells of is in the history of the account that it was made in. */
export const logEvent = (world: World, event: unknown): void => {
  if (at(event, 'detail-type') !== 'AWS API Call via CloudTrail') return;
  const detail = at(event, 'detail');
  const words = (...path: readonly string[]): string => identifier(at(detail, ...path));
  const [account, region] = [words('recipientAccountId'), words('awsRegion')];
  if (!account || !region || !words('eventID')) return;
  logCall(
    world,
    { account, region },
    {
      id: words('eventID'),
      at: words('eventTime'),
      name: words('eventName'),
      source: words('eventSource'),
      user:
        words('userIdentity', 'userName') ||
        (words('userIdentity', 'type') === 'Root' ? 'root' : ''),
      key: words('userIdentity', 'accessKeyId'),
      from: words('sourceIPAddress'),
      agent: words('userAgent'),
      ...(words('errorCode') ? { error: words('errorCode') } : {}),
    },
  );
};

/** The call that a finding about credentials tells of. */
export const logFinding = (world: World, finding: Finding, event: unknown): void => {
  const action = at(event, 'detail', 'service', 'action', 'awsApiCallAction');
  const key = finding.resources.find(({ kind }) => kind === 'access-key');
  const name = identifier(at(action, 'api'));
  if (key?.kind !== 'access-key' || !name) return;
  logCall(world, finding, {
    id: `of-${finding.canonicalId.split('/').at(-1)}`,
    at: finding.firstSeen,
    name,
    source: identifier(at(action, 'serviceName')),
    user: key.user ?? '',
    key: key.id,
    from: identifier(at(action, 'remoteIpDetails', 'ipAddressV4')),
    agent: 'aws-cli/2.27.1',
  });
};

const attributes: { readonly [K in LookupAttributeKey]: (call: ApiCall) => readonly string[] } = {
  AccessKeyId: ({ key }) => [key],
  EventId: ({ id }) => [id],
  EventName: ({ name }) => [name],
  EventSource: ({ source }) => [source],
  ReadOnly: ({ name }) => [String(/^(Describe|Get|List|Lookup)/.test(name))],
  ResourceName: ({ resources = [] }) => resources,
  ResourceType: () => [],
  Username: ({ user }) => [user],
};

const invalid = (name: string, message: string): AwsError => new AwsError(name, message, 400);

/** The times of look-ups in the last second, by account and Region. */
const lately = new WeakMap<Partition, readonly number[]>();

const limit = (partition: Partition, now: number): void => {
  const recent = (lately.get(partition) ?? []).filter((time) => now - time < 1000);
  if (recent.length >= perSecond) throw throttled('cloudtrail');
  lately.set(partition, [...recent, now]);
};

const wanted = (input: LookupEventsCommandInput): ((call: ApiCall) => boolean) => {
  const [attribute, ...more] = input.LookupAttributes ?? [];
  if (more.length > 0)
    throw invalid('InvalidLookupAttributesException', 'You can specify only one lookup attribute.');
  const { AttributeKey, AttributeValue = '' } = attribute ?? {};
  return AttributeKey
    ? (call) => attributes[AttributeKey](call).includes(AttributeValue)
    : () => true;
};

const drawn = (call: ApiCall, { account, region }: Partition) => ({
  EventId: call.id,
  EventName: call.name,
  EventSource: call.source,
  EventTime: new Date(call.at),
  Username: call.user,
  AccessKeyId: call.key,
  CloudTrailEvent: JSON.stringify({
    eventVersion: '1.11',
    eventID: call.id,
    eventTime: call.at,
    eventName: call.name,
    eventSource: call.source,
    awsRegion: region,
    recipientAccountId: account,
    sourceIPAddress: call.from,
    userAgent: call.agent,
    ...(call.error ? { errorCode: call.error } : {}),
  }),
});

export const trailEventHandlers = {
  /** The newest first. */
  LookupEvents(input: LookupEventsCommandInput, { partition, world }: Call) {
    const { MaxResults = mostOfPage, NextToken = '0' } = input;
    if (MaxResults < 1 || MaxResults > mostOfPage)
      throw invalid('InvalidMaxResultsException', 'The value of max results is not valid.');
    if (input.StartTime && input.EndTime && input.StartTime > input.EndTime)
      throw invalid('InvalidTimeRangeException', 'The start time is after the end time.');
    const fits = wanted(input);
    limit(partition, world.now());
    const from = Math.max(world.now() - keptMs, input.StartTime?.getTime() ?? 0);
    const to = input.EndTime?.getTime() ?? world.now();
    const found = partition.services.apiCalls
      .filter(({ at: time }) => Date.parse(time) >= from && Date.parse(time) <= to)
      .filter(fits)
      .sort((a, b) => b.at.localeCompare(a.at));
    const start = Number(NextToken);
    const page = found.slice(start, start + MaxResults);
    return {
      Events: page.map((call) => drawn(call, partition)),
      ...(start + MaxResults < found.length ? { NextToken: String(start + MaxResults) } : {}),
    };
  },
} satisfies Handlers;
