/** A local folder in the place of the object-locked bucket: files are written once and read-only. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Vault } from './ports.ts';

/** No dot but the last, so that no key leads out of the folder. */
const KEY = /^(?:[A-Za-z0-9-]+\/)+[a-z0-9-]+\.json$/;
const PREFIX = /^(?:[A-Za-z0-9-]+\/)+$/;

/** The vault in `folder`, which is made when something is put. Throws for a key that could lead out of it. */
export function folderVault(folder: string): Vault {
  const fileOf = (key: string): string => {
    if (!KEY.test(key))
      throw new RangeError(`Not the key of a sealed object: ${JSON.stringify(key)}`);
    return join(folder, key);
  };
  // Written in one go, so that nobody in this process reads half an object.
  return {
    put: async (key, body) => {
      const file = fileOf(key);
      mkdirSync(dirname(file), { recursive: true });
      const written = unless('EEXIST', () => {
        writeFileSync(file, body, { flag: 'wx', mode: 0o444 });
        return 'put' as const;
      });
      return written ?? 'exists';
    },
    get: async (key) => unless('ENOENT', () => readFileSync(fileOf(key), 'utf8')),
    list: async (prefix, after) => {
      if (!PREFIX.test(prefix)) throw new RangeError(`Not a prefix: ${JSON.stringify(prefix)}`);
      // As S3 lists: what lies deeper too.
      const names =
        unless('ENOENT', () => readdirSync(join(folder, prefix), { recursive: true })) ?? [];
      return names
        .map((name) => `${prefix}${name}`.replaceAll('\\', '/'))
        .filter((key) => KEY.test(key) && key > after)
        .sort();
    },
  };
}

/** What `act` returns; undefined when it fails with the system error `code`. */
function unless<T>(code: string, act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === code) return undefined;
    throw error;
  }
}
