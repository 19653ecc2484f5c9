/** Installs the dependencies of a fresh clone, exactly as locked; does nothing when they are there. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Cordon needs Node 20.19 or newer; this is ${process.version}.\n`);
  process.exit(1);
}

/** npm keeps what it installed in this file; it lacks the root package that the lock file has. */
const isInstalled = () => {
  const kept = `${root}node_modules/.package-lock.json`;
  if (!existsSync(kept)) return false;
  const wanted = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')).packages;
  const have = JSON.parse(readFileSync(kept, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || have[path]?.version === version,
  );
};

if (existsSync(`${root}package-lock.json`) && !isInstalled()) {
  process.stderr.write('Installing what is missing …\n');
  // Not `npm ci`: it refuses a lock file made where some optional package of another platform was
  // not to be had. What the lock file names is installed as it says; it is not rewritten.
  const command = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status } = spawnSync('npm', command, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}
