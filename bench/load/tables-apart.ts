/** Starts the tables in another process, in the place of those that a local world has in its own. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { startTables } from '../../src/local/runtime/tables-server.ts';

export const tablesApart: typeof startTables = async (names, region) => {
  const file = fileURLToPath(new URL('tables-process.ts', import.meta.url));
  const child = fork(file, [region, ...names], { execArgv: ['--import', 'tsx'] });
  const exited = once(child, 'exit');
  const failed = exited.then(() => {
    throw new Error('the process of the tables ended; what it said is above');
  });
  failed.catch(() => {});
  const [endpoint]: string[] = await Promise.race([once(child, 'message'), failed]);
  return {
    endpoint: endpoint ?? '',
    // Every call goes over the network.
    shortcut: () => {},
    async close() {
      child.disconnect();
      await exited;
    },
  };
};
