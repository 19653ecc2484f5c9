/** DynamoDB on 127.0.0.1, in memory: dynalite behind the real SDK client. */
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { tableDefinition } from '../../store/definition.ts';

export interface TablesServer {
  readonly endpoint: string;
  close(): Promise<void>;
}

const listening = (server: ReturnType<typeof dynalite>): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    );
  });

export const startTables = async (
  names: readonly string[],
  region: string,
): Promise<TablesServer> => {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const endpoint = await listening(server);
  const client = new DynamoDBClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  for (const name of names) await client.send(new CreateTableCommand(tableDefinition(name)));
  client.destroy();
  return {
    endpoint,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
