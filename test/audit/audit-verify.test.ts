import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chainOutboxes } from '../../src/audit/chainer.ts';
import { folderVault } from '../../src/audit/folder-vault.ts';
import { auditVerify } from '../../src/cli/audit-verify.ts';
import { drafts, memory, ports, recordOf } from './memory.ts';

let folder: string;
let rows: readonly unknown[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cordon-audit-'));
  const store = memory({ a: drafts(1, 5) });
  const vault = folderVault(folder);
  const now = '2026-11-22T10:00:00.000Z';
  await chainOutboxes({ ...ports(store), vault, now, sealEvery: 2 });
  rows = recordOf(store).entries;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function exported(name: string, text: string): { entries: string; sealed: string } {
  const entries = join(folder, name);
  writeFileSync(entries, text);
  return { entries, sealed: folder };
}

const lines = (entries: readonly unknown[]): string =>
  entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');

describe('from files', () => {
  test.each([
    ['a JSON array', 'entries.json', () => JSON.stringify(rows)],
    ['an entry a line', 'entries.jsonl', () => lines(rows)],
  ])('an intact record exits 0: %s', async (_, name, text) => {
    const { text: told, code } = await auditVerify({ source: exported(name, text()) });
    expect(told).toContain('intact: 5 entries, sealed up to 5');
    expect(told).toMatch(/Hash of the newest entry: [0-9a-f]{64}\n/);
    expect(code).toBe(0);
  });

  test('a broken record exits 1, with every problem and what to do next', async () => {
    const head = join(folder, 'audit/heads/000000000004.json');
    chmodSync(head, 0o644);
    writeFileSync(head, '{}');
    const source = exported('entries.jsonl', lines([...rows.slice(0, 1), ...rows.slice(3)]));
    const { text, code } = await auditVerify({ source });
    expect(text).toContain('BROKEN: 2 problem(s)');
    expect(text).toMatch(/missing +entries 2 to 3: /);
    expect(text).toMatch(/head-changed +entry 4: /);
    expect(text).toMatch(/What to do next:\n {2}- .*requests table.*\n {2}- .*evidence bucket/);
    expect(code).toBe(1);
  });

  test('entries that wait for their seal are said', async () => {
    rmSync(join(folder, 'audit/heads/000000000005.json'), { force: true });
    rmSync(join(folder, 'audit/segments/000000000005.json'), { force: true });
    const { text, code } = await auditVerify({ source: exported('e.jsonl', lines(rows)) });
    expect(text).toContain('1 not sealed yet');
    expect(code).toBe(0);
  });

  test.each([
    ['no such file', () => ({ entries: join(folder, 'none.json'), sealed: folder })],
    ['not JSON', () => exported('e.json', 'x')],
    ['not an array', () => exported('e.json', '{}')],
    ['a line that is not JSON', () => exported('e.jsonl', `${lines(rows)}x\n`)],
    [
      'a folder without seals',
      () => {
        mkdirSync(join(folder, 'empty'));
        return { ...exported('e.json', '[]'), sealed: join(folder, 'empty') };
      },
    ],
  ])('what cannot be read exits 2: %s', async (_, source) => {
    const { text, code } = await auditVerify({ source: source() });
    expect(text).toContain('cannot be read');
    expect(code).toBe(2);
  });
});

describe('from a local world', () => {
  let server: Server;
  let answer: { status: number; body: string };
  let world: string;
  beforeEach(async () => {
    server = createServer((request, response) => {
      response.writeHead(request.url === '/audit' ? answer.status : 404).end(answer.body);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    world = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  });
  afterEach(() => new Promise((done) => server.close(done)));

  async function wholeAnswer(entries: readonly unknown[]): Promise<string> {
    const vault = folderVault(folder);
    const read = async (prefix: string) => {
      const keys = await vault.list(prefix, '');
      return Promise.all(keys.map(async (key) => ({ key, body: await vault.get(key) })));
    };
    const segments = await read('audit/segments/');
    return JSON.stringify({ entries, segments, heads: await read('audit/heads/') });
  }

  test('reads GET /audit and says whether it is intact', async () => {
    answer = { status: 200, body: await wholeAnswer(rows) };
    expect(await auditVerify({ source: { world } })).toMatchObject({ code: 0 });
    answer = { status: 200, body: await wholeAnswer(rows.slice(0, 3)) };
    const broken = await auditVerify({ source: { world } });
    expect(broken.text).toMatch(/truncated +entries 4 to 5/);
    expect(broken.code).toBe(1);
  });

  test.each([
    ['an error', { status: 500, body: '{}' }],
    ['something else than JSON', { status: 200, body: '<html>' }],
    ['no entries', { status: 200, body: '{}' }],
    [
      'objects without a body',
      { status: 200, body: '{"entries":[],"segments":[{"key":"x"}],"heads":[]}' },
    ],
  ])('exits 2 when the world answers with %s', async (_, given) => {
    answer = given;
    expect(await auditVerify({ source: { world } })).toMatchObject({ code: 2 });
  });

  test('exits 2 and says what to start when nobody answers', async () => {
    await new Promise((done) => server.close(done));
    const { text, code } = await auditVerify({ source: { world } });
    expect(text).toContain('npm start');
    expect(code).toBe(2);
    expect(await auditVerify({ source: { world: 'not an address' } })).toMatchObject({ code: 2 });
  });
});
