import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { oneEventIn } from '../../src/cli/event-files.ts';
import { main } from '../../src/cli/main.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cordon-event-files-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (text: string): string => {
  const path = join(folder, 'event.json');
  writeFileSync(path, text);
  return path;
};

it.each([
  ['an event', '{"id":"a"}'],
  ['an event after a byte order mark', '\uFEFF{"id":"a"}'],
  ['a list of one', '[{"id":"a"}]'],
])('one event is read from %s', (_, text) => {
  expect(oneEventIn(file(text))).toEqual({ id: 'a' });
});

it.each([
  ['two events', '[{"id":"a"},{"id":"b"}]', 'several events in it; give a file with one'],
  ['no event', '[]', 'No event in it'],
  ['no JSON', '{', 'Not JSON'],
])('a file with %s is refused by name', (_, text, because) => {
  const path = file(text);
  expect(() => oneEventIn(path)).toThrow(`${path}: ${because}`);
});

it('a file that is not there is refused by name', () => {
  const path = join(folder, 'none.json');
  expect(() => oneEventIn(path)).toThrow(`${path}: Cannot be read (ENOENT)`);
});

it('a closed pipe is borne, however often the command line runs; another fault is not', async () => {
  const quiet = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  await main(['help']);
  const before = process.stdout.listenerCount('error');
  await main(['help']);
  quiet.mockRestore();
  expect(process.stdout.listenerCount('error')).toBe(before);
  const fault = (code: string) => () =>
    process.stdout.emit('error', Object.assign(new Error(code), { code }));
  expect(fault('EPIPE')).not.toThrow();
  expect(fault('EIO')).toThrow('EIO');
});
