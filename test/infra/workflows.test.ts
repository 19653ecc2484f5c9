/** What GitHub runs by itself: commands that exist, actions pinned, a release only of the version that the tree has. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface Job {
  readonly needs?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly run?: string; readonly uses?: string }[];
}
interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = '.github/workflows';
const files = readdirSync(folder);
const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8');
const workflow = (name: string): Workflow => parse(textOf(name));
const manifest: { readonly version: string; readonly scripts: Readonly<Record<string, string>> } =
  JSON.parse(readFileSync('package.json', 'utf8'));
const commandsOf = (name: string): readonly string[] =>
  Object.values(workflow(name).jobs)
    .flatMap(({ steps }) => steps)
    .flatMap(({ run }) => run?.split(/\n|&&/) ?? [])
    .map((line) => line.trim());

test.each(files)('every npm script and file that %s runs is there', (name) => {
  const commands = commandsOf(name);
  const scripts = commands.flatMap(
    (line) => /npm run (?:--silent )?([\w:-]+)/.exec(line)?.[1] ?? [],
  );
  for (const script of scripts) expect(manifest.scripts, script).toHaveProperty([script]);
  const programs = commands.flatMap((line) => /^(?:node )?([.\w]+\/\S+)$/.exec(line)?.[1] ?? []);
  for (const program of programs) expect(existsSync(program), program).toBe(true);
  expect(scripts.length + programs.length).toBeGreaterThan(1);
});

test.each(files)(
  'each action in %s is GitHub’s own, pinned by its commit, with the version beside',
  (name) => {
    const uses = textOf(name).match(/uses: .*/g) ?? [];
    expect(uses.length).toBeGreaterThan(1);
    for (const one of uses)
      expect(one).toMatch(/^uses: actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  },
);

test('only the job that publishes may write, and it runs no code of the tree or its dependencies', () => {
  const { permissions, jobs } = workflow('release.yml');
  expect(permissions).toEqual({});
  expect(jobs['build']?.permissions).toEqual({ contents: 'read' });
  expect(jobs['publish']).toMatchObject({ needs: 'build', permissions: { contents: 'write' } });
  const published = (jobs['publish']?.steps ?? []).map(({ run = '', uses = '' }) => run + uses);
  expect(published.join('\n')).not.toMatch(/npm|node|npx|checkout/);
  expect(workflow('ci.yml').permissions).toEqual({ contents: 'read' });
});

test('what is attached is what the checksums name', () => {
  const commands = commandsOf('release.yml').join('\n');
  expect(commands).toContain('cut -c67- sha256sums.txt');
  expect(commands).toContain('sha256sum --check sha256sums.txt');
  // A digest, two blanks, then the name.
  expect(`${'0'.repeat(64)}  web.zip`.slice(66)).toBe('web.zip');
});

const changelog = (version: string): string =>
  `# Changelog\n\n## [Unreleased]\n\n- Later.\n\n## [${version}] - 2026-12-01\n\n- Cards.\n\n## [0.0.9]\n\n- Older.\n`;

const notesFor = (tag: string, tree: Readonly<Record<string, string>>) => {
  const root = mkdtempSync(join(tmpdir(), 'cordon-tag-'));
  for (const [name, text] of Object.entries(tree)) writeFileSync(join(root, name), text);
  return spawnSync('npx', ['tsx', 'infra/release-notes.ts', tag], {
    encoding: 'utf8',
    env: { ...process.env, CORDON_TREE: root },
  });
};
const tree = { 'package.json': '{"version":"1.2.0"}', 'CHANGELOG.md': changelog('1.2.0') };

test('a tag that is the version gets the notes of just that version', () => {
  expect(notesFor('v1.2.0', tree)).toMatchObject({ status: 0, stdout: '- Cards.\n' });
});

test.each([
  ['another version', 'v1.2.1', tree, /not v1\.2\.0, the version of package\.json/],
  ['no tag', '', tree, /The tag {2}is not v1\.2\.0/],
  [
    'a version without a section',
    'v1.2.0',
    { ...tree, 'CHANGELOG.md': changelog('1.1.0') },
    /says nothing of 1\.2\.0\.\n→ Name its section/,
  ],
])('%s is not released, and what to do is said', (_, tag, given, says) => {
  const { status, stderr, stdout } = notesFor(tag, given);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(says);
});
