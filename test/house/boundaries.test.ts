/**
 * The arrows of docs/architecture.md hold, because Biome refuses what goes against them: every
 * forbidden import is planted in a copy of the tree's shape, and every allowed one beside it.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'cordon-boundaries-'));

const core = [
  'findings',
  'rules',
  'config',
  'audit',
  'actions',
  'posture',
  'cases',
  'requests',
  'reviews',
];

/** Which folders of src a folder may import. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  findings: [],
  rules: ['findings'],
  audit: [],
  drills: [],
  actions: ['findings'],
  access: ['findings', 'actions'],
  posture: ['actions'],
  evidence: ['findings', 'actions', 'audit', 'posture'],
  playbooks: ['findings', 'actions'],
  config: ['drills', 'findings', 'rules', 'actions', 'playbooks', 'organization'],
  organization: ['actions'],
  cases: ['findings', 'rules', 'audit'],
  requests: ['findings', 'actions', 'audit', 'config'],
  reviews: ['findings', 'actions', 'audit', 'cases', 'requests'],
  execution: ['findings', 'actions', 'requests'],
  slack: [
    'playbooks',
    'findings',
    'rules',
    'actions',
    'posture',
    'cases',
    'requests',
    'reviews',
    'config',
  ],
  store: [
    'drills',
    'findings',
    'rules',
    'actions',
    'posture',
    'evidence',
    'organization',
    'cases',
    'requests',
    'reviews',
    'audit',
  ],
  aws: ['findings', 'actions', 'audit'],
  flows: [
    'drills',
    'access',
    'organization',
    'playbooks',
    'evidence',
    ...core,
    'execution',
    'slack',
    'store',
  ],
  app: [
    'drills',
    'access',
    'organization',
    'playbooks',
    'evidence',
    ...core,
    'execution',
    'slack',
    'store',
    'aws',
    'flows',
  ],
  lambdas: ['config', 'app'],
  local: [
    'drills',
    'access',
    'playbooks',
    'evidence',
    ...core,
    'execution',
    'slack',
    'store',
    'aws',
    'flows',
    'app',
  ],
  cli: ['evidence', ...core.filter((name) => name !== 'posture'), 'store', 'app', 'local'],
};
const folders = Object.keys(allowed);

/** Each plants one line; `refused` says whether Biome must report it. */
interface Planted {
  readonly file: string;
  readonly line: string;
  readonly refused: boolean;
}

const named = (source: string): string => `import { a } from '${source}';`;

const betweenFolders: readonly Planted[] = folders.flatMap((from) =>
  folders
    .filter((to) => to !== from)
    .map((to) => ({
      file: `src/${from}/to-${to}.ts`,
      line: named(`../${to}/inner/a.ts`),
      refused: !allowed[from]?.includes(to),
    })),
);

const packages: readonly Planted[] = Object.entries({
  '@aws-sdk/client-ec2': [
    ...core,
    'drills',
    'access',
    'evidence',
    'playbooks',
    'execution',
    'slack',
    'flows',
    'lambdas',
  ],
  '@slack/bolt': [...folders.filter((name) => !['slack', 'app', 'local'].includes(name))],
  'node:https': [
    'access',
    'organization',
    'evidence',
    'findings',
    'rules',
    'actions',
    'playbooks',
    'posture',
    'cases',
    'requests',
    'reviews',
  ],
}).flatMap(([source, refusing]) =>
  folders.map((from) => ({
    file: `src/${from}/uses-${source.replace(/\W/g, '-')}.ts`,
    line: named(source),
    refused: refusing.includes(from),
  })),
);

const others: readonly Planted[] = [
  ['src/rules/pack/deep.ts', named('../../cases/case.ts'), true],
  ['src/rules/pack/shallow.ts', named('../rule.ts'), false],
  ['src/findings/type.ts', "import type { A } from '../cases/case.ts';", true],
  ['src/findings/again.ts', "export { a } from '../cases/case.ts';", true],
  ['src/findings/later.ts', "export const a = () => import('../cases/case.ts');", true],
  ['src/actions/shape.ts', "import type { A } from '@aws-sdk/client-ec2';", false],
  ['src/actions/all.ts', "import * as ec2 from '@aws-sdk/client-ec2';", true],
  ['src/actions/later.ts', "export const a = () => import('@aws-sdk/client-ec2');", true],
  ['src/app/config.ts', named('../../cordon.config.ts'), true],
  ['src/app/world.ts', named('../local/world/world.ts'), true],
  ['src/app/rehearsal-world.ts', named('../local/world/world.ts'), false],
  ['src/lambdas/config.ts', named('../../cordon.config.ts'), false],
  ['src/local/page/world.ts', named('../world/state.ts'), true],
  ['src/local/page/flows.ts', named('../../flows/ports.ts'), true],
  ['src/local/page/slack-types.ts', "import type { A } from '@slack/types';", false],
].map(([file, line, refused]) => ({
  file: String(file),
  line: String(line),
  refused: refused === true,
}));

const machine: readonly Planted[] = [
  'Date.now()',
  'new Date()',
  'performance.now()',
  'Math.random()',
  'crypto.randomUUID()',
  'randomUUID()',
  'randomBytes(8)',
  "process.env['A']",
].flatMap((expression, n) => {
  const line = `export const a = ${expression};`;
  return [
    ...[...core, 'drills', 'execution', 'slack', 'store', 'aws', 'flows', 'app'].map((from) => ({
      file: `src/${from}/machine-${n}.ts`,
      line,
      refused: true,
    })),
    ...['lambdas', 'local', 'cli'].map((from) => ({
      file: `src/${from}/machine-${n}.ts`,
      line,
      refused: false,
    })),
  ];
});

const planted = [...betweenFolders, ...packages, ...others, ...machine];

interface Diagnostic {
  readonly category: string;
  readonly location: { readonly path: string };
}

let reported: readonly Diagnostic[] = [];

beforeAll(() => {
  for (const { file, line } of planted) {
    mkdirSync(join(copy, file, '..'), { recursive: true });
    writeFileSync(join(copy, file), `${line}\n`);
  }
  cpSync(join(root, 'biome.json'), join(copy, 'biome.json'));
  cpSync(join(root, 'lint'), join(copy, 'lint'), { recursive: true });
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const { stdout } = spawnSync(
    process.execPath,
    [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.'],
    { cwd: copy, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const report: { readonly diagnostics: readonly Diagnostic[] } = JSON.parse(stdout);
  reported = report.diagnostics.filter(({ category }) =>
    ['lint/style/noRestrictedImports', 'plugin'].includes(category),
  );
}, 60_000);
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const linesOf = (files: ReadonlySet<string>): readonly string[] =>
  planted.filter(({ file }) => files.has(file)).map(({ file, line }) => `${file}: ${line}`);

test('every folder of src has its row', () => {
  const inTree = readdirSync(join(root, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(inTree.sort()).toEqual([...folders].sort());
});

test('exactly the forbidden imports and calls are refused', () => {
  const refused = new Set(planted.filter((one) => one.refused).map(({ file }) => file));
  expect(refused.size).toBeGreaterThan(150);
  expect(linesOf(new Set(reported.map(({ location }) => location.path)))).toEqual(linesOf(refused));
});
