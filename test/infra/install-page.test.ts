/** docs/install.md, step by step: every script, command, file, parameter and output that it names is there. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { config as example } from '../../cordon.config.ts';
import { releaseTemplates } from '../../infra/release.ts';
import { functionNames } from '../../src/aws/rights.ts';
import { usage } from '../../src/cli/main.ts';
import { defineConfig } from '../../src/config/define-config.ts';

process.env['CDK_VALIDATION'] = 'false';
const page = readFileSync('docs/install.md', 'utf8');
const flat = page.replaceAll(/\s+/g, ' ');
const files = releaseTemplates(example);

interface Template {
  readonly Parameters?: Readonly<Record<string, object>>;
  readonly Outputs?: Readonly<Record<string, object>>;
}
const templateOf = (name: string): Template => parse(files.get(name) ?? '{}');

/** All first groups, each once. */
const all = (pattern: RegExp, text = flat): readonly string[] => [
  ...new Set([...text.matchAll(pattern)].map(([, found = '']) => found)),
];

/** The numbered steps under “One account, in ten steps”. */
const section =
  page.split('## One account, in ten steps')[1]?.split(/^`npx cordon doctor/m)[0] ?? '';
const steps = section.split(/^\d+\. \*\*/m).slice(1);

test('one account takes ten steps', () => {
  expect(steps).toHaveLength(10);
});

test('the npm scripts exist', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const named = all(/npm (?:run )?(start|(?<=run )[\w:-]+)/g);
  expect(named.length).toBeGreaterThan(3);
  for (const name of named) expect(scripts, name).toHaveProperty([name]);
});

test('cordon has the commands', () => {
  const named = all(/`?npx cordon (\w+)/g);
  expect(named).toEqual(expect.arrayContaining(['install', 'doctor', 'policy', 'scp']));
  for (const name of named) expect(usage).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
  const options = all(/cordon \w+ (--\w+)/g);
  for (const option of options) expect(usage).toContain(option);
});

test('the files that it deploys are synthesised or in the tree', () => {
  const templates = all(/([\w-]+\.template\.json)/g);
  expect(templates.length).toBeGreaterThan(3);
  for (const name of templates) expect([...files.keys()]).toContain(name);
  for (const file of all(/\b(infra\/[\w.-]+)/g)) expect(existsSync(file), file).toBe(true);
  for (const name of all(/dist\/(\w[\w-]*)\.zip/g)) expect(functionNames).toContain(name);
  expect(flat).toContain('`dist/web.zip` and the other six');
  expect(functionNames).toHaveLength(7);
});

test('the parameters that its commands give are those of the templates', () => {
  const given = (name: string): readonly string[] =>
    steps
      .flatMap((step) => step.split('aws cloudformation deploy'))
      .concat(section.split('Then the same command'))
      .filter((text) => text.includes(name))
      .flatMap((text) => all(/\b([A-Z]\w+)=\S/g, text.split(name)[1]?.split('`.')[0] ?? ''));
  const home = given('cdk.out/cordon.template.json');
  expect(home).toEqual(expect.arrayContaining(['CodeBucket', 'CodePrefix', 'ExternalId']));
  const forward = given('cdk.out/cordon-forward.template.json');
  expect(forward).toContain('SecurityBusArn');
  const { Parameters: ofHome = {} } = templateOf('cordon.template.json');
  const { Parameters: ofForward = {} } = templateOf('cordon-forward.template.json');
  for (const name of all(/(CodeBucket|CodePrefix|ExternalId)=/g))
    expect(ofHome).toHaveProperty(name);
  for (const name of forward) expect({ ...ofHome, ...ofForward }).toHaveProperty(name);
  // Whatever has no default has to be given.
  const needed = (parameters: object): readonly string[] =>
    Object.entries(parameters).flatMap(([name, value]) => ('Default' in value ? [] : [name]));
  expect(needed(ofHome).filter((name) => !home.includes(name))).toEqual([]);
  expect(needed(ofForward)).toEqual(['SecurityBusArn']);
});

test('the parameters of the member role, in the text and in the table, are its own, and those without a default are named', () => {
  const { Parameters = {} } = templateOf('member-role.yaml');
  for (const name of all(/^\| `(Respond\w*)`/gm, page)) expect(Parameters).toHaveProperty(name);
  for (const name of [
    'SecurityAccount',
    'ExternalId',
    'OrganizationId',
    'RolePath',
    'RolePrefix',
    'PermissionsBoundary',
  ])
    expect([flat.includes(`\`${name}\``), name in Parameters]).toEqual([true, true]);
  const needed = Object.entries(Parameters).flatMap(([name, value]) =>
    'Default' in value ? [] : [name],
  );
  expect(needed.toSorted()).toEqual(['ExternalId', 'SecurityAccount']);
});

test('the outputs that it takes from the stack are there', () => {
  const { Outputs = {} } = templateOf('cordon.template.json');
  for (const name of ['SlackSecretArn', 'SlackRequestUrl', 'SecurityBusArn']) {
    expect(flat).toContain(name);
    expect(Outputs).toHaveProperty(name);
  }
});

test('the configuration of its first two steps is one, and only observes', () => {
  const config = defineConfig({
    workspace: 'T0CORDON',
    channel: 'C0SECURITY',
    responders: { users: ['U0MARIA'] },
    approvers: { users: ['U0ANA'] },
    accounts: { '999988887777': { name: 'security-tooling', response: false } },
    securityAccount: '999988887777',
    homeRegion: 'eu-west-1',
    deployment: { pagerEmails: ['oncall@example.com'] },
  });
  for (const key of [
    ...['workspace', 'channel', 'responders', 'approvers'],
    ...['accounts', 'securityAccount', 'homeRegion'],
  ])
    expect(steps[0]).toContain(`\`${key}\``);
  expect(config).toMatchObject({ deployment: { pagerEmails: ['oncall@example.com'] } });
});
