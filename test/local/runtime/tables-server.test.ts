import { request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTables, type TablesServer } from '../../../src/local/runtime/tables-server.ts';

let tables: TablesServer;
beforeAll(async () => {
  tables = await startTables(['cases'], 'eu-west-1');
});
afterAll(() => tables.close());

/** `fetch` sets neither header as asked. */
const post = (headers: Readonly<Record<string, string>>): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request(tables.endpoint, { method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end('{}');
  });

it('answers no page of a browser', async () => {
  expect(await post({ origin: 'https://example.com' })).toBe(403);
  expect(await post({ origin: 'null' })).toBe(403);
});

it('answers for no other host', async () => {
  expect(await post({ host: 'rebound.example.com' })).toBe(403);
  expect(await post({ host: new URL(tables.endpoint).host })).not.toBe(403);
});
