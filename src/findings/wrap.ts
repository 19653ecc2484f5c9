/**
 * Puts an EventBridge envelope around what has none, so that a finding from an API answer, a log
 * or a test goes the same way as a delivered event.
 */
import { at, contentHash, embedded, isObject, text } from './read.ts';
import { services, sourceOf } from './services.ts';

/** An event with what EventBridge always sends; the detail is as unchecked as before. */
interface WrappedEvent {
  readonly version: string;
  readonly id: string;
  readonly source: string;
  readonly 'detail-type': string;
  readonly account: string;
  readonly region: string;
  readonly time: string;
  readonly resources: readonly unknown[];
  readonly detail: unknown;
}

type Fields = Readonly<Record<string, unknown>>;
type Content = Partial<Omit<WrappedEvent, 'id'>> & Pick<WrappedEvent, 'detail-type' | 'detail'>;

interface Shape {
  readonly is: (bare: Fields) => boolean;
  readonly content: (bare: Fields) => Content;
}

/**
 * Events that have an envelope stay as they are, but for a missing `source` or `id` and for a
 * GuardDuty detail in its API's PascalCase; entries of
 * `aws events put-events` and bare findings of the known shapes get an envelope whose id is their
 * content's hash; anything else comes back unchanged, for `parse` to ignore.
 */
export const wrap = (json: unknown): unknown => {
  if (!isObject(json)) return json;
  if (typeof json['detail-type'] === 'string')
    return delivered(completed(json, json['detail-type']));
  const shape = shapes.find((candidate) => candidate.is(json));
  return shape ? delivered({ ...envelope(json, shape.content(json)) }) : json;
};

/** GuardDuty's API answers in PascalCase; EventBridge delivers, and patterns name, camelCase. */
const delivered = (event: Fields): Fields => {
  const { detail } = event;
  if (event['detail-type'] !== 'GuardDuty Finding' || !isObject(detail) || !('Severity' in detail))
    return event;
  const camelCased = Object.entries(detail).map(([key, value]) => [
    key.charAt(0).toLowerCase() + key.slice(1),
    value,
  ]);
  return { ...event, detail: Object.fromEntries(camelCased) };
};

const completed = (event: Fields, detailType: string): Fields => ({
  ...event,
  ...(typeof event['id'] === 'string' ? {} : { id: contentHash(event) }),
  ...(typeof event['source'] === 'string' ? {} : { source: busOf(detailType, event['detail']) }),
});

const envelope = (bare: Fields, content: Content): WrappedEvent => ({
  version: '0',
  id: contentHash(bare),
  source: busOf(content['detail-type'], content.detail),
  account: first(bare, ['accountId', 'awsAccountId', 'resourceOwnerAccount', 'recipientAccountId']),
  region: first(bare, ['region', 'awsRegion']),
  time: first(bare, ['updatedAt', 'eventTime']) || '1970-01-01T00:00:00Z',
  resources: [],
  ...content,
});

/** EventBridge's `source` for a detail-type; CloudTrail's events carry the service that was called. */
const busOf = (detailType: string, detail: unknown): string => {
  const source = sourceOf('', detailType);
  if (source === undefined) return '';
  if (source !== 'cloudtrail') return services[source].bus;
  return `aws.${text(at(detail, 'eventSource')).split('.')[0] || 'cloudtrail'}`;
};

const first = (bare: Fields, keys: readonly string[]): string =>
  keys.map((key) => text(at(bare, key), 64)).find(Boolean) ?? '';

const has = (bare: Fields, ...keys: readonly string[]): boolean =>
  keys.every((key) => at(bare, key) !== undefined && at(bare, key) !== null);

const plain =
  (detailType: string) =>
  (bare: Fields): Content => ({ 'detail-type': detailType, detail: bare });

const cloudTrailTypes = new Map([
  ['AwsConsoleSignIn', 'AWS Console Sign In via CloudTrail'],
  ['AwsServiceEvent', 'AWS Service Event via CloudTrail'],
]);

/** The most particular first. */
const shapes: readonly Shape[] = [
  {
    // An entry of put-events, as in https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html
    is: (bare) => has(bare, 'DetailType', 'Detail'),
    content: (bare) => ({
      source: text(bare['Source'], 256),
      'detail-type': text(bare['DetailType'], 256),
      time: text(bare['Time'], 64) || '1970-01-01T00:00:00Z',
      detail: embedded(bare['Detail']) ?? bare['Detail'],
    }),
  },
  {
    is: (bare) => has(bare, 'ProductArn', 'AwsAccountId'),
    content: (bare) => ({
      'detail-type': 'Security Hub Findings - Imported',
      resources: [bare['Id']],
      detail: { findings: [bare] },
    }),
  },
  {
    // OCSF is a form of logs too: CloudTrail's own records can come in it.
    is: (bare) =>
      has(bare, 'class_uid') && at(bare, 'metadata', 'product', 'name') === 'CloudTrail',
    content: plain('AWS API Call via CloudTrail'),
  },
  {
    is: (bare) => /^2\d{3}$/.test(text(bare['class_uid'])),
    content: (bare) => ({
      'detail-type': 'Findings Imported V2',
      account: text(at(bare, 'cloud', 'account', 'uid'), 64),
      region: text(at(bare, 'cloud', 'region'), 64),
      resources: [at(bare, 'metadata', 'uid')],
      detail: { findings: [bare] },
    }),
  },
  {
    is: (bare) => has(bare, 'eventSource', 'eventName'),
    content: (bare) => ({
      'detail-type': cloudTrailTypes.get(text(bare['eventType'])) ?? 'AWS API Call via CloudTrail',
      detail: bare,
    }),
  },
  { is: (bare) => has(bare, 'findingArn', 'awsAccountId'), content: plain('Inspector2 Finding') },
  {
    is: (bare) =>
      has(bare, 'resourceOwnerAccount', 'resourceType') || has(bare, 'analyzedAt', 'resourceType'),
    content: plain('Access Analyzer Finding'),
  },
  {
    is: (bare) =>
      (has(bare, 'type', 'category') &&
        (has(bare, 'resourcesAffected') || has(bare, 'policyDetails'))) ||
      (has(bare, 'type', 'id') && at(bare, 'severity', 'description') !== undefined),
    content: plain('Macie Finding'),
  },
  { is: (bare) => has(bare, 'configRuleName'), content: plain('Config Rules Compliance Change') },
  { is: (bare) => has(bare, 'eventTypeCode'), content: plain('AWS Health Event') },
  {
    // The answer of describe-event-details.
    is: (bare) => has(bare, 'event') && typeof at(bare, 'event', 'eventTypeCode') === 'string',
    content: (bare) => ({
      'detail-type': 'AWS Health Event',
      region: text(at(bare, 'event', 'region'), 64),
      detail: {
        ...(isObject(bare['event']) ? bare['event'] : {}),
        eventDescription: bare['eventDescription'],
      },
    }),
  },
  {
    is: (bare) => has(bare, 'type', 'id') && (has(bare, 'service') || has(bare, 'resource')),
    content: plain('GuardDuty Finding'),
  },
];
