/** One cold start: a process of its own takes one event and answers it. */
import { readFileSync } from 'node:fs';
import { startLambda } from '../house/lambda.ts';
import type { Cages } from './cage.ts';

export interface ColdRun {
  /** Milliseconds from starting the process until it asks for an event. */
  readonly initMs: number;
  /** From handing out the event to the answer. */
  readonly answerMs: number;
  readonly totalMs: number;
  /** CPU from the first instruction to the answer. */
  readonly cpuMs: number;
  /** The most memory it had; megabytes. */
  readonly peakMb: number;
}

export interface ColdOptions {
  readonly node: string;
  readonly file: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly event: unknown;
  /** Throws when the answer is not the right one. */
  readonly check: (answer: unknown) => void;
  readonly cages: Cages;
  /** Megabytes whose CPU share it gets. */
  readonly memoryMb?: number | undefined;
}

const peakMb = (pid: number): number =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1000;

/** Throws with what the function threw, or with why it could not be loaded. */
export const coldRun = async (options: ColdOptions): Promise<ColdRun> => {
  const cage = options.cages.make(options.memoryMb);
  const from = performance.now();
  const lambda = await startLambda({
    node: options.node,
    file: options.file,
    environment: options.environment,
    prefix: cage.prefix,
  });
  try {
    const answered = lambda.invoke(options.event);
    answered.catch(() => {});
    await Promise.race([lambda.loaded, answered]);
    const loaded = performance.now();
    const answer = await answered;
    const done = performance.now();
    const [cpuMs, memory] = [cage.cpuMs(lambda.pid), peakMb(lambda.pid)];
    options.check(answer);
    return {
      initMs: loaded - from,
      answerMs: done - loaded,
      totalMs: done - from,
      cpuMs,
      peakMb: memory,
    };
  } finally {
    await lambda.kill();
    cage.remove();
  }
};
