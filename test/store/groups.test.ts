/** What is known of findings and of what they are about is removed as rubbish, and only then. */
import { createHash } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTables, type TablesServer } from '../../src/local/runtime/tables-server.ts';
import { groups } from '../../src/store/groups.ts';
import { type Table, table } from '../../src/store/table.ts';

let server: TablesServer;
let cases: Table;

beforeAll(async () => {
  server = await startTables(['cordon-cases'], 'eu-west-1');
  const credentials = { accessKeyId: 'owner', secretAccessKey: 'local' };
  cases = table(
    new DynamoDBClient({ region: 'eu-west-1', endpoint: server.endpoint, credentials }),
    'cordon-cases',
  );
});
afterAll(() => server.close());

const day = (days: number): string => new Date(Date.UTC(2026, 10, 22 + days, 9)).toISOString();
const removedAfter = async (pk: string, sk = 'CASE'): Promise<string> =>
  new Date(Number((await cases.get({ pk, sk }))?.['ttl']) * 1000).toISOString();

test('the place of a finding is kept for 400 days after it was last seen, to within a month', async () => {
  const store = groups(cases);
  const place = { case: 'C000000001', meets: ['C000000002'] };
  await store.claim('finding-1', place, day(0));
  expect(await removedAfter('FINDING#finding-1')).toBe(day(400));
  await store.claims(['finding-1'], day(20));
  expect(await removedAfter('FINDING#finding-1')).toBe(day(400));
  await store.claims(['finding-1'], day(300));
  expect(await removedAfter('FINDING#finding-1')).toBe(day(700));
  // Whoever only looks keeps nothing.
  expect((await store.claims(['finding-1'])).get('finding-1')).toEqual(place);
  expect(await removedAfter('FINDING#finding-1')).toBe(day(700));
});

test('what an earlier release stored without an end gets one when it is seen again', async () => {
  const key = { pk: 'FINDING#finding-2', sk: 'CASE' };
  await cases.put({ ...key, case: 'C000000003' });
  const found = await groups(cases).claims(['finding-2'], day(1));
  expect(found.get('finding-2')).toEqual({ case: 'C000000003', meets: [] });
  expect(await removedAfter('FINDING#finding-2')).toBe(day(401));
});

test('a key of open cases outlives the longest window, and what was removed is written anew', async () => {
  const store = groups(cases);
  const group = { key: 'instance/1', case: 'C000000001', openedAt: day(0), lastAt: day(1) };
  await store.put(group, undefined);
  const hash = createHash('sha256').update('instance/1').digest('hex').slice(0, 32);
  expect(await removedAfter(`GROUP#${hash}`, 'GROUP')).toBe(day(3));
  expect((await store.find(['instance/1'])).get('instance/1')).toEqual(group);
  // The key that was known is gone: nothing is written over what is not there.
  const other = { ...group, key: 'instance/3' };
  expect(await store.put({ ...other, lastAt: day(2) }, other)).toBe(false);
  expect(await store.put(other, undefined)).toBe(true);
});
