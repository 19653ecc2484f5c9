/** `cordon export` out of a running local world, and the check of what it wrote. */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { config } from '../../cordon.config.ts';
import { sha256 } from '../../src/audit/chain.ts';
import { main } from '../../src/cli/main.ts';
import { type Started, start } from '../../src/cli/start.ts';

const folder = mkdtempSync(join(tmpdir(), 'cordon-export-'));
const out = join(folder, 'bundle');
let local: Started;
let caseId = '';

const post = async (path: string, body: object = {}) => {
  const response = await fetch(new URL(path, local.server.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return response.json();
};

const run = async (...args: readonly string[]): Promise<readonly [number, string]> => {
  const written: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  const code = await main(['export', ...args]);
  spy.mockRestore();
  return [code, written.join('')];
};

const exported = () => run(caseId.toLowerCase(), '--world', local.server.url, '--out', out);

beforeAll(async () => {
  local = await start({ config, port: 0, folder: join(folder, 'world'), withCase: false });
  await post('/scenarios/leaked-key');
  const state = await (await fetch(new URL('/slack/state', local.server.url))).text();
  caseId = /C[0-9A-F]{9}/.exec(state)?.[0] ?? '';
});
afterAll(async () => {
  await local.close();
  rmSync(folder, { recursive: true });
});

test('a case is exported with its record and evidence, once, and the folder is whole', async () => {
  const [code, text] = await exported();
  expect([code, text]).toEqual([0, expect.stringContaining(`Case ${caseId} is in ${out}`)]);
  expect(readdirSync(out).sort()).toEqual([
    'audit.json',
    'bundle.json',
    'case.json',
    'evidence',
    'requests.json',
  ]);
  expect(readdirSync(join(out, 'evidence/cases', caseId, '1'))).toHaveLength(5);
  expect(await run('--verify', out)).toEqual([0, expect.stringContaining('The bundle is whole')]);
  expect(await exported()).toEqual([2, expect.stringContaining('nothing is overwritten')]);
  const audit = await (await fetch(new URL('/audit', local.server.url))).json();
  const hash = /which is in the audit too: ([0-9a-f]{64})/.exec(text)?.[1];
  await post('/clock/advance', { seconds: 60 });
  const after = await (await fetch(new URL('/audit', local.server.url))).json();
  expect(after.entries.length).toBeGreaterThan(audit.entries.length);
  expect(
    after.entries.find(({ kind }: { kind: string }) => kind === 'case.evidence-exported'),
  ).toMatchObject({ actor: 'local:operator', case: caseId, detail: { sha256: hash } });
});

test.each<readonly [string, (object: string) => void, RegExp]>([
  [
    'a changed byte',
    (object) => writeFileSync(object, readFileSync(object, 'utf8').replace('198.51', '198.52')),
    /changed {2}evidence\/cases\/C\w+\/1\/did-[0-9a-f]+\.json: its SHA-256 is not the one in/,
  ],
  ['a missing file', (object) => rmSync(object), /missing {2}evidence\/cases\/C\w+\/1\/did-/],
  [
    'an added file',
    (object) => writeFileSync(object.replace('did-', 'new-'), '{}'),
    /added {4}evidence\/cases\/C\w+\/1\/new-[0-9a-f]+\.json: bundle\.json does not list it/,
  ],
  [
    'a changed byte that the list of files was made to fit',
    (object) => {
      const list = join(out, 'bundle.json');
      const text = readFileSync(object, 'utf8').replace('198.51', '198.52');
      writeFileSync(object, text);
      chmodSync(list, 0o644);
      const before = JSON.parse(readFileSync(list, 'utf8'));
      for (const file of before.files) if (object.endsWith(file.path)) file.sha256 = sha256(text);
      writeFileSync(list, JSON.stringify(before));
    },
    /changed {2}evidence\/cases\/C\w+\/1\/did-[0-9a-f]+\.json: its SHA-256 is not the one in audit entry \d+/,
  ],
  [
    'an audit entry that was rewritten',
    () => {
      const file = join(out, 'audit.json');
      chmodSync(file, 0o644);
      writeFileSync(file, readFileSync(file, 'utf8').replace('cordon:worker', 'cordon:nobody'));
    },
    /changed {2}audit\.json: /,
  ],
])('%s is named', async (_, harm, says) => {
  rmSync(out, { recursive: true });
  await exported();
  const objects = join(out, 'evidence/cases', caseId, '1');
  const did = readdirSync(objects).find((name) => name.startsWith('did-')) ?? '';
  chmodSync(join(objects, did), 0o644);
  harm(join(objects, did));
  const [code, text] = await run('--verify', out);
  expect(code).toBe(1);
  expect(text).toMatch(says);
});

test('what cannot be done is said', async () => {
  expect(await run('C000000000', '--world', local.server.url, '--out', join(folder, 'no'))).toEqual(
    [2, expect.stringContaining('there is no case C000000000')],
  );
  expect(await run('--verify', join(folder, 'nowhere'))).toEqual([
    2,
    expect.stringContaining('cannot be read'),
  ]);
});
