/**
 * The functions as Lambda runs them: one invocation at a time in a container, each container with memory and
 * a clock of its own. A killed invocation takes its container along; none of its later calls has an effect.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { LocalWorldOptions } from '../../src/local/local-world.ts';
import { randomFrom, shuffled } from '../random.ts';
import { type FaultKind, hashOf } from './faults.ts';

type Functions = Parameters<NonNullable<LocalWorldOptions['wrap']>>[0];
export type FunctionName = Exclude<keyof Functions, 'check'>;

export interface Invocation {
  /** 1, 2, 3 … over all functions. */
  readonly number: number;
  readonly name: FunctionName;
  /** Of an executor: the request that it works for. */
  readonly request: string | undefined;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  ended: boolean;
  dead: boolean;
  readonly kill: () => void;
}

/** As far apart may two machines' clocks be; milliseconds. */
const skewMs = 400;

export interface ContainersOptions {
  readonly seed: number;
  readonly now: () => number;
  /** Lets so many milliseconds pass. */
  readonly pass: (ms: number) => void;
  /** What happens to the delivery that begins now, if anything. */
  readonly strike: (
    name: FunctionName,
    what: string,
    possible: readonly FaultKind[],
  ) => FaultKind | undefined;
  /** Whether there is no room for another executor just now. */
  readonly full: () => boolean;
  /** A mutant of what a function answers its queue. */
  readonly answered?: (name: FunctionName, answer: SQSBatchResponse) => SQSBatchResponse;
}

const requestIn = (input: unknown): string | undefined =>
  typeof input === 'object' &&
  input !== null &&
  'request' in input &&
  typeof input.request === 'string'
    ? input.request
    : undefined;

interface Fleet {
  readonly options: ContainersOptions;
  readonly inside: AsyncLocalStorage<Invocation>;
  readonly invocations: Invocation[];
}

type Another = (aheadMs: number) => Functions;
type Runner = <T>(input: unknown, body: (functions: Functions) => Promise<T>) => Promise<T>;

/** Runs each invocation in a container that is free, or in a new one. */
const runner = (
  { options, inside, invocations }: Fleet,
  name: FunctionName,
  another: Another,
): Runner => {
  let made = 0;
  const free: Functions[] = [];
  const fresh = (): Functions => {
    made += 1;
    const random = randomFrom(hashOf(`${options.seed} ${name} container ${made}`));
    return another(Math.round(random.between(-skewMs, skewMs)));
  };
  return (input, body) =>
    new Promise((resolve, reject) => {
      const container = free.pop() ?? fresh();
      const invocation: Invocation = {
        number: invocations.length + 1,
        name,
        request: requestIn(input),
        startedAt: options.now(),
        ended: false,
        dead: false,
        kill: () => {
          invocation.dead = true;
          reject(new Error('killed'));
        },
      };
      const over = (): void => {
        if (invocation.dead) return;
        invocation.ended = true;
        free.push(container);
      };
      invocations.push(invocation);
      inside.run(invocation, () => body(container).finally(over).then(resolve, reject));
    });
};

/** A queue promises at least once, and no order. */
const consumer = (fleet: Fleet, name: 'ingest' | 'worker' | 'notify', another: Another) => {
  const { options } = fleet;
  const run = runner(fleet, name, another);
  const once = (event: SQSEvent) => run(event, (own) => own[name](event));
  return async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const kind = options.strike(name, 'delivery', ['doubled', 'disordered']);
    const random = randomFrom(hashOf(event.Records.map(({ messageId }) => messageId).join()));
    const fifo = event.Records.some(({ attributes }) => attributes.MessageGroupId);
    const mixed = kind === 'disordered' && !fifo;
    const Records = mixed ? [...shuffled(event.Records, random)] : event.Records;
    const doubled = kind === 'doubled' ? once({ Records }).catch(() => undefined) : undefined;
    try {
      const answer = await once({ Records });
      return options.answered?.(name, answer) ?? answer;
    } finally {
      await doubled;
    }
  };
};

/** How late the state machine calls, where it is late; milliseconds. */
const latest = 240_000;

/** The state machine promises no more, and may be late. */
const executions = (fleet: Fleet, another: Another): Functions['executor'] => {
  const run = runner(fleet, 'executor', another);
  const once: Functions['executor'] = (input) => run(input, (own) => own.executor(input));
  let calls = 0;
  return async (input) => {
    if (fleet.options.full()) throw new Error('Rate Exceeded.');
    calls += 1;
    const kind = fleet.options.strike('executor', 'invocation', ['doubled', 'late']);
    const random = randomFrom(hashOf(`${fleet.options.seed} call ${calls}`));
    if (kind === 'late') fleet.options.pass(random.below(latest));
    if (kind !== 'doubled') return once(input);
    const other = once(input).catch(() => undefined);
    try {
      return await once(input);
    } finally {
      await other;
    }
  };
};

export const containers = (options: ContainersOptions) => {
  const fleet: Fleet = { options, inside: new AsyncLocalStorage<Invocation>(), invocations: [] };
  const wrap: NonNullable<LocalWorldOptions['wrap']> = (functions, another) => {
    const web = runner(fleet, 'web', another);
    const tick = runner(fleet, 'tick', another);
    return {
      ...functions,
      web: ((event, context) => web(event, (own) => own.web(event, context))) as Functions['web'],
      ingest: consumer(fleet, 'ingest', another),
      worker: consumer(fleet, 'worker', another),
      notify: consumer(fleet, 'notify', another),
      executor: executions(fleet, another),
      tick: () => tick(undefined, (own) => own.tick()),
    };
  };
  return { wrap, inside: fleet.inside, invocations: fleet.invocations };
};
