/** Ten mistakes that Cordon does not make, put between its functions and the world: the harness must see each. */
import type { SQSBatchResponse } from 'aws-lambda';
import type { CordonConfig } from '../../src/config/config.ts';
import type { LocalWorld } from '../../src/local/local-world.ts';
import type { FunctionName, Invocation } from './containers.ts';
import type { Call } from './witness.ts';

type Go = () => Promise<unknown>;

export interface Bug {
  readonly id: string;
  /** The mistake, and what it would do. */
  readonly title: string;
  /** In the place of a call to AWS or a table. */
  readonly aws?: (call: Call, go: Go, by: Invocation, world: LocalWorld) => Promise<unknown>;
  /** What is made of an AWS call that was throttled. */
  readonly throttled?: (call: Call) => Promise<unknown>;
  /** What is made of Slack's 429. */
  readonly slackThrottled?: (method: string) => Response;
  readonly answered?: (name: FunctionName, answer: SQSBatchResponse) => SQSBatchResponse;
  readonly config?: Partial<CordonConfig>;
  /** Names of acts that follow the opening, where the mistake needs an occasion. */
  readonly occasion?: readonly string[];
}

/** What DynamoDB answers to a write that was made. */
const written = { response: {}, output: { $metadata: { httpStatusCode: 200 } } };

const itemOf = (call: Call): Record<string, unknown> =>
  (Reflect.get(call.input, 'Item') ?? {}) as Record<string, unknown>;

const isPut = (call: Call, prefix: string, sk?: string): boolean =>
  call.service === 'dynamodb' &&
  call.operation === 'PutItem' &&
  String(itemOf(call)['pk']).startsWith(prefix) &&
  (sk === undefined || itemOf(call)['sk'] === sk);

/** The write is made whatever is stored. */
const unconditionally = (call: Call): void => {
  for (const name of [
    'ConditionExpression',
    'ExpressionAttributeNames',
    'ExpressionAttributeValues',
  ])
    Reflect.deleteProperty(call.input, name);
};

const lostCondition: Bug = {
  id: 'lost-condition',
  title: 'a request is stored without its condition: of two clicks both win',
  occasion: ['server alert', 'isolate the server while two decide'],
  aws(call, go) {
    if (isPut(call, 'REQUEST#')) unconditionally(call);
    return go();
  },
};

const skippedJournal: Bug = {
  id: 'skipped-journal',
  title: 'a change is made without its line in the journal',
  aws(call, go) {
    const entry = itemOf(call)['entry'] as { readonly state?: string } | undefined;
    return isPut(call, 'JOURNAL#') && entry?.state === 'intended' ? Promise.resolve(written) : go();
  },
};

/** Nine bytes an id, as src/store/arrivals.ts packs them. */
const idBytes = 9;

const counter: Bug = {
  id: 'counter-for-set',
  title: 'each delivery counts, not each finding',
  aws(call, go, by) {
    const item = itemOf(call);
    const ids = item['ids'];
    if (isPut(call, 'ARRIVALS#') && ids instanceof Uint8Array) {
      const counted = Buffer.from(ids);
      for (let at = 0; at < counted.length; at += idBytes) counted.writeUInt16BE(by.number, at);
      item['ids'] = counted;
    }
    return go();
  },
};

const missingLease: Bug = {
  id: 'missing-lease',
  title: 'two executors work on one resource',
  aws(call, go) {
    if (isPut(call, 'LEASE#')) unconditionally(call);
    return go();
  },
};

const staleStamp: Bug = {
  id: 'stale-stamp',
  title: 'the executor takes any old word for it that people may still do this',
  occasion: ['server alert', 'isolate the server with a late executor'],
  async aws(call, go, by) {
    const answer = await go();
    if (by.name !== 'executor' || call.operation !== 'GetItem') return answer;
    const item: unknown = (answer as { output?: { Item?: Record<string, unknown> } }).output
      ?.Item?.['item'];
    const stamp =
      typeof item === 'object' && item !== null ? Reflect.get(item, 'stamp') : undefined;
    if (stamp) Reflect.set(stamp, 'at', new Date(by.startedAt).toISOString());
    return answer;
  },
};

const swallowed429: Bug = {
  id: 'swallowed-429',
  title: 'a message that Slack was too busy for counts as shown',
  occasion: ['server alert', 'isolate the server while Slack is busy'],
  slackThrottled: () => Response.json({ ok: true, ts: '1.000001', channel: 'C0SECURITY' }),
};

const countedTwice: Bug = {
  id: 'approval-counted-twice',
  title: 'one human with two accounts approves their own request',
  occasion: ['server alert', 'second account'],
  config: { identities: [], responders: { users: [], groups: ['S0SECRESP', 'S0SECAPPR'] } },
};

interface Seen {
  readonly NetworkInterfaces?: { Groups?: { GroupId?: string; GroupName?: string }[] }[];
}

const blindUndo: Bug = {
  id: 'blind-undo',
  title: 'an undo takes what somebody else changed for what Cordon left',
  occasion: ['server alert', 'isolate the server', 'strange hands', 'undo of the isolation'],
  async aws(call, go, _, { aws }) {
    const answer = (await go()) as Seen;
    if (call.operation !== 'DescribeNetworkInterfaces') return answer;
    const { groups } = aws.partition('123456789012', 'eu-west-1');
    const ours = [...groups.values()].find(({ name }) => name === 'cordon-quarantine');
    if (ours)
      for (const one of answer.NetworkInterfaces ?? [])
        one.Groups = [{ GroupId: ours.id, GroupName: ours.name }];
    return answer;
  },
};

const noClaim: Bug = {
  id: 'post-without-claim',
  title: 'a message is posted without a claim: after a crash it is posted again',
  aws(call, go) {
    if (call.operation === 'PutItem' && itemOf(call)['sk'] === 'SHOWN')
      Reflect.deleteProperty(itemOf(call), 'posting');
    return go();
  },
};

const acknowledgedUnfinished: Bug = {
  id: 'acknowledged-unfinished',
  title: 'a delivery that failed is taken off its queue',
  answered: () => ({ batchItemFailures: [] }),
};

export const bugs: readonly Bug[] = [
  lostCondition,
  skippedJournal,
  counter,
  missingLease,
  staleStamp,
  swallowed429,
  countedTwice,
  blindUndo,
  noClaim,
  acknowledgedUnfinished,
];
