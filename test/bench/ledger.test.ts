/** The ledger over a real engine: each request costs what DynamoDB would charge. */

import dynalite from 'dynalite';
import { beforeEach, expect, test } from 'vitest';
import { createLedger, type Ledger } from '../../bench/storm/ledger.ts';
import { answering, asking } from '../../src/local/runtime/engine.ts';
import { tableDefinition } from '../../src/store/definition.ts';

const headersFor = (operation: string) => ({
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': `DynamoDB_20120810.${operation}`,
  'x-amz-date': '20260101T000000Z',
  authorization: 'AWS4-HMAC-SHA256 Credential=a/1/2/3/4, SignedHeaders=host, Signature=b',
});

let ledger: Ledger;
const send = async (operation: string, input: object) => {
  const answer = await ledger.serve(
    headersFor(operation),
    JSON.stringify(operation.startsWith('Batch') ? input : { TableName: 'cases', ...input }),
  );
  return { status: answer.status, ...JSON.parse(answer.body) };
};

beforeEach(async () => {
  ledger = createLedger(
    [tableDefinition('cases')],
    asking(answering(dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 }))),
  );
  await ledger.createTables();
});

const key = { pk: { S: 'CASE#1' }, sk: { S: 'CASE' } };
const dirty = { dirtyPk: { S: 'DIRTY#0' }, dirtySk: { S: '3#1' } };
const text = (bytes: number) => ({ text: { S: '.'.repeat(bytes) } });

test('a put is charged by its size, and once more for each index it is in', async () => {
  await send('PutItem', { Item: { ...key, ...dirty, ...text(2000) } });
  expect(ledger.units()).toMatchObject({
    write: 3,
    written: { 'cases CASE# CASE': 2, 'cases index dirty': 1 },
    requests: { PutItem: 1 },
  });
});

test('a put over a larger item is charged by the larger', async () => {
  await send('PutItem', { Item: { ...key, ...text(5000) } });
  await send('PutItem', { Item: { ...key, ...text(1) } });
  expect(ledger.units().write).toBe(5 + 5);
});

test('a refused put is charged by what is there, and leaves it there', async () => {
  await send('PutItem', { Item: { ...key, ...text(3000) } });
  const refused = await send('PutItem', {
    Item: { ...key, ...text(1) },
    ConditionExpression: 'attribute_not_exists(pk)',
  });
  expect(refused.status).toBe(400);
  await send('DeleteItem', { Key: key });
  expect(ledger.units().write).toBe(3 + 3 + 3);
});

test('an update is charged by what it leaves, and its caller sees what it asked for', async () => {
  const set = { UpdateExpression: 'SET #t = :t', ExpressionAttributeNames: { '#t': 'text' } };
  const values = { ExpressionAttributeValues: { ':t': { S: '.'.repeat(1500) } } };
  const silent = await send('UpdateItem', { Key: key, ...set, ...values });
  const asked = await send('UpdateItem', {
    Key: key,
    ...set,
    ...values,
    ReturnValues: 'UPDATED_NEW',
  });
  expect(silent).toEqual({ status: 200 });
  expect(Object.keys(asked.Attributes)).toEqual(['text']);
  expect(ledger.units()).toMatchObject({ write: 2 + 2, read: 0, requests: { UpdateItem: 2 } });
});

test('what leaves an index is charged, and only there', async () => {
  await send('PutItem', { Item: { ...key, ...dirty } });
  await send('UpdateItem', { Key: key, UpdateExpression: 'REMOVE dirtyPk, dirtySk' });
  expect(ledger.units().written).toEqual({ 'cases CASE# CASE': 2, 'cases index dirty': 2 });
});

test('writes to one item at the same moment are charged in their order', async () => {
  await Promise.all(
    [3000, 1, 2000].map((bytes) => send('PutItem', { Item: { ...key, ...text(bytes) } })),
  );
  expect(ledger.units().write).toBe(3 + 3 + 2);
});

test('a batch is charged item by item', async () => {
  const answer = await send('BatchWriteItem', {
    RequestItems: {
      cases: [
        { PutRequest: { Item: { ...key, ...text(1500) } } },
        { PutRequest: { Item: { ...key, sk: { S: 'SHOWN' } } } },
      ],
    },
  });
  expect(answer).toEqual({ status: 200, UnprocessedItems: {} });
  expect(ledger.units().write).toBe(2 + 1);
});

test('reads are charged by what they found', async () => {
  await send('PutItem', { Item: { ...key, ...text(5000) } });
  await send('GetItem', { Key: key, ConsistentRead: true });
  await send('GetItem', { Key: { ...key, sk: { S: 'NONE' } } });
  const found = await send('Query', {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': key.pk },
    ConsistentRead: true,
  });
  await send('BatchGetItem', {
    RequestItems: { cases: { Keys: [key, { ...key, sk: { S: 'NONE' } }] } },
  });
  expect(found.Count).toBe(1);
  expect(ledger.units().read).toBe(2 + 0.5 + 2 + (1 + 0.5));
});

test.each([
  ['Scan', {}],
  ['Query', { KeyConditionExpression: 'pk = :pk', FilterExpression: 'x = :x' }],
])('%s is refused where its cost cannot be seen', async (operation, input) => {
  expect(await send(operation, input)).toMatchObject({ status: 400 });
  expect(ledger.units().uncounted).toEqual([operation]);
});
