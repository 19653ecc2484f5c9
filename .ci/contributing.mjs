/**
 * Does literally what CONTRIBUTING.md says under "Add an action", in a copy of the tree, then checks
 * the types and runs the tests of the new action. Fails where the page is not true any more.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'cordon-contributing-'));

const copyTree = () => {
  const files = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).split('\0');
  for (const file of files.filter(Boolean)) cpSync(file, join(folder, file), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
};

const section = () => {
  const page = readFileSync('CONTRIBUTING.md', 'utf8');
  const from = page.indexOf('\n## Add an action\n');
  if (from < 0) throw new Error('CONTRIBUTING.md has no section "Add an action"');
  return page.slice(from, page.indexOf('\n## ', from + 4));
};

/** `Create PATH. …` or `In PATH, WHERE LINE:`, each with its block of code. */
const step =
  /(?:(?:^|\s)Create `(?<made>[^`]+)`\.[^\n]*|^In `(?<file>[^`]+)`, (?<where>above|below|instead of) `(?<line>[^`]+)`:)\n\n```ts\n(?<code>[\s\S]*?)^```$/gm;

const edit = (text, { file, where, line, code }) => {
  const lines = text.split('\n');
  const places = lines.flatMap((each, index) => (each === line ? [index] : []));
  if (places.length !== 1)
    throw new Error(
      `${file} has the line ${JSON.stringify(line)} ${places.length} times, not once`,
    );
  const at = places[0] + (where === 'below' ? 1 : 0);
  lines.splice(at, where === 'instead of' ? 1 : 0, ...code.replace(/\n$/, '').split('\n'));
  return lines.join('\n');
};

const follow = () => {
  const steps = [...section().matchAll(step)].map(({ groups }) => groups);
  const blocks = section().match(/^```ts$/gm)?.length ?? 0;
  if (steps.length === 0 || steps.length !== blocks)
    throw new Error(`${blocks} blocks of code, but ${steps.length} say where they belong`);
  for (const one of steps) {
    const path = join(folder, one.made ?? one.file);
    writeFileSync(path, one.made ? one.code : edit(readFileSync(path, 'utf8'), one));
  }
  return steps.length;
};

const run = (...words) =>
  execFileSync('npx', words, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });

try {
  copyTree();
  const steps = follow();
  process.stdout.write(`followed ${steps} steps of ${dirname(resolve('CONTRIBUTING.md'))}\n`);
  run('tsc');
  run('vitest', 'run', 'test/docs/generated.test.ts', '--update');
  run('biome', 'check', '--write', 'src', 'test');
  run(
    ...['vitest', 'run', 'test/actions', 'test/rules', 'test/aws', 'test/docs/generated.test.ts'],
    ...['test/stories/stop-database.test.ts', 'test/stories/accounts.test.ts'],
    ...['test/stories/every-action.test.ts', 'test/bench/contain.test.ts'],
  );
  process.stdout.write('the new action is whole: types, policies, tables, life, story\n');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
