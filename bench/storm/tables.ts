/** Starts the process that holds the tables, and asks it what was used. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TablesMessage } from './tables-process.ts';

type Counted = Pick<Extract<TablesMessage, { kind: 'counted' }>, 'units' | 'arrived'>;

export interface Tables {
  readonly endpoint: string;
  counted(): Promise<Counted>;
  close(): Promise<void>;
}

const heard = async (child: ChildProcess): Promise<TablesMessage> => {
  const ended = once(child, 'exit').then(() => {
    throw new Error('the process of the tables ended; what it said is above');
  });
  const [message]: [TablesMessage] = await Promise.race([once(child, 'message'), ended]).then(
    (values) => values as [TablesMessage],
  );
  return message;
};

export const startTables = async (names: readonly string[]): Promise<Tables> => {
  const file = fileURLToPath(new URL('tables-process.ts', import.meta.url));
  const child = fork(file, [...names], { execArgv: ['--import', 'tsx'] });
  const first = await heard(child);
  if (first.kind !== 'listening') throw new Error('the process of the tables speaks out of turn');
  return {
    endpoint: first.endpoint,
    async counted() {
      child.send('counted');
      const answer = await heard(child);
      if (answer.kind !== 'counted')
        throw new Error('the process of the tables speaks out of turn');
      return answer;
    },
    async close() {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
};
