/**
 * The local world: the real handlers over simulated edges. Slack's API and screen, AWS, the queues,
 * the state machine, the schedule and the clock are simulated; everything else is what is deployed.
 */
import type { SendMessageCommandInput } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Vault } from '../audit/ports.ts';
import type { CordonConfig } from '../config/config.ts';
import { stateMachine } from '../execution/state-machine.ts';
import { parse } from '../findings/parse.ts';
import { wrap } from '../findings/wrap.ts';
import { compilePattern, matches } from '../rules/event-pattern.ts';
import { eventPatterns } from '../rules/event-patterns.ts';
import { type Activity, createActivity } from './runtime/activity.ts';
import { type Clock, createClock } from './runtime/clock.ts';
import { createExecutions, type Executions } from './runtime/executions.ts';
import { type LocalFunctions, localFunctions } from './runtime/functions.ts';
import { createQueues, type Queues } from './runtime/queues.ts';
import { localQueues, logicalNames } from './runtime/resources.ts';
import { startTables } from './runtime/tables-server.ts';
import type { Sent } from './slack/gestures.ts';
import type { Outcome } from './slack/settle.ts';
import { createSlackWorkspace, type SlackWorkspace } from './slack/workspace.ts';
import { materialise } from './world/materialise.ts';
import { seedExample } from './world/seed.ts';
import { createWorld, type World } from './world/world.ts';

export interface LocalWorldOptions {
  readonly config: CordonConfig;
  readonly vault: Vault;
  /** Milliseconds since 1970 at which the world begins. */
  readonly start: number;
  /** Whether time goes on by itself. */
  readonly realTime: boolean;
  readonly newId: () => string;
  /** The schedule's tick also runs whenever the pumps fall idle, so that the audit is current. */
  readonly tickWhenIdle: boolean;
  readonly log?: (line: string, facts?: Readonly<Record<string, string | number>>) => void;
  /** Wraps the functions, for tests that kill or delay them. */
  readonly wrap?: (functions: LocalFunctions) => LocalFunctions;
}

export interface EventsAnswer {
  readonly accepted: number;
  readonly dropped: readonly { readonly index: number; readonly because: string }[];
}

export interface LocalWorld {
  readonly config: CordonConfig;
  readonly clock: Clock;
  readonly aws: World;
  readonly slack: SlackWorkspace;
  readonly queues: Queues;
  readonly executions: Executions;
  readonly functions: LocalFunctions;
  readonly dynamoEndpoint: string;
  readonly vault: Vault;
  /** Events as EventBridge would deliver them: those that a deployed pattern lets through. */
  events(events: readonly unknown[]): Promise<EventsAnswer>;
  /** A gesture through the web function and back to the screen; answers when all is quiet. */
  gesture(sent: Sent | undefined): Promise<Outcome>;
  /** A raw request to the web function. */
  request(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2>;
  /** Moves time step by step; everything that is due on the way happens. */
  advance(seconds: number): Promise<void>;
  tick(): Promise<void>;
  /** Resolves when nothing is running any more. */
  idle(): Promise<void>;
  onChange(callback: () => void): void;
  close(): Promise<void>;
}

const minute = 60_000;
const context = { functionName: 'web', awsRequestId: 'local' } as never;

/** SQS, Step Functions and Secrets Manager behind the real SDK clients. */
const registerEdges = (
  world: World,
  edges: {
    readonly queues: () => Queues;
    readonly executions: () => Executions;
    readonly slack: SlackWorkspace;
  },
): void => {
  world.register('sqs', {
    SendMessage: (input: SendMessageCommandInput) => ({
      MessageId: edges.queues().send(input.QueueUrl?.split('/').at(-1) ?? '', input),
    }),
  });
  world.register('states', {
    StartExecution: (input: { readonly name?: string; readonly input?: string }) => {
      edges.executions().start(input.name ?? '', JSON.parse(input.input ?? '{}'));
      return { executionArn: input.name };
    },
  });
  world.register('secretsmanager', {
    GetSecretValue: () => ({
      SecretString: JSON.stringify({
        token: edges.slack.token,
        signingSecrets: [edges.slack.signingSecret],
        botId: edges.slack.ids.botId,
        botUserId: edges.slack.ids.botUserId,
      }),
    }),
  });
};

const queueSettings = (functions: LocalFunctions) => [
  { name: localQueues.ingest, fifo: false, batch: 10, handler: functions.ingest },
  { name: localQueues.jobs, fifo: true, batch: 1, handler: functions.worker },
  { name: localQueues.work, fifo: false, batch: 1, handler: functions.worker },
  { name: localQueues.notify, fifo: false, batch: 10, handler: functions.notify },
];

/** An organisation that grows: the account of an event that is sent in becomes known. */
const growing = (config: CordonConfig) => {
  const accounts = { ...config.accounts };
  return {
    config: { ...config, accounts, actOnSamples: true },
    know(account: string) {
      accounts[account] ??= { name: `account-${account.slice(-4)}`, response: true };
    },
  };
};

const intake = (
  local: { readonly aws: World; readonly queues: Queues; readonly config: CordonConfig },
  know: (account: string) => void,
) => {
  const patterns = eventPatterns(local.config).map(({ pattern }) => compilePattern(pattern));
  return (events: readonly unknown[]): EventsAnswer => {
    const dropped: { index: number; because: string }[] = [];
    for (const [index, raw] of events.entries()) {
      const event = wrap(raw);
      if (!patterns.some((pattern) => matches(pattern, event))) {
        dropped.push({ index, because: 'no deployed event pattern matches' });
        continue;
      }
      const parsed = parse(event);
      if (parsed.kind === 'finding') {
        know(parsed.account);
        materialise(local.aws, parsed, event);
      }
      local.queues.send(localQueues.ingest, { MessageBody: JSON.stringify(event) });
    }
    return { accepted: events.length - dropped.length, dropped };
  };
};

interface Running {
  readonly clock: Clock;
  readonly activity: Activity;
  readonly queues: Queues;
  readonly functions: LocalFunctions;
  readonly tickWhenIdle: boolean;
}

const quiet = async ({ activity, queues, functions, tickWhenIdle }: Running): Promise<void> => {
  queues.pump();
  await activity.idle();
  if (!tickWhenIdle) return;
  activity.track(functions.tick());
  await activity.idle();
};

/** Every moment that something waits for, and every full minute, in order. */
const advanceTo = async (running: Running, target: number): Promise<void> => {
  const { clock, activity, functions } = running;
  await quiet(running);
  while (clock.now() < target) {
    const nextMinute = (Math.floor(clock.now() / minute) + 1) * minute;
    const next = Math.min(clock.next() ?? target, nextMinute, target);
    clock.moveTo(next);
    if (next === nextMinute) activity.track(functions.tick());
    await quiet(running);
  }
};

/** Real time: what has come due happens, and every minute the schedule ticks. */
const keepTime = (running: Running): (() => void) => {
  let ticked = running.clock.now();
  const timer = setInterval(() => {
    running.clock.run();
    running.queues.pump();
    if (running.clock.now() - ticked < minute) return;
    ticked = running.clock.now();
    running.activity.track(running.functions.tick());
  }, 100);
  timer.unref();
  return () => clearInterval(timer);
};

export const createLocalWorld = async (options: LocalWorldOptions): Promise<LocalWorld> => {
  const { config, know } = growing(options.config);
  const clock = createClock(options.start, options.realTime);
  const listeners: (() => void)[] = [];
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const log = options.log ?? (() => {});
  const activity = createActivity((error) =>
    log('failed', {
      error: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown',
    }),
  );
  const aws = createWorld({
    now: clock.now,
    securityAccount: config.securityAccount,
    resources: logicalNames,
  });
  aws.onChange(changed);
  const slack = createSlackWorkspace({ now: clock.now, onChange: changed });
  const server = await startTables(['cordon-cases', 'cordon-requests'], config.homeRegion);
  registerEdges(aws, { queues: () => queues, executions: () => executions, slack });
  seedExample(aws);
  const plain = localFunctions({
    config,
    chance: { now: clock.now, id: options.newId },
    world: aws,
    slack,
    vault: options.vault,
    dynamoEndpoint: server.endpoint,
    log,
  });
  const functions = options.wrap?.(plain) ?? plain;
  const queues: Queues = createQueues(queueSettings(functions), { clock, activity });
  const executions: Executions = createExecutions({
    machine: stateMachine('executor'),
    invoke: (input) => functions.executor({ request: String(input['request']) }),
    clock,
    activity,
  });
  const running: Running = {
    clock,
    activity,
    queues,
    functions,
    tickWhenIdle: options.tickWhenIdle,
  };
  const stop = options.realTime ? keepTime(running) : () => {};
  const take = intake({ aws, queues, config }, know);
  return {
    config,
    clock,
    aws,
    slack,
    queues,
    executions,
    functions,
    dynamoEndpoint: server.endpoint,
    vault: options.vault,
    async events(events) {
      const answer = take(events);
      await quiet(running);
      changed();
      return answer;
    },
    async gesture(sent) {
      if (!sent) return { status: 200, body: '' };
      const release = queues.hold(localQueues.jobs);
      const outcome = await functions.web(sent.event, context).then(sent.settle).finally(release);
      await quiet(running);
      changed();
      return outcome;
    },
    request: (event) => functions.web(event, context),
    advance: (seconds) => advanceTo(running, clock.now() + seconds * 1000),
    tick: async () => {
      await functions.tick();
      await quiet(running);
    },
    idle: () => quiet(running),
    onChange: (callback) => void listeners.push(callback),
    async close() {
      stop();
      await activity.idle();
      await server.close();
    },
  };
};
