/** Whose code is in the built functions, from what the bundler says of each file that it wrote. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Metafile } from 'esbuild';
import type { Lock } from './lock.ts';

export type Metafiles = Readonly<Record<string, Pick<Metafile, 'inputs' | 'outputs'>>>;

/** Folder of a package → the functions that carry code of it. */
export type Bundled = ReadonlyMap<string, readonly string[]>;

const folderOf = (input: string): string | undefined =>
  /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(input)?.[0];

/** Of each function by name: `dist/meta/web.json` is that of web. */
export const readMetafiles = (built: string): Metafiles =>
  Object.fromEntries(
    readdirSync(join(built, 'meta'))
      .sort()
      .map((file) => [
        basename(file, '.json'),
        JSON.parse(readFileSync(join(built, 'meta', file), 'utf8')),
      ]),
  );

/** Files of which no byte is left after bundling do not count. In the order of the folders. */
export const bundledIn = (metafiles: Metafiles): Bundled => {
  const found = new Map<string, Set<string>>();
  for (const [name, { outputs }] of Object.entries(metafiles))
    for (const { inputs } of Object.values(outputs))
      for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
        const folder = bytesInOutput > 0 ? folderOf(input) : undefined;
        if (folder) found.set(folder, (found.get(folder) ?? new Set()).add(name));
      }
  return new Map(
    [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([folder, names]) => [folder, [...names]]),
  );
};

/** A bundle is files only: what needs its install script would be missing something. */
export const bundleProblems = (bundled: Bundled, lock: Lock): readonly string[] => [
  ...(bundled.size === 0 ? ['no package is in any bundle, which cannot be: build again'] : []),
  ...[...bundled].flatMap(([folder, functions]) => {
    const locked = lock[folder];
    if (!locked) return [`${folder} is in ${functions} but not in package-lock.json: run npm ci`];
    return locked.hasInstallScript
      ? [`${folder} is in ${functions} but needs its install script: a bundle cannot have that`]
      : [];
  }),
];
