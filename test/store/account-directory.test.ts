/** The organisation of five thousand accounts fits in one item, and an older reading never replaces a newer one. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTables, type TablesServer } from '../../src/local/runtime/tables-server.ts';
import type { AccountDirectory } from '../../src/organization/directory.ts';
import { type DirectoryStore, directoryStore } from '../../src/store/account-directory.ts';
import { type Table, table } from '../../src/store/table.ts';

let server: TablesServer;
let requests: Table;
let store: DirectoryStore;

beforeAll(async () => {
  server = await startTables(['cordon-requests'], 'eu-west-1');
  const client = new DynamoDBClient({
    region: 'eu-west-1',
    endpoint: server.endpoint,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  requests = table(client, 'cordon-requests');
  store = directoryStore(requests);
});
afterAll(() => server.close());

/** Ids and names that repeat as little as real ones do. */
const digits = (n: number): string =>
  String((n * 48_271 * 69_621 + 777_777) % 1_000_000_000_000).padStart(12, '0');

const directory = (version: number, many: number): AccountDirectory => ({
  version,
  readAt: '2026-11-28T02:00:00.000Z',
  accounts: Array.from({ length: many }, (_, n) => ({
    id: digits(n + 1),
    name: `${['payments', 'search', 'ledger', 'media'][n % 4]}-${digits(n * 7).slice(6)}-prod`,
    ou: `workloads/division-${n % 40}/prod`,
    state: 'ACTIVE',
    owner: `team-${digits(n % 300).slice(8)}@example.com`,
    taggedAt: new Date(Date.parse('2026-11-28T02:00:00Z') + n * 517).toISOString(),
    reach: { at: new Date(Date.parse('2026-11-28T02:00:00Z') + n * 131).toISOString() },
  })),
});

test('five thousand accounts are kept in one item and read back as they were', async () => {
  const large = directory(1, 5_000);
  expect(await store.keep(large)).toBe(true);
  expect(await store.get()).toEqual(large);
  const [item] = await requests.getMany([{ pk: 'ORGANIZATION', sk: 'ACCOUNTS' }]);
  const bytes = item?.['body'] instanceof Uint8Array ? item['body'].byteLength : 0;
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThan(300_000);
});

test('of two readings that began from the same directory one is kept', async () => {
  expect(await store.keep(directory(2, 2))).toBe(true);
  expect(await store.keep(directory(2, 3))).toBe(false);
  expect((await store.get())?.accounts).toHaveLength(2);
});

test('an item of a newer Cordon is refused rather than misread', async () => {
  await requests.put({ pk: 'ORGANIZATION', sk: 'WALK', v: 2, version: 1, body: new Uint8Array() });
  await expect(store.walk()).rejects.toThrow('deploy the newer Cordon');
});
