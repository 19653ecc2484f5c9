/** Two contenders in processes of their own, released together, round after round. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { SignedRequest } from '../../src/slack/receiver.ts';
import type { Answer, Order, Report } from './contender.ts';

export type Both<T> = readonly [T, T];

export interface Contest {
  /** Both take their job at the same moment. Rounds may overlap. */
  round(jobs: Both<SignedRequest>): Promise<Both<Report>>;
  close(): void;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = fileURLToPath(new URL('./contender.ts', import.meta.url));

const died = async (child: ChildProcess): Promise<never> => {
  const [code, signal] = await once(child, 'exit');
  throw new Error(`a contender ended: ${code ?? signal}`);
};

const startContender = (endpoint: string, now: number) => {
  const child = fork(program, [endpoint, String(now)], {
    cwd: root,
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  });
  const ended = died(child);
  ended.catch(() => {});
  const waiting = new Map<number, (report: Report) => void>();
  child.on('message', ({ round, report }: Answer) => {
    waiting.get(round)?.(report);
    waiting.delete(round);
  });
  return {
    /** Rejects when the process has ended. */
    take(order: Order): Promise<Report> {
      const answered = new Promise<Report>((resolve) => waiting.set(order.round, resolve));
      child.send(order);
      return Promise.race([answered, ended]);
    },
    close: () => void child.kill(),
  };
};

/** `now` is the time in both processes, milliseconds since 1970; it stands still. */
export const startContest = (endpoint: string, now: number): Contest => {
  const left = startContender(endpoint, now);
  const right = startContender(endpoint, now);
  let round = 0;
  return {
    async round([first, second]) {
      round += 1;
      const forLeft = { round, job: first };
      const forRight = { round, job: second };
      // Neither process is always the first to hear.
      if (round % 2 === 0) return Promise.all([left.take(forLeft), right.take(forRight)]);
      const [b, a] = await Promise.all([right.take(forRight), left.take(forLeft)]);
      return [a, b];
    },
    close() {
      left.close();
      right.close();
    },
  };
};
