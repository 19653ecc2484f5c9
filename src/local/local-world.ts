/**
 * The local world: the real handlers over simulated edges. Slack's API and screen, AWS, the queues,
 * the state machine, the schedule and the clock are simulated; everything else is what is deployed.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Vault } from '../audit/ports.ts';
import type { QueueDepth } from '../cases/balance.ts';
import type { CordonConfig } from '../config/config.ts';
import { stateMachine } from '../execution/state-machine.ts';
import { type BalanceReading, readBalance } from '../flows/alerts/read-balance.ts';
import { casesTable } from '../store/cases-table.ts';
import { type Table, table } from '../store/table.ts';
import { createActivity } from './runtime/activity.ts';
import { type Clock, createClock } from './runtime/clock.ts';
import { queueSettings, registerEdges } from './runtime/edges.ts';
import { createExecutions, type Executions } from './runtime/executions.ts';
import { type LocalFunctions, localFunctions } from './runtime/functions.ts';
import { type EventsAnswer, growing, intake } from './runtime/intake.ts';
import { createPager, type LocalPager } from './runtime/pager.ts';
import { advanceTo, keepTime, quiet, type Running } from './runtime/pumps.ts';
import { createQueues, type Queues } from './runtime/queues.ts';
import { localDeployment, localQueues, logicalNames } from './runtime/resources.ts';
import { startTables, type TablesServer } from './runtime/tables-server.ts';
import { atLocalIssuer, type LocalIssuer, localIssuer } from './sign-in.ts';
import type { Sent } from './slack/gestures.ts';
import type { Outcome } from './slack/settle.ts';
import { createSlackWorkspace, type SlackWorkspace } from './slack/workspace.ts';
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
  /** True: accounts that only an event names stay unknown to the configuration. */
  readonly closed?: boolean;
  /** Where a browser finds the step-up page; a domain, for passkeys know no addresses. */
  readonly stepUpUrl?: string;
  readonly log?: (line: string, facts?: Readonly<Record<string, string | number>>) => void;
  /** Real milliseconds that worker waits for a modal that Slack does not know yet; 500 when absent. */
  readonly viewPatienceMs?: number;
  /** Starts the tables elsewhere than in this process, for measuring. */
  readonly tables?: typeof startTables;
  /**
   * Wraps the functions, for tests that kill or delay them. `another`: the same functions in processes
   * of their own, whose clock is ahead by so many milliseconds.
   */
  readonly wrap?: (
    functions: LocalFunctions,
    another: (aheadMs: number) => LocalFunctions,
  ) => LocalFunctions;
}

/** The balance with what is still with the queue, so that it can be judged. */
interface LocalBalance extends BalanceReading {
  readonly queue: QueueDepth;
}

export interface LocalWorld {
  readonly config: CordonConfig;
  readonly clock: Clock;
  readonly aws: World;
  readonly slack: SlackWorkspace;
  readonly queues: Queues;
  readonly executions: Executions;
  readonly pager: LocalPager;
  readonly functions: LocalFunctions;
  /** For other processes. */
  readonly dynamoEndpoint: string;
  /** Both tables as their owner has them, past the functions' rights. */
  readonly owners: { readonly cases: Table; readonly requests: Table };
  readonly vault: Vault;
  /** Events as EventBridge would deliver them: those that a deployed pattern lets through. */
  events(events: readonly unknown[]): Promise<EventsAnswer>;
  /** A gesture through the web function and back to the screen; answers when all is quiet. */
  gesture(sent: Sent | undefined): Promise<Outcome>;
  /** A raw request to the step-up function; answers when all is quiet. */
  stepUp(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2>;
  /** Where people sign in anew. */
  readonly issuer: LocalIssuer;
  /** A raw request to the web function. */
  request(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2>;
  /** Moves time step by step; everything that is due on the way happens. */
  advance(seconds: number): Promise<void>;
  tick(): Promise<void>;
  /** Where everything is that was received in the last so many hours. */
  balance(hours: number): Promise<LocalBalance>;
  /** Resolves when nothing is running any more. */
  idle(): Promise<void>;
  onChange(callback: () => void): void;
  close(): Promise<void>;
}

const ownersOf = (server: TablesServer): LocalWorld['owners'] => {
  const client = new DynamoDBClient({
    region: localDeployment.region,
    endpoint: server.endpoint,
    credentials: { accessKeyId: 'owner', secretAccessKey: 'local' },
  });
  server.shortcut(client);
  return {
    cases: table(client, localDeployment.casesTable),
    requests: table(client, localDeployment.requestsTable),
  };
};

const context = { functionName: 'web', awsRequestId: 'local' } as never;

/** Everything that can be listened to tells these. */
const changes = () => {
  const listeners: (() => void)[] = [];
  return {
    changed: (): void => {
      for (const listener of listeners) listener();
    },
    onChange: (callback: () => void) => void listeners.push(callback),
  };
};

type Parts = Pick<
  LocalWorld,
  'config' | 'clock' | 'aws' | 'slack' | 'queues' | 'executions' | 'pager' | 'functions' | 'issuer'
> & { readonly running: Running };

/** Puts the simulated edges together and the real functions on top of them. */
const assemble = (
  options: LocalWorldOptions,
  config: CordonConfig,
  around: {
    readonly server: TablesServer;
    readonly changed: () => void;
    readonly stepUpUrl: string;
  },
): Parts => {
  const { stepUpUrl } = around;
  const clock = createClock(options.start, options.realTime);
  const log = options.log ?? (() => {});
  const activity = createActivity((error) =>
    log('failed', {
      error: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown',
    }),
  );
  const aws = createWorld({
    now: clock.now,
    securityAccount: config.securityAccount,
    roleNames: config.roleNames,
    resources: logicalNames,
  });
  aws.onChange(around.changed);
  const slack = createSlackWorkspace({
    now: clock.now,
    channels: [
      ...config.routes,
      ...config.rules,
      { id: 'drills', channel: config.drills.channel },
    ].flatMap(({ id, channel }) => (channel === undefined ? [] : [{ id: channel, name: id }])),
    onChange: around.changed,
  });
  const pager = createPager(clock.now);
  const issuer = localIssuer({
    issuer: config.stepUp.oidc?.issuer ?? new URL('/sign-in', stepUpUrl).href,
    people: config.identities.flatMap(({ id, signIn = [] }) => [id, ...signIn]),
    now: clock.now,
    newId: options.newId,
  });
  registerEdges(aws, { queues: () => queues, executions: () => executions, slack, pager });
  seedExample(aws);
  const inProcesses = (aheadMs: number): LocalFunctions =>
    localFunctions({
      config,
      chance: { now: () => clock.now() + aheadMs, id: options.newId },
      pause: async (milliseconds) => clock.moveTo(clock.now() + milliseconds),
      world: aws,
      slack,
      vault: options.vault,
      tables: around.server,
      stepUpUrl,
      issuer,
      viewPatienceMs: options.viewPatienceMs,
      log,
    });
  const plain = inProcesses(0);
  const functions = options.wrap?.(plain, inProcesses) ?? plain;
  const queues: Queues = createQueues(queueSettings(functions), { clock, activity });
  const executions: Executions = createExecutions({
    machine: stateMachine({ executor: 'executor', work: localDeployment.workQueue }),
    invoke: (input) => functions.executor({ request: String(input['request']) }),
    send: async ({ MessageBody, DelaySeconds }) =>
      queues.send(localQueues.work, {
        MessageBody: JSON.stringify(MessageBody),
        DelaySeconds: Number(DelaySeconds),
      }),
    clock,
    activity,
  });
  const running = { clock, activity, queues, functions, tickWhenIdle: options.tickWhenIdle };
  return { config, clock, aws, slack, queues, executions, pager, functions, issuer, running };
};

export const createLocalWorld = async (options: LocalWorldOptions): Promise<LocalWorld> => {
  const stepUpUrl = options.stepUpUrl ?? localDeployment.stepUpUrl;
  const { config, know } = growing(
    atLocalIssuer(options.config, stepUpUrl),
    options.closed ?? false,
  );
  const { changed, onChange } = changes();
  const server = await (options.tables ?? startTables)(
    ['cordon-cases', 'cordon-requests', 'cordon-passkeys'],
    config.homeRegion,
  );
  const { running, ...parts } = assemble(options, config, { server, changed, stepUpUrl });
  const { clock, queues, functions } = parts;
  const owners = ownersOf(server);
  const cases = casesTable(owners.cases);
  const chance = { now: clock.now, id: options.newId };
  const stop = options.realTime ? keepTime(running) : () => {};
  const take = intake({ aws: parts.aws, queues, config }, know);
  const settled = async <T>(value: T): Promise<T> => {
    await quiet(running);
    changed();
    return value;
  };
  return {
    ...parts,
    dynamoEndpoint: server.endpoint,
    owners,
    vault: options.vault,
    onChange,
    events: async (events) => settled(take(events)),
    async gesture(sent) {
      if (!sent) return { status: 200, body: '' };
      const release = queues.hold(localQueues.jobs);
      const answered = functions.web(sent.event, context).then(sent.settle).finally(release);
      return settled(await answered);
    },
    stepUp: async (event) => settled(await functions.stepUp(event)),
    request: (event) => functions.web(event, context),
    advance: (seconds) => advanceTo(running, clock.now() + seconds * 1000),
    async balance(hours) {
      const { waiting = 0, dead = 0 } = queues.depth()[localQueues.ingest] ?? {};
      const from = new Date(clock.now() - hours * 3_600_000).toISOString();
      const queue = { waiting, dead };
      return { ...(await readBalance({ cases, chance }, from, queue)), queue };
    },
    tick: async () => settled(await functions.tick()),
    idle: () => quiet(running),
    async close() {
      stop();
      await running.activity.idle();
      await server.close();
    },
  };
};
