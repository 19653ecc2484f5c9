/** Two contenders in processes of their own, released together, round after round. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { SignedRequest } from '../../src/slack/receiver.ts';
import type { Order, Report } from './contender.ts';

export type Both<T> = readonly [T, T];

export interface Contest {
  /** What each of the two takes in round 0, 1, 2 … */
  load(rounds: readonly Both<SignedRequest>[]): Promise<void>;
  round(round: number): Promise<Both<Report>>;
  close(): void;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = fileURLToPath(new URL('./contender.ts', import.meta.url));

interface Contender {
  send(order: Order): void;
  /** The next message; rejects when the process has ended. */
  answer(): Promise<unknown>;
  close(): void;
}

const died = async (child: ChildProcess): Promise<never> => {
  const [code, signal] = await once(child, 'exit');
  throw new Error(`a contender ended: ${code ?? signal}`);
};

const startContender = (endpoint: string, now: number): Contender => {
  const child = fork(program, [endpoint, String(now)], {
    cwd: root,
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  });
  const ended = died(child);
  ended.catch(() => {});
  return {
    send: (order) => void child.send(order),
    async answer() {
      const [message] = await Promise.race([once(child, 'message'), ended]);
      return message;
    },
    close: () => child.disconnect(),
  };
};

/** `now` is the time in both processes, milliseconds since 1970; it stands still. */
export const startContest = (endpoint: string, now: number): Contest => {
  const contenders = [startContender(endpoint, now), startContender(endpoint, now)] as const;
  const [left, right] = contenders;
  return {
    async load(rounds) {
      const ready = Promise.all([left.answer(), right.answer()]);
      left.send({ kind: 'load', jobs: rounds.map(([job]) => job) });
      right.send({ kind: 'load', jobs: rounds.map(([, job]) => job) });
      await ready;
    },
    async round(round) {
      const reports = Promise.all([left.answer(), right.answer()]);
      // Neither process is always the first to hear.
      const order = round % 2 === 0 ? contenders : contenders.toReversed();
      for (const contender of order) contender.send({ kind: 'go', round });
      return (await reports) as [Report, Report];
    },
    close() {
      for (const contender of contenders) contender.close();
    },
  };
};
