/** What the documents say of the tree is so: links, paths, commands, code. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { config } from '../../cordon.config.ts';
import { actions } from '../../src/actions/index.ts';
import { main } from '../../src/cli/main.ts';
import { parse } from '../../src/findings/parse.ts';
import { decide } from '../../src/rules/decide.ts';
import { defaultRules } from '../../src/rules/index.ts';
import { torClient } from './tor-client.ts';

const documents = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const read = (file: string): string => readFileSync(file, 'utf8');

interface Block {
  readonly language: string;
  readonly text: string;
}

const blocksOf = (file: string): readonly Block[] =>
  [...read(file).matchAll(/^( *)```(\w*)\n([\s\S]*?)^\1```$/gm)].map((match) => ({
    language: match[2] ?? '',
    text: match[3] ?? '',
  }));

/** Shell lines without the comment behind them. */
const commandsOf = (file: string): readonly string[] =>
  blocksOf(file)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.split('\n'))
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '');

/** How GitHub names a heading. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

const anchorsOf = (file: string): readonly string[] =>
  [...read(file).matchAll(/^#+ (.+)$/gm)].map((match) => anchor(match[1] ?? ''));

const deadLinks = (file: string): readonly string[] =>
  [...read(file).matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1] ?? '')
    .filter((link) => !/^(https?:|mailto:)/.test(link))
    .filter((link) => {
      const [path = '', heading] = link.split('#');
      const target = path === '' ? file : join(dirname(file), path);
      if (!existsSync(target)) return true;
      return heading !== undefined && !anchorsOf(target).includes(heading);
    });

/** Paths in code spans, without the places where a reader puts a name and what a reader creates. */
const missingPaths = (file: string): readonly string[] =>
  [...read(file).matchAll(/(?<!Create )`((?:src|test|docs|bin)\/[\w./-]*)`/g)]
    .map((match) => match[1] ?? '')
    .filter((path) => !/[A-Z]{4}/.test(path) && !existsSync(path));

describe.each(documents)('%s', (file) => {
  test('has no dead link', () => {
    expect(deadLinks(file)).toEqual([]);
  });

  test('names only files and folders that exist', () => {
    expect(missingPaths(file)).toEqual([]);
  });

  test('has JSON that can be parsed', () => {
    for (const { text } of blocksOf(file).filter(({ language }) => language === 'json'))
      expect(() => JSON.parse(text)).not.toThrow();
  });
});

test('each place where CONTRIBUTING says to write is one line of its file', () => {
  const places = [...read('CONTRIBUTING.md').matchAll(/^In `([^`]+)`, [a-z ]+ `([^`]+)`:$/gm)];
  expect(places.length).toBeGreaterThan(5);
  const times = ([, file = '', line]: RegExpExecArray): number =>
    read(file)
      .split('\n')
      .filter((each) => each === line).length;
  expect(places.filter((place) => times(place) !== 1).map(([text]) => text)).toEqual([]);
});

describe('commands', () => {
  const commands = documents.flatMap(commandsOf);
  const scripts: Readonly<Record<string, string>> = JSON.parse(read('package.json')).scripts;

  test('are told in the README and in CONTRIBUTING', () => {
    expect(commandsOf('README.md').slice(0, 2)).toEqual(['npm start', 'npm test']);
    expect(commandsOf('CONTRIBUTING.md')).toContain('npm run check');
    // It is not on the path of who has cloned it.
    expect(commands.filter((command) => command.startsWith('cordon '))).toEqual([]);
  });

  test('of npm are scripts of the package', () => {
    const named = commands
      .filter((command) => command.startsWith('npm '))
      .map((command) => command.replace(/^npm (run )?/, '').split(' ')[0] ?? '');
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  test('name files that exist', () => {
    const files = commands.flatMap((command) => command.match(/\btest\/[\w./-]+/g) ?? []);
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((path) => !existsSync(path))).toEqual([]);
  });
});

describe('cordon’s own commands', () => {
  afterEach(() => vi.restoreAllMocks());

  const cordon = async (line: string): Promise<{ code: number; text: string }> => {
    const out: string[] = [];
    const keep = (chunk: string | Uint8Array): boolean => out.push(String(chunk)) > 0;
    vi.spyOn(process.stdout, 'write').mockImplementation(keep);
    vi.spyOn(process.stderr, 'write').mockImplementation(keep);
    const code = await main(line.split(' ').slice(2));
    vi.restoreAllMocks();
    return { code, text: out.join('') };
  };

  const inReadme = [
    ...commandsOf('README.md').filter((command) => command.startsWith('npx cordon ')),
    'npx cordon policy',
  ];

  test.each(inReadme)('%s does what it should', async (line) => {
    const { code, text } = await cordon(line);
    expect(code).toBe(0);
    expect(text).not.toBe('');
  });

  test('that any document names are commands', async () => {
    const { text: usage } = await cordon('npx cordon help');
    const named = documents
      .flatMap((file) => [...read(file).matchAll(/(?:npx cordon|`cordon) ([a-z]+)/g)])
      .map((match) => match[1] ?? '');
    expect(named).toContain('audit');
    expect([...new Set(named)].filter((name) => !usage.includes(`  ${name} `))).toEqual([]);
  });
});

describe('the README', () => {
  const readme = read('README.md');

  test.each(actions.map((action) => [action.title, action.tier] as const))(
    'names %s with tier %d',
    (title, tier) => {
      expect(readme).toContain(` ${title} (${tier}) `);
    },
  );

  test('names no other action', () => {
    expect(readme.match(/ \([0-3]\) (?=[|·])/g)).toHaveLength(actions.length);
  });

  test('shows a rule of at most 15 lines that is checked as code', () => {
    const [rule] = blocksOf('README.md').filter(({ language }) => language === 'ts');
    expect(rule?.text.replaceAll("'./src/", "'../../src/")).toBe(read('test/docs/tor-client.ts'));
    expect(rule?.text.split('\n').filter((line) => line !== '').length).toBeLessThanOrEqual(15);
  });

  test('and the rule decides, in front of the built-in ones', () => {
    const rules = [torClient, ...defaultRules];
    for (const { event, matches } of torClient.examples) {
      const finding = parse(event);
      if (finding.kind === 'ignored') throw new Error(finding.because);
      const decision = decide(finding, { ...config, rules });
      expect(decision.rule === torClient.id).toBe(matches);
      expect(decision).toMatchObject({ kind: 'card', severity: 'CRITICAL', mention: true });
    }
  });
});
