/** DynamoDB on 127.0.0.1, in memory: dynalite behind the real SDK client. */
import type { IncomingMessage, ServerResponse } from 'node:http';
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

/** Only the SDK is answered: a page has an origin, and a rebound name is another host. */
const guarded = (server: ReturnType<typeof dynalite>): ReturnType<typeof dynalite> => {
  const answers = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { host = '', origin } = request.headers;
    if (origin === undefined && /^127\.0\.0\.1:\d+$/.test(host))
      for (const answer of answers) answer.call(server, request, response);
    else response.writeHead(403).end();
  });
  return server;
};

export const startTables = async (
  names: readonly string[],
  region: string,
): Promise<TablesServer> => {
  const server = guarded(dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 }));
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
