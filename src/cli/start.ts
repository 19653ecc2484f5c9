/** `cordon start`: the local world, with a case already there. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { randomId } from '../app/on-lambda.ts';
import { folderVault } from '../audit/folder-vault.ts';
import type { CordonConfig } from '../config/config.ts';
import { createLocalWorld, type LocalWorld } from '../local/local-world.ts';
import { localDeployment } from '../local/runtime/resources.ts';
import { compromisedServerAlert } from '../local/scenarios/alerts.ts';
import { type LocalServer, serveLocalWorld } from '../local/server.ts';
import { type Table, table } from '../store/table.ts';

export interface StartOptions {
  readonly config: CordonConfig;
  /** 0 takes any free port. */
  readonly port: number;
  /** Where the sealed audit of this run goes; emptied first. */
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

/** The requests table as the owner reads it, past the functions' rights. */
export const ownersTable = (world: LocalWorld): Table =>
  table(
    new DynamoDBClient({
      region: localDeployment.region,
      endpoint: world.dynamoEndpoint,
      credentials: { accessKeyId: 'owner', secretAccessKey: 'local' },
    }),
    localDeployment.requestsTable,
  );

export const start = async (options: StartOptions): Promise<Started> => {
  const sealed = join(options.folder, 'sealed');
  rmSync(sealed, { recursive: true, force: true });
  const world = await createLocalWorld({
    config: options.config,
    vault: folderVault(sealed),
    start: Date.now(),
    realTime: true,
    newId: randomId,
    tickWhenIdle: true,
    closed: options.closed ?? false,
  });
  const server = await serveLocalWorld(world, ownersTable(world), options.port);
  if (options.withCase) await compromisedServerAlert.run(world);
  return {
    world,
    server,
    async close() {
      await server.close();
      await world.close();
    },
  };
};
