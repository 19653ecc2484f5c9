/**
 * `npm run release-notes -- TAG`: what the changelog says of the version that the tag names. Ends with an
 * error when the tag is not the version of package.json, or the changelog says nothing of it: then nothing
 * is released.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = process.env['CORDON_TREE'] ?? fileURLToPath(new URL('../', import.meta.url));
const read = (name: string): string => readFileSync(join(root, name), 'utf8');

const stop = (problem: string, remedy: string): never => {
  process.stderr.write(`${problem}\n→ ${remedy}\n`);
  process.exit(1);
};

const { version }: { readonly version: string } = JSON.parse(read('package.json'));
const tag = process.argv[2] ?? '';
if (tag !== `v${version}`)
  stop(
    `The tag ${tag} is not v${version}, the version of package.json.`,
    'Raise the version in package.json (npm version --no-git-tag-version), or tag what it says.',
  );

const sections = read('CHANGELOG.md').split(/^## /m).slice(1);
const notes = sections
  .find((section) => section.startsWith(`[${version}]`))
  ?.split('\n')
  .slice(1)
  .join('\n')
  .trim();
if (!notes)
  stop(
    `CHANGELOG.md says nothing of ${version}.`,
    `Name its section: make of "## [Unreleased]" "## [${version}] - YYYY-MM-DD".`,
  );
process.stdout.write(`${notes}\n`);
