/** What is in node_modules, held against the lock file. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Lock, type Locked, nameOf } from './lock.ts';

export interface Installed {
  readonly folder: string;
  readonly name: string;
  /** An SPDX expression, https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/, or nothing. */
  readonly licence: string | undefined;
}

/** Old packages say `{ "type": "MIT" }`. */
const licenceIn = ({ license }: { readonly license?: unknown }): string | undefined => {
  if (typeof license === 'string') return license;
  const type = (license as { readonly type?: unknown } | undefined)?.type;
  return typeof type === 'string' ? type : undefined;
};

const one = (
  root: string,
  folder: string,
  locked: Locked,
): { readonly package?: Installed; readonly problem?: string } => {
  const name = nameOf(folder);
  const file = join(root, folder, 'package.json');
  if (!existsSync(file))
    return locked.optional
      ? { package: { folder, name, licence: locked.license } }
      : { problem: `${folder} is not installed: run npm ci` };
  const found = JSON.parse(readFileSync(file, 'utf8'));
  return found.version === locked.version
    ? { package: { folder, name, licence: licenceIn(found) } }
    : { problem: `${folder} is ${found.version}, locked ${locked.version}: run npm ci` };
};

/** Each locked package by its own word; one for another machine by the lock file's. */
export const readInstalled = (
  root: string,
  lock: Lock,
): { readonly packages: readonly Installed[]; readonly problems: readonly string[] } => {
  const all = Object.entries(lock).map(([folder, locked]) => one(root, folder, locked));
  return {
    packages: all.flatMap((each) => each.package ?? []),
    problems: all.flatMap((each) => each.problem ?? []),
  };
};
