/**
 * One of two operating-system processes: the real worker function over the shared tables, which
 * takes a signed job the moment its parent hands it over. Slack's and AWS's other edges are
 * simulated here; what it tells people and every start of an execution is reported.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { config } from '../../cordon.config.ts';
import { randomId } from '../../src/app/on-lambda.ts';
import type { Outside } from '../../src/app/outside.ts';
import { workerFunction } from '../../src/app/worker.ts';
import type { SdkClient } from '../../src/aws/sdk-client.ts';
import { localDeployment, logicalNames } from '../../src/local/runtime/resources.ts';
import { createSlackWorkspace } from '../../src/local/slack/workspace.ts';
import { attach, guard } from '../../src/local/world/attach.ts';
import { AwsError } from '../../src/local/world/aws-error.ts';
import { createWorld } from '../../src/local/world/world.ts';
import type { SignedRequest } from '../../src/slack/receiver.ts';
import { isNew } from '../../src/store/table.ts';
import { ownersTables } from './owners-tables.ts';

/** From the parent: take this job now. Several may be under way. */
export interface Order {
  readonly round: number;
  readonly job: SignedRequest;
}

/** To the parent. */
export interface Answer {
  readonly round: number;
  readonly report: Report;
}

/** What one process did in one round. */
export interface Report {
  /** `done`, `seen-before` …; `failed` when the queue would deliver it again. */
  outcome: string;
  /** Blocks that its person was shown, as JSON. */
  readonly told: string[];
  /** Each call of StartExecution; `exists` is Step Functions' refusal of a used name. */
  readonly starts: { readonly name: string; readonly result: 'started' | 'exists' }[];
  /** Conditional writes that another writer had made impossible. */
  lost: number;
}

const [endpoint = '', startedAt = '0'] = process.argv.slice(2);
const now = (): number => Number(startedAt);
const { chain } = ownersTables(endpoint);
const slack = createSlackWorkspace({ now });
const world = createWorld({
  now,
  securityAccount: config.securityAccount,
  resources: logicalNames,
});
const rounds = new AsyncLocalStorage<Report>();

/** The report of the round that the running code belongs to. */
const report = (): Report => {
  const current = rounds.getStore();
  if (!current) throw new Error('outside of any round');
  return current;
};

/** Step Functions' promise, shared by both processes: a name is started once. */
const startOnce = async ({ name = '' }: { readonly name?: string }): Promise<object> => {
  const put = await chain.put({ pk: `STARTED#${name}`, sk: 'STARTED' }, isNew);
  report().starts.push({ name, result: put ? 'started' : 'exists' });
  if (!put) throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${name}'`);
  return { executionArn: name };
};

world.register('states', { StartExecution: startOnce });
world.register('sqs', { SendMessage: () => ({ MessageId: 'sent' }) });
world.register('secretsmanager', {
  GetSecretValue: () => ({
    SecretString: JSON.stringify({
      token: slack.token,
      signingSecrets: [slack.signingSecret],
      botId: slack.ids.botId,
      botUserId: slack.ids.botUserId,
    }),
  }),
});

/** People are looked up in the simulated Slack; what is said to them is kept and always arrives. */
const slackFetch: typeof fetch = async (input, init) => {
  const request = new Request(input, init);
  const [, method = ''] = /\/api\/([\w.]+)$/.exec(request.url) ?? [];
  if (method !== 'views.update' && method !== 'chat.postEphemeral') return slack.fetch(request);
  const form = new URLSearchParams(await request.text());
  report().told.push(form.get('view') ?? form.get('blocks') ?? '');
  return Response.json({ ok: true });
};

type Next = (args: object) => Promise<unknown>;

const countLost = (client: SdkClient): void => {
  const middleware = (next: Next) => async (args: object) => {
    try {
      return await next(args);
    } catch (error) {
      if (error instanceof Error && error.name === 'ConditionalCheckFailedException')
        report().lost += 1;
      throw error;
    }
  };
  const options = { step: 'initialize', name: 'countLost' };
  client.middlewareStack.add(middleware as never, options as never);
};

const outside: Outside = {
  chance: { now, id: randomId },
  log: (line, facts) => {
    if (line === 'job.handled') report().outcome = String(facts?.['outcome']);
    if (line === 'record.failed') report().outcome = `failed: ${String(facts?.['error'])}`;
  },
  measure: () => {},
  credentials: { accessKeyId: 'FUNCTION-worker', secretAccessKey: 'local' },
  ownCall: (call) => world.dispatch({ ...call, accessKeyId: 'FUNCTION-worker' }),
  dynamoEndpoint: endpoint,
  viewPatienceMs: 0,
  slackFetch,
  onClient: (client, service) => {
    if (service !== 'dynamodb') return attach(client, service, world);
    guard(client, service, world);
    countLost(client);
  },
};

const worker = workerFunction(localDeployment, outside, config);

const take = async ({ round, job }: Order): Promise<void> => {
  const sent = String(now());
  await worker({
    Records: [
      {
        messageId: String(round),
        receiptHandle: String(round),
        body: JSON.stringify(job),
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: sent,
          SenderId: 'web',
          ApproximateFirstReceiveTimestamp: sent,
        },
        messageAttributes: {},
        md5OfBody: '',
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:eu-west-1:999988887777:cordon-jobs.fifo',
        awsRegion: localDeployment.region,
      },
    ],
  });
};

const obey = async (order: Order): Promise<void> => {
  const fresh: Report = { outcome: '', told: [], starts: [], lost: 0 };
  await rounds.run(fresh, take, order);
  const answer: Answer = { round: order.round, report: fresh };
  process.send?.(answer);
};

process.on('message', (order: Order) => void obey(order));
process.on('disconnect', () => process.exit());
