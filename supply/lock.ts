/** The lock file, which says what is installed, and the package file, which says what was asked for. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json#packages */
export interface Locked {
  readonly version: string;
  readonly license?: string;
  /** Absent where the registry is left to who installs (`omit-lockfile-registry-resolved`). */
  readonly resolved?: string;
  readonly integrity?: string;
  /** It comes inside another package, whose integrity covers it. */
  readonly inBundle?: boolean;
  readonly link?: boolean;
  /** Not installed where it does not fit, such as a binary for another machine. */
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
}

/** By folder, `node_modules/…`, without the project itself. */
export type Lock = Readonly<Record<string, Locked>>;

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const readJson = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

export const readLock = (root: string): Lock => {
  const { '': _project, ...lock } = readJson(join(root, 'package-lock.json')).packages;
  return lock;
};

export const readManifest = (root: string): Manifest => readJson(join(root, 'package.json'));

/** `node_modules/a/node_modules/@b/c` is `@b/c`. */
export const nameOf = (folder: string): string =>
  folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
