/** `cordon start`: the local world, with a case already there. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { randomId } from '../app/on-lambda.ts';
import { folderVault } from '../audit/folder-vault.ts';
import type { CordonConfig } from '../config/config.ts';
import { createLocalWorld, type LocalWorld, type LocalWorldOptions } from '../local/local-world.ts';
import { compromisedServerAlert } from '../local/scenarios/alerts.ts';
import { type LocalServer, serveLocalWorld } from '../local/server.ts';
import { printable } from './printable.ts';

export interface StartOptions {
  readonly config: CordonConfig;
  /** 0 takes any free port. */
  readonly port: number;
  /** Where the sealed audit of this run goes; emptied once the port is ours. */
  readonly folder: string;
  /** False starts without the first case. */
  readonly withCase: boolean;
  /** True keeps accounts unknown that only an event names, as a real organisation would. */
  readonly closed?: boolean;
}

export interface Started {
  readonly world: LocalWorld;
  readonly server: LocalServer;
  close(): Promise<void>;
}

/** Of all that the functions log, what somebody at the terminal should see. */
const isFailure = (line: string): boolean =>
  /(?:^|\.)(?:failed|error|broken|unchainable|unknown)$/.test(line);

const complain = (text: string): void => {
  process.stderr.write(`${printable(text)}\n`);
};

const log: NonNullable<LocalWorldOptions['log']> = (line, facts = {}) => {
  if (!isFailure(line)) return;
  const told = Object.entries(facts).map(([name, value]) => `${name}=${value}`);
  complain([line, ...told].join(' '));
};

const apiFailed = (error: unknown): void => {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  for (const line of `The API failed: ${text}`.split('\n')) complain(line);
};

const explained = (error: unknown, port: number): unknown =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    ? new Error(`port ${port} is taken; stop the other world or use --port N`, { cause: error })
    : error;

export const start = async (options: StartOptions): Promise<Started> => {
  const sealed = join(options.folder, 'sealed');
  const world = await createLocalWorld({
    config: options.config,
    vault: folderVault(sealed),
    start: Date.now(),
    realTime: true,
    newId: randomId,
    tickWhenIdle: true,
    closed: options.closed ?? false,
    ...(options.port > 0 ? { stepUpUrl: `http://localhost:${options.port}/step-up` } : {}),
    log,
  });
  let server: LocalServer | undefined;
  // A world that stays open keeps the process alive.
  const close = async (): Promise<void> => {
    await server?.close();
    await world.close();
  };
  try {
    server = await serveLocalWorld(world, world.owners.requests, options.port, apiFailed);
    // Not before: while the port is taken, the folder is that of a running world.
    rmSync(sealed, { recursive: true, force: true });
    if (options.withCase) await compromisedServerAlert.run(world);
    return { world, server, close };
  } catch (error) {
    await close();
    throw explained(error, options.port);
  }
};
