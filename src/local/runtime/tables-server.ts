/** DynamoDB on 127.0.0.1, in memory: dynalite behind the real SDK client. */
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import type { SdkClient } from '../../aws/sdk-client.ts';
import { tableDefinition } from '../../store/definition.ts';
import { type Ask, answering, asking, shortcut } from './engine.ts';

export interface TablesServer {
  /** For other processes. */
  readonly endpoint: string;
  /** In this process the network is saved: from now on the client asks the tables themselves. */
  shortcut(client: SdkClient): void;
  close(): Promise<void>;
}

const listening = (server: ReturnType<typeof dynalite>): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    );
  });

/** Only the SDK is answered: a page has an origin, and a rebound name is another host. */
const guarded =
  (answer: RequestListener): RequestListener =>
  (request, response) => {
    const { host = '', origin } = request.headers;
    if (origin === undefined && /^127\.0\.0\.1:\d+$/.test(host)) answer(request, response);
    else response.writeHead(403).end();
  };

export const startTables = async (
  names: readonly string[],
  region: string,
): Promise<TablesServer> => {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const answer = answering(server);
  server.removeAllListeners('request').on('request', guarded(answer));
  const endpoint = await listening(server);
  let closed = false;
  const open = asking(answer);
  // A function that was killed may still be at it; dynalite would end the process.
  const ask: Ask = async (headers, body) => {
    if (closed) throw new Error('The tables are closed');
    return open(headers, body);
  };
  const client = new DynamoDBClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  shortcut(client, ask);
  for (const name of names) {
    await client.send(new CreateTableCommand(tableDefinition(name)));
    await waitUntilTableExists(
      { client, minDelay: 0.002, maxDelay: 0.002, maxWaitTime: 10 },
      { TableName: name },
    );
  }
  client.destroy();
  return {
    endpoint,
    shortcut: (sdk) => shortcut(sdk, ask),
    close: () =>
      new Promise((resolve) => {
        closed = true;
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
