/** One function as Lambda runs it: processes that are started when none is free, and its bill. */
import { type Lambda, type LambdaOptions, startLambda } from '../house/lambda.ts';

export interface Usage {
  readonly invocations: number;
  readonly coldStarts: number;
  readonly killed: number;
  /** Seconds from handing out an event to its answer, times the memory: what Lambda charges. */
  readonly gbSeconds: number;
}

export interface Pool {
  invoke(event: unknown): Promise<unknown>;
  /** Ends a process that is at work; false when none is. */
  kill(): Promise<boolean>;
  /** Whether one is at work. */
  busy(): boolean;
  usage(): Usage;
  close(): Promise<void>;
}

export const createPool = (options: LambdaOptions & { readonly memoryMb: number }): Pool => {
  const idle: Lambda[] = [];
  const working = new Set<Lambda>();
  let [invocations, coldStarts, killed, gbSeconds] = [0, 0, 0, 0];
  const fresh = (): Promise<Lambda> => {
    coldStarts += 1;
    return startLambda(options);
  };
  return {
    async invoke(event) {
      const from = performance.now();
      const lambda = idle.pop() ?? (await fresh());
      working.add(lambda);
      invocations += 1;
      try {
        const answer = await lambda.invoke(event);
        working.delete(lambda);
        idle.push(lambda);
        return answer;
      } catch (error) {
        // Perhaps it is not there any more; the next event starts another.
        if (working.delete(lambda)) await lambda.kill();
        throw error;
      } finally {
        gbSeconds += ((performance.now() - from) / 1000) * (options.memoryMb / 1024);
      }
    },
    async kill() {
      const [lambda] = working;
      if (!lambda) return false;
      working.delete(lambda);
      killed += 1;
      await lambda.kill();
      return true;
    },
    busy: () => working.size > 0,
    usage: () => ({ invocations, coldStarts, killed, gbSeconds }),
    async close() {
      await Promise.all([...idle, ...working].map((lambda) => lambda.close()));
    },
  };
};
