/**
 * DynamoDB in a process of its own: dynalite in memory behind a door that counts write and read units
 * from the sizes of items and index entries. Its parent talks to it as `TablesMessage` says.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import dynalite from 'dynalite';
import { answering, asking } from '../../src/local/runtime/engine.ts';
import { tableDefinition } from '../../src/store/definition.ts';
import { createLedger, type Units } from './ledger.ts';

/** What the process says: first where it listens, then its units whenever it is asked. */
export type TablesMessage =
  | { readonly kind: 'listening'; readonly endpoint: string }
  | { readonly kind: 'units'; readonly units: Units };

const ledger = createLedger(
  process.argv.slice(2).map((name) => tableDefinition(name)),
  asking(answering(dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 }))),
);

const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
};

const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const { status, body } = await ledger.serve(request.headers, await textOf(request));
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(body);
};

const say = (message: TablesMessage): void => {
  process.send?.(message);
};

await ledger.createTables();
const server = createServer((request, response) => void serve(request, response));
server.listen(0, '127.0.0.1', () =>
  say({
    kind: 'listening',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  }),
);
process.on('message', () => say({ kind: 'units', units: ledger.units() }));
process.on('disconnect', () => process.exit());
