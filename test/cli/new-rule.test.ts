import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newRule } from '../../src/cli/new-rule.ts';
import { parse } from '../../src/findings/parse.ts';
import { defaultRules } from '../../src/rules/index.ts';
import { eventNames, readEvent } from '../fixtures/events/read-event.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const fixture = (name: string): string => join(root, `test/fixtures/events/${name}.json`);
const findings = eventNames.filter((name) => parse(readEvent(name)).kind === 'finding');

/** A repository of somebody who uses Cordon as a package. */
let theirs = '';
/** A folder in a clone of Cordon. */
let ours = '';

beforeAll(() => {
  theirs = mkdtempSync(join(tmpdir(), 'cordon-new-rule-'));
  mkdirSync(join(theirs, 'node_modules'));
  symlinkSync(root, join(theirs, 'node_modules/cordon'));
  writeFileSync(join(theirs, 'package.json'), '{ "type": "module" }');
  mkdirSync(join(root, '.cordon'), { recursive: true });
  ours = mkdtempSync(join(root, '.cordon/new-rule-'));
});
afterAll(() => {
  for (const folder of [theirs, ours]) rmSync(folder, { recursive: true });
});

const write = (file: string, dir: string): string =>
  newRule(file, { dir, config: join(dir, '../cordon.config.ts'), rules: defaultRules });

const event = (detail: object): string => {
  const file = join(theirs, 'event.json');
  writeFileSync(file, JSON.stringify({ 'detail-type': 'GuardDuty Finding', detail }));
  return file;
};

describe('a new rule', () => {
  it('is a file named by the type, and what to do with it is said', () => {
    const dir = join(theirs, 'said');
    expect(write(fixture('guardduty-ec2-c2'), dir)).toBe(
      [
        `Wrote ${join(dir, 'backdoor-ec2-c-c-activity-b.ts')}. It imports defineRule from cordon/src/rules/rule.ts.`,
        '',
        '1. Say in it what is at risk and why, and add an event that it must not match. The event in',
        '   it is as it was: replace account ids and names before you share the file.',
        `2. Add it to ${join(theirs, 'cordon.config.ts')}, before the rules that it is to overrule (which decides today: control-server):`,
        '',
        "   import { backdoorEc2CCActivityBRule } from './said/backdoor-ec2-c-c-activity-b.ts';",
        '   rules: [backdoorEc2CCActivityBRule, ...defaultRules],',
        '',
        `3. Ask which rule decides now: cordon explain ${fixture('guardduty-ec2-c2')}`,
      ].join('\n'),
    );
    expect(existsSync(join(dir, 'backdoor-ec2-c-c-activity-b.ts'))).toBe(true);
  });

  it('never overwrites a file', () => {
    const dir = join(theirs, 'kept');
    write(fixture('guardduty-root'), dir);
    const file = join(dir, 'policy-iam-user-root-credential-usage.ts');
    writeFileSync(file, 'mine');
    expect(() => write(fixture('guardduty-root'), dir)).toThrow(`${file} is there already`);
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it('is not written about what is no finding', () => {
    const dir = join(theirs, 'none');
    expect(() => write(fixture('inspector2-scan'), dir)).toThrow(/is no finding.*end of a scan/);
    expect(existsSync(dir)).toBe(false);
  });

  it.each([
    [
      'UnauthorizedAccess:EC2/TorClient',
      'unauthorized-access-ec2-tor-client',
      'unauthorizedAccess',
    ],
    ['delete', 'delete', 'deleteRule'],
    ['2004 Detection', '2004-detection', 'the2004DetectionRule'],
    ['GuardDuty: TTPs/X', 'guard-duty-ttps-x', 'guardDutyTtpsXRule'],
    ['../../x', 'x', 'xRule'],
    ['✗✗', 'finding', 'findingRule'],
    ['a b '.repeat(40), 'a-b-'.repeat(15).slice(0, -1), 'aBABABABA'],
  ])('of the type %s has a plain id and a free name', (type, id, name) => {
    const dir = mkdtempSync(join(theirs, 'names-'));
    write(event({ type, severity: 5 }), dir);
    const text = readFileSync(join(dir, `${id}.ts`), 'utf8');
    expect(text).toContain(`export const ${name}`);
  });

  it('shows characters that would hide or turn text around', () => {
    const dir = mkdtempSync(join(theirs, 'hidden-'));
    write(event({ type: 'T', severity: 5, title: '\u202e`x`\u2028\u{e0041}*/' }), dir);
    const text = readFileSync(join(dir, 't.ts'), 'utf8');
    expect(text).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(text).toContain('\\u202e`x`\\u2028\\udb40\\udc41*/');
  });
});

interface Module {
  readonly [name: string]: (typeof defaultRules)[number];
}

describe('the file that is written', () => {
  it.each(findings)('about %s matches its own event, and that again is an event', async (name) => {
    const dir = mkdtempSync(join(ours, 'own-'));
    const file = /Wrote (\S+)\. /.exec(write(fixture(name), dir))?.[1] ?? '';
    const module: Module = await import(pathToFileURL(file).href);
    const [rule] = Object.values(module);
    const [example] = rule?.examples ?? [];
    const found = parse(example?.event);
    expect(example?.event).toEqual(readEvent(name));
    expect(found.kind === 'finding' && rule?.when(found)).toBe(example?.matches);
    expect(rule?.title.length).toBeLessThanOrEqual(60);
  });

  it('satisfies the compiler at its strictest, here and where Cordon is a package', () => {
    for (const name of findings)
      for (const folder of [theirs, ours]) write(fixture(name), join(folder, `rules/${name}`));
    const compilerOptions = { types: [], allowImportingTsExtensions: true };
    for (const folder of [theirs, ours]) {
      const project = join(folder, 'tsconfig.json');
      const settings = {
        extends: join(root, 'tsconfig.json'),
        compilerOptions,
        include: ['rules'],
      };
      writeFileSync(project, JSON.stringify(settings));
      const tsc = join(root, 'node_modules/typescript/bin/tsc');
      const { stdout } = spawnSync(process.execPath, [tsc, '-p', project], { encoding: 'utf8' });
      expect(stdout).toBe('');
    }
  }, 30_000);
});

describe('the command', () => {
  const cordon = (...args: readonly string[]) => {
    const command = [join(root, 'bin/cordon.mjs'), ...args];
    const { stdout, stderr, status } = spawnSync(process.execPath, command, {
      cwd: theirs,
      encoding: 'utf8',
    });
    return { stdout, stderr, status };
  };

  const configure = (head: string, rules: string): void => {
    const people = "responders: {}, approvers: {}, securityAccount: '999988887777'";
    const accounts = "{ '999988887777': { name: 'security', response: false } }";
    writeFileSync(
      join(theirs, 'cordon.config.ts'),
      `import { defineConfig } from 'cordon/src/config/define-config.ts';
       import { defaultRules } from 'cordon/src/rules/index.ts';
       ${head}
       export const config = defineConfig({ workspace: 'T0CORDON', channel: 'C0SECURITY', ${people},
         accounts: ${accounts}, homeRegion: 'eu-west-1', rules: ${rules} });`,
    );
  };

  it('writes a rule that decides once it is in the configuration as said', () => {
    configure('', 'defaultRules');
    const said = cordon('new', 'rule', fixture('guardduty-ec2-c2'));
    expect(said).toMatchObject({ status: 0, stderr: '' });
    expect(said.stdout).toContain('Wrote rules/backdoor-ec2-c-c-activity-b.ts.');
    const [, head = ''] = /^ {3}(import .*)$/m.exec(said.stdout) ?? [];
    const [, rules = ''] = /^ {3}rules: (.*),$/m.exec(said.stdout) ?? [];
    configure(head, rules);
    expect(cordon('explain', fixture('guardduty-ec2-c2')).stdout).toContain(
      'Rule         backdoor-ec2-c-c-activity-b is the first that matches\n' +
        'Also match   control-server: later in the list, so they decide nothing\n',
    );
    expect(cordon('new', 'rule', fixture('guardduty-ec2-c2'))).toEqual({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(/^cordon: .* is there already; .*\n$/),
    });
  }, 30_000);

  it('says what it needs', () => {
    const stderr = 'cordon new rule needs a file with one event\n';
    expect(cordon('new', 'event.json')).toEqual({ status: 2, stdout: '', stderr });
  }, 30_000);
});
