/** Vitest's global setup of the moto lane: two moto_servers on 127.0.0.1 for all of its files. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { TestProject } from 'vitest/node';
import { findMoto } from './find-moto.ts';
import { closed, listening } from './loopback.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the running moto_server: `http://127.0.0.1:40123`. */
    readonly moto: string;
    /** Where it calls what its state machines call; nobody listens there until a test does. */
    readonly motoDoor: number;
    /** Another one, which has AWS's managed policies; emptying it takes seconds. */
    readonly motoWithPolicies: string;
  }
}

const readyWithinMs = 60_000;

const freePort = async (): Promise<number> => {
  const server = createServer();
  const port = await listening(server);
  await closed(server);
  return port;
};

const answers = async (endpoint: string): Promise<boolean> => {
  try {
    return (await fetch(`${endpoint}/moto-api/data.json`)).ok;
  } catch {
    return false;
  }
};

const untilReady = async (server: ChildProcess, endpoint: string): Promise<void> => {
  const end = Date.now() + readyWithinMs;
  while (!(await answers(endpoint))) {
    if (server.exitCode !== null || Date.now() > end)
      throw new Error(`moto_server did not answer at ${endpoint}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

const stop = async (server: ChildProcess): Promise<void> => {
  if (server.exitCode !== null || !server.kill()) return;
  await once(server, 'exit');
};

/** The server's address, once it answers; it is stopped by `stop`. */
const start = async (env: NodeJS.ProcessEnv) => {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const server = spawn(findMoto() ?? 'moto_server', ['-H', '127.0.0.1', '-p', `${port}`], {
    stdio: 'ignore',
    env: { ...process.env, ...env },
  });
  try {
    await untilReady(server, endpoint);
  } catch (error) {
    await stop(server);
    throw error;
  }
  return { endpoint, stop: () => stop(server) };
};

export const setup = async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  const door = await freePort();
  const [plain, managed] = await Promise.all([
    // moto takes this for its own port when its interpreter calls other services.
    start({ MOTO_PORT: `${door}` }),
    start({ MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' }),
  ]);
  provide('moto', plain.endpoint);
  provide('motoDoor', door);
  provide('motoWithPolicies', managed.endpoint);
  return async () => void (await Promise.all([plain.stop(), managed.stop()]));
};
