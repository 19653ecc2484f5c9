/**
 * The simulated AWS: what exists by account and region, who may call what, every call made so far.
 * SDK clients reach it through attach.ts; services are lists of handlers that can be added to.
 */
import { defaultRoleNames, type RoleNames } from '../../actions/role-names.ts';
import { autoScalingHandlers } from './autoscaling.ts';
import { AwsError } from './aws-error.ts';
import { ec2Handlers } from './ec2.ts';
import { settleInstances } from './ec2-power.ts';
import { elasticLoadBalancingHandlers } from './elasticloadbalancing.ts';
import { createFaults, type Faults } from './faults.ts';
import { guardDutyHandlers } from './guardduty.ts';
import { iamHandlers } from './iam.ts';
import { iamRoleHandlers } from './iam-roles.ts';
import { iamUserHandlers } from './iam-users.ts';
import { createPlaces, type Places } from './places.ts';
import { postureHandlers } from './posture-settings.ts';
import { authorise, callerOf, type Principal, principalOf, type Request } from './principal.ts';
import { s3Handlers } from './s3.ts';
import { securityHubHandlers } from './securityhub.ts';
import { serviceHandlers } from './service-handlers.ts';
import { createStaleReads } from './stale-reads.ts';
import type { Account, Partition } from './state.ts';
import { stsHandlers } from './sts.ts';
import { type AwsState, awsState } from './view.ts';
import { wafHandlers } from './wafv2.ts';

/** One AWS call as `GET /aws/calls` shows it. */
interface CallRecord {
  /** 1, 2, 3 … */
  readonly n: number;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly function: string;
  readonly role: string;
  readonly account: string;
  readonly region: string;
  readonly service: string;
  readonly operation: string;
  readonly input: object;
  /** AWS's name of the error it answered with. */
  error?: string;
}

/** What a handler knows beside its input. */
export interface Call {
  readonly world: World;
  readonly principal: Principal;
  readonly partition: Partition;
  readonly account: Account;
  readonly region: string;
}

/** Answers one operation, typed by the SDK's own input; throws `AwsError`. */
type Handler = (input: never, call: Call) => unknown;
export type Handlers = Readonly<Record<string, Handler>>;

export interface Incoming extends Request {
  readonly accessKeyId: string;
}

/** Takes a call to AWS and back; `go` is all that AWS does with it. */
type Network = <T>(call: Incoming, go: () => Promise<T>) => Promise<T>;

export interface WorldOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Where Cordon's functions run and findings are administered. */
  readonly securityAccount?: string;
  /** What AssumeRole must present. */
  readonly externalId?: string;
  /** What Cordon's roles are called; `defaultRoleNames` when left out. */
  readonly roleNames?: RoleNames;
  /** Physical to logical names of Cordon's own tables, queues …: `{ 'cordon-cases': 'cases' }`. */
  readonly resources?: Readonly<Record<string, string>>;
}

export interface World extends Places {
  now(): number;
  readonly securityAccount: string;
  readonly externalId: string;
  readonly roleNames: RoleNames;
  readonly calls: readonly CallRecord[];
  readonly faults: Faults;
  /** Between the functions and AWS, own tables included; tests lose, delay and double calls in it. */
  network: Network;
  /** What STS issued, by access key id. */
  readonly sessions: Map<string, Principal>;
  /** An id that AWS could have given: `sg-00000000000000001`. */
  nextId(prefix: string): string;
  /** Adds operations to a service, or a service. */
  register(service: string, handlers: Handlers): void;
  /** Names of the operations it answers, by service. */
  operations(): Readonly<Record<string, readonly string[]>>;
  /** Answers a call; the answer is a copy. */
  dispatch(incoming: Incoming): Promise<object>;
  /** Lets a call pass that goes to a real server, or throws; only refusals are logged. */
  admit(incoming: Incoming): Promise<void>;
  /** `GET /aws/state`. */
  state(): AwsState;
  /** Called after every call and every change of faults. */
  onChange(callback: () => void): void;
}

const notImplemented = (service: string, operation: string): AwsError =>
  new AwsError(
    'NotImplementedBySimulator',
    `The simulated AWS does not know ${service}:${operation}. Add a handler in src/local/world/ (${service}*.ts), or register one where the local world is put together.`,
    501,
  );

/** The answer where the caller may do it: docs.aws.amazon.com/AWSEC2/latest/APIReference/CommonParameters.html */
const dryRun = new AwsError(
  'DryRunOperation',
  'Request would have succeeded, but DryRun flag is set.',
  412,
);

/** A copy, so that nobody edits the world through an answer or the log through an input. */
const copied = (value: unknown): object =>
  value !== null && typeof value === 'object' ? structuredClone(value) : {};

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'Error');

/** How calls get in: log, faults, rights, then the handler. */
const createDoor = (
  world: () => World,
  handlers: ReadonlyMap<string, Handlers>,
  { resources = {} }: WorldOptions,
) => {
  const calls: CallRecord[] = [];
  const stale = createStaleReads(() => world().now());
  const record = ({ service, operation, region, input }: Incoming, principal: Principal) => ({
    n: calls.length + 1,
    at: new Date(world().now()).toISOString(),
    ...callerOf(principal, world().roleNames),
    account: principal.account,
    region,
    service,
    operation,
    input: copied(input),
  });
  const pass = async (incoming: Incoming, principal: Principal): Promise<void> => {
    await world().faults.strike(incoming.service, incoming.operation);
    authorise(principal, incoming, { resources, roleNames: world().roleNames });
  };
  const answer = async (incoming: Incoming, principal: Principal): Promise<object> => {
    const { service, operation, region } = incoming;
    const handler = handlers.get(service)?.[operation];
    if (!handler) throw notImplemented(service, operation);
    if ('DryRun' in incoming.input && incoming.input.DryRun === true) throw dryRun;
    const partition = world().partition(principal.account, region);
    settleInstances(partition, world().now());
    const now = world().account(principal.account);
    const isLate =
      service === 'iam' &&
      world()
        .faults.list()
        .some(({ kind }) => kind === 'stale');
    const account = isLate ? stale(operation, now) : now;
    const input = copied(incoming.input) as never;
    return copied(await handler(input, { world: world(), principal, partition, account, region }));
  };
  return { calls, record, pass, answer };
};

const registerAll = (world: World, all: Readonly<Record<string, Handlers>>): void => {
  for (const [service, added] of Object.entries(all)) world.register(service, added);
};

export const createWorld = (options: WorldOptions): World => {
  const { securityAccount = '999988887777', roleNames = defaultRoleNames } = options;
  const handlers = new Map<string, Handlers>();
  const listeners: (() => void)[] = [];
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const { calls, record, pass, answer } = createDoor(() => world, handlers, options);
  let issued = 0;

  const world: World = {
    ...createPlaces(securityAccount, roleNames),
    now: options.now,
    securityAccount,
    externalId: options.externalId ?? 'cordon-local',
    roleNames,
    calls,
    faults: createFaults(changed),
    network: (_, go) => go(),
    sessions: new Map(),
    nextId(prefix) {
      issued += 1;
      return `${prefix}-${issued.toString(16).padStart(17, '0')}`;
    },
    register(service, added) {
      handlers.set(service, { ...handlers.get(service), ...added });
    },
    operations: () =>
      Object.fromEntries(
        [...handlers].sort().map(([service, known]) => [service, Object.keys(known).sort()]),
      ),
    async dispatch(incoming) {
      const principal = principalOf(incoming.accessKeyId, world);
      const entry: CallRecord = record(incoming, principal);
      calls.push(entry);
      try {
        await pass(incoming, principal);
        return await answer(incoming, principal);
      } catch (error) {
        entry.error = nameOf(error);
        throw error;
      } finally {
        changed();
      }
    },
    async admit(incoming) {
      const principal = principalOf(incoming.accessKeyId, world);
      try {
        await pass(incoming, principal);
      } catch (error) {
        calls.push({ ...record(incoming, principal), error: nameOf(error) });
        changed();
        throw error;
      }
    },
    state: () => {
      for (const partition of world.partitions.values()) settleInstances(partition, world.now());
      return awsState(world);
    },
    onChange: (callback) => void listeners.push(callback),
  };
  world.register('ec2', ec2Handlers);
  world.register('autoscaling', autoScalingHandlers);
  world.register('elasticloadbalancing', elasticLoadBalancingHandlers);
  world.register('guardduty', guardDutyHandlers);
  world.register('iam', { ...iamHandlers, ...iamUserHandlers, ...iamRoleHandlers });
  world.register('s3', s3Handlers);
  world.register('securityhub', securityHubHandlers);
  world.register('sts', stsHandlers);
  world.register('wafv2', wafHandlers);
  registerAll(world, serviceHandlers);
  registerAll(world, postureHandlers);
  return world;
};
