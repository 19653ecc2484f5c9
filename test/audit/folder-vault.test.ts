import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { folderVault } from '../../src/audit/folder-vault.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cordon-vault-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('gives back what was put, and undefined for what was not', async () => {
  const vault = folderVault(join(folder, 'made-when-needed'));
  expect(await vault.get('audit/heads/1.json')).toBeUndefined();
  expect(await vault.put('audit/heads/1.json', '{"é":1}')).toBe('put');
  expect(await vault.get('audit/heads/1.json')).toBe('{"é":1}');
});

test('writes an object once, read-only', async () => {
  const vault = folderVault(folder);
  const answers = await Promise.all([1, 2, 3].map((n) => vault.put('audit/heads/1.json', `${n}`)));
  expect(answers).toEqual(['put', 'exists', 'exists']);
  expect(await vault.get('audit/heads/1.json')).toBe('1');
  expect(statSync(join(folder, 'audit/heads/1.json')).mode & 0o777).toBe(0o444);
});

test('lists the keys below a prefix after a key, in order, and no strange files', async () => {
  const vault = folderVault(folder);
  expect(await vault.list('audit/heads/', '')).toEqual([]);
  for (const n of ['3', '1', '2']) await vault.put(`audit/heads/${n}.json`, n);
  await vault.put('audit/segments/1.json', '1');
  writeFileSync(join(folder, 'audit/heads/.strange'), '');
  expect(await vault.list('audit/heads/', 'audit/heads/1.json')).toEqual([
    'audit/heads/2.json',
    'audit/heads/3.json',
  ]);
});

test.each([
  '../secret.json',
  'audit/../../secret.json',
  '/etc/secret.json',
  'audit/./x.json',
  'audit//x.json',
  'audit\\..\\x.json',
  'audit/x.json/../y.json',
  'audit/x.txt',
  'x.json',
  'audit/x\0.json',
  '',
])('refuses the key %j', async (key) => {
  const vault = folderVault(folder);
  await expect(vault.put(key, 'x')).rejects.toThrow(RangeError);
  await expect(vault.get(key)).rejects.toThrow(RangeError);
});

test.each(['../', '/', 'audit/../', 'audit', ''])('refuses the prefix %j', async (prefix) => {
  await expect(folderVault(folder).list(prefix, '')).rejects.toThrow(RangeError);
});
