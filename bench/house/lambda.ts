/** A built function in a process of its own, behind a stand-in for the Lambda Runtime API. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { loopback } from './loopback.ts';

export interface Lambda {
  readonly pid: number;
  /** Resolves when it asks for its first event: it is loaded. */
  readonly loaded: Promise<void>;
  /** Rejects with what the function threw, or with why it could not be loaded. */
  invoke(event: unknown): Promise<unknown>;
  /** Ends it at once, as a lost host does; what it was doing is rejected. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

interface Invocation {
  readonly event: unknown;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

export interface LambdaOptions {
  /** The node to run. */
  readonly node: string;
  /** The function's entry. */
  readonly file: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Put before the command line that starts it. */
  readonly prefix?: readonly string[];
  /** File descriptor for what it logs; nowhere when absent. */
  readonly output?: number;
}

const errorFrom = (body: string): Error => {
  const { errorType, errorMessage }: { errorType: string; errorMessage: string } = JSON.parse(body);
  return new Error(`${errorType}: ${errorMessage}`);
};

/** The entry of a built function in its folder, whichever kind of module it is. */
export const entryIn = (folder: string): string =>
  ['index.cjs', 'index.mjs'].map((name) => join(folder, name)).find((file) => existsSync(file)) ??
  folder;

/** One invocation at a time, as on Lambda. */
export const startLambda = async (options: LambdaOptions): Promise<Lambda> => {
  const waiting: Invocation[] = [];
  let current: Invocation | undefined;
  let idle: ServerResponse | undefined;
  let broken: Error | undefined;
  let tellLoaded = (): void => {};
  const loaded = new Promise<void>((resolve) => {
    tellLoaded = resolve;
  });
  const hand = (): void => {
    if (!idle || !waiting[0]) return;
    current = waiting.shift();
    idle.setHeader('lambda-runtime-aws-request-id', 'request');
    idle.end(JSON.stringify(current?.event));
    idle = undefined;
  };
  const fail = (error: Error): void => {
    broken = error;
    for (const invocation of [...(current ? [current] : []), ...waiting.splice(0)])
      invocation.reject(error);
  };
  const api = await loopback(({ path, body }, response) => {
    if (path.endsWith('/invocation/next')) {
      tellLoaded();
      idle = response;
      return hand();
    }
    response.writeHead(202).end();
    if (path.endsWith('/response')) current?.resolve(JSON.parse(body || 'null'));
    else if (path.endsWith('/init/error')) fail(errorFrom(body));
    else current?.reject(errorFrom(body));
    return undefined;
  });
  const bootstrap = fileURLToPath(new URL('bootstrap.cjs', import.meta.url));
  const [command = options.node, ...rest] = [...(options.prefix ?? []), options.node, bootstrap];
  const child = spawn(command, rest, {
    env: {
      ...options.environment,
      AWS_LAMBDA_RUNTIME_API: api.host,
      LAMBDA_TASK_ROOT: pathToFileURL(options.file).href,
    },
    stdio: ['ignore', options.output ?? 'ignore', options.output ?? 'inherit'],
  });
  const exited = once(child, 'exit').then(([code]) =>
    fail(new Error(`the function's process ended with ${code}`)),
  );
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await exited;
    await api.close();
  };
  return {
    pid: child.pid ?? 0,
    loaded,
    invoke: (event) =>
      new Promise((resolve, reject) => {
        if (broken) return reject(broken);
        waiting.push({ event, resolve, reject });
        return hand();
      }),
    kill: () => end('SIGKILL'),
    close: () => end('SIGTERM'),
  };
};
