/** `cordon doctor --before` on a healthy workplace and on broken ones, through the command line. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { beforeDeployment } from '../../../src/cli/doctor/before/index.ts';
import { inLines, runChecks } from '../../../src/cli/doctor/run.ts';
import { doctor } from '../../../src/cli/doctor.ts';

const manifest = readFileSync('manifest.yml', 'utf8');

const folderWith = (files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'cordon-doctor-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
};

const looked = async (options: {
  readonly configFile?: string;
  readonly manifestFile?: string;
}) => {
  const lines: string[] = [];
  const code = await doctor({
    configFile: 'cordon.config.ts',
    manifestFile: 'manifest.yml',
    before: true,
    json: false,
    print: (line) => lines.push(line),
    ...options,
  });
  return { code, text: lines.join('\n') };
};

test('a healthy workplace is healthy, and a program can read that', async () => {
  const { code, text } = await looked({});
  expect(text).not.toContain('FAIL');
  expect(code).toBe(0);
  const printed: string[] = [];
  await doctor({
    configFile: 'cordon.config.ts',
    manifestFile: 'manifest.yml',
    before: true,
    json: true,
    print: (line) => printed.push(line),
  });
  expect(JSON.parse(printed.join('\n'))).toMatchObject({
    healthy: true,
    checks: [{ id: 'node' }, { id: 'config' }, { id: 'manifest' }, { id: 'cdk' }],
  });
});

test('the command line has it, with an exit code', () => {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['bin/cordon.mjs', 'doctor', '--before', '--config', 'nowhere.ts'],
    { encoding: 'utf8' },
  );
  expect(status).toBe(1);
  expect(stdout).toMatch(/FAIL config +nowhere\.ts does not exist/);
});

test('each problem of the configuration is a line with what to do', async () => {
  const folder = folderWith({
    'cordon.config.ts': "export const config = { workspace: 'nowhere', channel: 'C0SECURITY' };",
  });
  const { code, text } = await looked({ configFile: join(folder, 'cordon.config.ts') });
  expect(code).toBe(1);
  expect(text).toMatch(/FAIL config +workspace /);
  expect(text).toMatch(/FAIL config +homeRegion is missing/);
  expect(text.match(/FAIL/g)?.length).toBe(text.match(/→ \S/g)?.length);
});

test('a configuration by which nobody may act is a problem before it is deployed', async () => {
  const folder = folderWith({
    'cordon.config.ts': `import { config as example } from '${resolve('cordon.config.ts')}';
export const config = { ...example, responders: { users: [], groups: [] } };`,
  });
  const { code, text } = await looked({ configFile: join(folder, 'cordon.config.ts') });
  expect(code).toBe(1);
  expect(text).toContain('responders is empty: nobody may act');
});

test.each([
  ['      - users:read\n', 'scope users:read is missing'],
  ['      - app_home_opened\n', 'event app_home_opened is missing'],
  ['    is_enabled: true\n', 'interactivity is not enabled'],
] as const)('a manifest without %j is told', async (left, problem) => {
  const folder = folderWith({ 'manifest.yml': manifest.replace(left, '') });
  const { code, text } = await looked({ manifestFile: join(folder, 'manifest.yml') });
  expect(code).toBe(1);
  expect(text).toContain(problem);
});

test.each([
  ['20.11.0', '3.0.0', ['Node 20.11.0 is too old', 'aws-cdk 3.0.0 does not read']],
  ['24.1.0', undefined, ['aws-cdk or aws-cdk-lib is not installed']],
] as const)('Node %s with CDK %s is told', async (version, cdk, problems) => {
  const root = folderWith({ 'package.json': '{}' });
  if (cdk) {
    mkdirSync(join(root, 'node_modules/aws-cdk'), { recursive: true });
    writeFileSync(
      join(root, 'node_modules/aws-cdk/package.json'),
      JSON.stringify({ version: cdk }),
    );
    symlinkSync(resolve('node_modules/aws-cdk-lib'), join(root, 'node_modules/aws-cdk-lib'));
  }
  const place = {
    node: version,
    configFile: 'cordon.config.ts',
    manifestFile: 'manifest.yml',
    root,
  };
  const told = (await runChecks(beforeDeployment, place, () => {})).map(inLines).join('\n');
  for (const problem of problems) expect(told).toContain(problem);
});
