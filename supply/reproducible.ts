/** Builds the functions here and in another folder; whoever builds them must get the same bytes. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Metafiles, readMetafiles } from './bundled.ts';
import { zipOf } from './zip.ts';

interface Builds {
  /** Of the build here. */
  readonly metafiles: Metafiles;
  /** Functions whose zip differs. */
  readonly problems: readonly string[];
}

const build = (root: string, out: string): void => {
  execFileSync(process.execPath, ['build.mjs', '--out', out], { cwd: root, stdio: 'inherit' });
};

/** What git knows, as it stands in the folder. */
const copySources = (root: string, to: string): void => {
  const listed = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' });
  for (const file of listed.split('\0').filter(Boolean))
    cpSync(join(root, file), join(to, file), { recursive: true });
};

/** Really copied: behind a symbolic link their path would still be the one of here. */
const copyPackages = (root: string, to: string, built: string): void => {
  for (const folder of packagesRead(built)) {
    mkdirSync(dirname(join(to, folder)), { recursive: true });
    cpSync(join(root, folder), join(to, folder), { recursive: true });
  }
  for (const tool of ['esbuild', '@esbuild'])
    symlinkSync(join(root, 'node_modules', tool), join(to, 'node_modules', tool));
};

/** Every package that the bundler read a file of, used or not. */
const packagesRead = (built: string): ReadonlySet<string> =>
  new Set(
    Object.values(readMetafiles(built)).flatMap(({ inputs }) =>
      Object.keys(inputs).flatMap(
        // The outermost: it has the ones inside it.
        (input) => /^node_modules\/(@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? [],
      ),
    ),
  );

/** Slow: two builds, about ten seconds. */
export const buildTwice = (root: string): Builds => {
  const work = mkdtempSync(join(tmpdir(), 'cordon-built-twice-'));
  const [here, there] = [join(work, 'here'), join(work, 'another/folder')];
  try {
    build(root, here);
    copySources(root, there);
    copyPackages(root, there, here);
    build(there, join(there, 'dist'));
    const metafiles = readMetafiles(here);
    const names = Object.keys(metafiles);
    const differs = (name: string): boolean =>
      !Buffer.from(zipOf(join(here, name))).equals(zipOf(join(there, 'dist', name)));
    return {
      metafiles,
      problems: names
        .filter(differs)
        .map((name) => `${name} has other bytes when it is built in another folder`),
    };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
};
