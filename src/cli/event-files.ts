/** The events in files, for commands that read them from disk. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export type FileEvent =
  | { readonly kind: 'event'; readonly file: string; readonly json: unknown }
  | { readonly kind: 'empty' | 'unreadable'; readonly file: string; readonly because: string };

/**
 * Reads files, and directories for `*.json` in order of name. A file holds one event, an array, a
 * list under `Findings` or `Records` (an API answer, a CloudTrail file) or JSON lines; several
 * events are `file#1`, `file#2` … A file that cannot be read or is no JSON is told, never thrown.
 */
export function* eventsIn(paths: readonly string[]): Generator<FileEvent> {
  for (const path of paths) {
    for (const file of filesIn(path)) yield* read(file);
  }
}

/** The only event in a file. Throws, naming the file, when it cannot be read or holds none or several. */
export const oneEventIn = (path: string): unknown => {
  const [first, second] = [...eventsIn([path])];
  if (first?.kind !== 'event') throw new Error(`${path}: ${first?.because ?? 'No event in it'}`);
  if (second) throw new Error(`${path}: several events in it; give a file with one`);
  return first.json;
};

const filesIn = (path: string): readonly string[] => {
  try {
    if (!statSync(path).isDirectory()) return [path];
    return readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => join(path, name));
  } catch {
    // Reading it as a file says what is wrong.
    return [path];
  }
};

const read = (file: string): readonly FileEvent[] => {
  let content: string;
  try {
    content = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return [{ kind: 'unreadable', file, because: `Cannot be read (${code})` }];
  }
  const found = parsed(content) ?? lines(content);
  if (!found) return [{ kind: 'unreadable', file, because: 'Not JSON' }];
  const many = Array.isArray(found.value) ? found.value : listIn(found.value);
  if (!many) return [{ kind: 'event', file, json: found.value }];
  if (many.length === 0) return [{ kind: 'empty', file, because: 'No event in it' }];
  return many.map((json, index) => ({ kind: 'event', file: `${file}#${index + 1}`, json }));
};

/** A box around the value, because `null` is JSON too. */
const parsed = (content: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(content) };
  } catch {
    return undefined;
  }
};

const lines = (content: string): { readonly value: readonly unknown[] } | undefined => {
  const each = content.split('\n').filter((line) => line.trim() !== '');
  const values = each.map(parsed).filter((line) => line !== undefined);
  return each.length > 1 && values.length === each.length
    ? { value: values.map(({ value }) => value) }
    : undefined;
};

const listIn = (json: unknown): readonly unknown[] | undefined => {
  if (typeof json !== 'object' || json === null || 'detail-type' in json) return undefined;
  const found: unknown = ['Findings', 'findings', 'Records']
    .map((key): unknown => Reflect.get(json, key))
    .find(Array.isArray);
  return Array.isArray(found) ? found : undefined;
};
