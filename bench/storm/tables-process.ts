/**
 * DynamoDB in a process of its own: dynalite in memory behind a door that counts write and read units
 * from the sizes of items and index entries. Its parent talks to it as `TablesMessage` says.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import dynalite from 'dynalite';
import { answering, asking } from '../../src/local/runtime/engine.ts';
import { tableDefinition } from '../../src/store/definition.ts';
import { type Arrived, createArrived } from './arrived.ts';
import { createLedger, type Units } from './ledger.ts';
import { warmUp } from './warm-up.ts';

/** What the process says: first where it listens, then what it counted whenever it is asked. */
export type TablesMessage =
  | { readonly kind: 'listening'; readonly endpoint: string }
  | { readonly kind: 'counted'; readonly units: Units; readonly arrived: Arrived };

const ledgerOf = (names: readonly string[]) =>
  createLedger(
    names.map((name) => tableDefinition(name)),
    asking(answering(dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 }))),
  );

const ledger = ledgerOf(process.argv.slice(2));

const arrived = createArrived();

const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
};

const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const asked = await textOf(request);
  const { status, body } = await ledger.serve(request.headers, asked);
  if (status === 200) arrived.stored(asked, Date.now());
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(body);
};

const say = (message: TablesMessage): void => {
  process.send?.(message);
};

await ledger.createTables();
await warmUp(ledgerOf);
const server = createServer((request, response) => void serve(request, response));
server.listen(0, '127.0.0.1', () =>
  say({
    kind: 'listening',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  }),
);
process.on('message', () =>
  say({ kind: 'counted', units: ledger.units(), arrived: arrived.times() }),
);
process.on('disconnect', () => process.exit());
