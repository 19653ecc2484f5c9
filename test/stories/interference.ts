/**
 * Kills or holds executor invocations at a chosen call. The hook sits where the local world lets
 * faults strike, before a call has any effect; which invocation calls is known from the async
 * context. A killed invocation's calls never come back, so nothing that it would have done later
 * is done, `finally` included; the state machine sees an error, as when Lambda runs out of time.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { LocalWorld, LocalWorldOptions } from '../../src/local/local-world.ts';

export interface ExecutorCall {
  /** 1, 2, 3 …: which invocation of the executor. */
  readonly invocation: number;
  readonly service: string;
  readonly operation: string;
  /** Milliseconds since 1970 on the world's clock. */
  readonly at: number;
}

interface Invocation {
  readonly number: number;
  readonly kill: () => void;
  dead: boolean;
}

interface Interference {
  readonly wrap: NonNullable<LocalWorldOptions['wrap']>;
  /** Puts the hook in; answers every call that executors made, killed ones without their last. */
  install(world: LocalWorld): readonly ExecutorCall[];
}

const never = (): Promise<void> => new Promise(() => {});

/** `die` answers true for the call before which its invocation is killed. */
export const interference = (
  die: (call: ExecutorCall) => boolean | Promise<boolean>,
): Interference => {
  const inside = new AsyncLocalStorage<Invocation>();
  let invocations = 0;
  return {
    wrap: (functions) => ({
      ...functions,
      executor: (input) =>
        new Promise((resolve, reject) => {
          invocations += 1;
          const kill = () => reject(new Error('killed'));
          inside.run({ number: invocations, kill, dead: false }, () =>
            functions.executor(input).then(resolve, reject),
          );
        }),
    }),
    install(world) {
      const calls: ExecutorCall[] = [];
      const strike = world.aws.faults.strike.bind(world.aws.faults);
      world.aws.faults.strike = async (service, operation) => {
        const invocation = inside.getStore();
        if (!invocation) return strike(service, operation);
        if (invocation.dead) return never();
        const call = { invocation: invocation.number, service, operation, at: world.clock.now() };
        if (await die(call)) {
          invocation.dead = true;
          invocation.kill();
          return never();
        }
        calls.push(call);
        return strike(service, operation);
      };
      return calls;
    },
  };
};
