/**
 * What a release has besides the functions: every template as text, and their checksums. The templates take
 * the functions from a bucket that they ask for (CodeBucket, CodePrefix), so they need no bootstrap of CDK.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { protectionJson } from '../src/app/scp.ts';
import type { CordonConfig } from '../src/config/config.ts';
import { memberRoleYaml } from './member-role.ts';
import { cordonApp } from './stacks.ts';

/** By file name. AWS's rules are asked by `npm run synth`. */
export const releaseTemplates = (config: CordonConfig): ReadonlyMap<string, string> => {
  const outdir = mkdtempSync(join(tmpdir(), 'cordon-release-'));
  const { stacks } = cordonApp({ config, checked: false, outdir }).synth();
  return new Map([
    ...stacks.map(
      ({ templateFile, template }) =>
        [templateFile, `${JSON.stringify(template, undefined, 1)}\n`] as const,
    ),
    ['member-role.yaml', memberRoleYaml()],
    ['protect-cordon-scp.json', `${protectionJson(config)}\n`],
  ]);
};

/** As `sha256sum --check` reads them, by name. */
export const checksums = (files: ReadonlyMap<string, string | Uint8Array>): string =>
  [...files]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, contents]) => `${createHash('sha256').update(contents).digest('hex')}  ${name}\n`)
    .join('');
