/** `cordon new rule <event.json>`: a rule file about one event, with that event as its example. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Finding } from '../findings/finding.ts';
import { parse } from '../findings/parse.ts';
import { wrap } from '../findings/wrap.ts';
import { firstMatch, shortened } from '../rules/decide.ts';
import type { Rule } from '../rules/rule.ts';
import { oneEventIn } from './event-files.ts';
import { printable } from './printable.ts';

interface NewRuleOptions {
  /** The folder that the rule is written to; made when it is not there. */
  readonly dir: string;
  /** The configuration file that the rule is to be added to. */
  readonly config: string;
  /** The rules of today. */
  readonly rules: readonly Rule[];
}

/**
 * Writes the file and answers what to do next. Throws when the file does not hold one event, or no finding, and
 * when the rule's file is there already: it is never overwritten.
 */
export const newRule = (eventFile: string, { dir, config, rules }: NewRuleOptions): string => {
  const event = wrap(oneEventIn(eventFile));
  const finding = parse(event);
  if (finding.kind === 'ignored')
    throw new Error(`${eventFile} is no finding, so no rule can match it: ${finding.because}`);
  const id = idFor(finding.type);
  const file = join(dir, `${id}.ts`);
  const importFrom = ruleModule(dir);
  mkdirSync(dir, { recursive: true });
  writeNew(file, ruleText({ id, finding, event, importFrom }));
  const today = firstMatch(finding, rules).rule?.id ?? 'none';
  return printableLines([
    `Wrote ${file}. It imports defineRule from ${importFrom}.`,
    '',
    '1. Say in it what is at risk and why, and add an event that it must not match. The event in',
    '   it is as it was: replace account ids and names before you share the file.',
    `2. Add it to ${config}, before the rules that it is to overrule (which decides today: ${today}):`,
    '',
    `   import { ${constantFor(id)} } from '${modulePath(dirname(config), file)}';`,
    `   rules: [${constantFor(id)}, ...defaultRules],`,
    '',
    `3. Ask which rule decides now: cordon explain ${eventFile}`,
  ]);
};

const writeNew = (file: string, text: string): void => {
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new Error(`${file} is there already; remove it, or name another folder with --dir`);
    throw error;
  }
};

const longestId = 60;

/** `Backdoor:EC2/C&CActivity.B` as `backdoor-ec2-c-c-activity-b`: an id, and a safe name of a file. */
const idFor = (type: string): string => {
  const words = type
    .replaceAll(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})/g, '-')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  const id = (words ?? ['finding']).join('-');
  return id.length <= longestId ? id : id.slice(0, longestId + 1).replace(/-[^-]*$/, '');
};

/** `backdoorEc2Rule`: ends in a word of ours and begins with a letter, so it is always a free name. */
const constantFor = (id: string): string => {
  const [first = '', ...others] = id.split('-');
  const name = [first, ...others.map((word) => word.charAt(0).toUpperCase() + word.slice(1))];
  return `${/^\d/.test(first) ? 'the' : ''}${name.join('')}Rule`;
};

const home = fileURLToPath(new URL('../../', import.meta.url));

/** Relative within a clone of Cordon; elsewhere by the name of the package, which exports its files. */
const ruleModule = (dir: string): string => {
  const inside = relative(home, resolve(dir));
  return inside.startsWith('..') || isAbsolute(inside)
    ? 'cordon/src/rules/rule.ts'
    : modulePath(dir, join(home, 'src/rules/rule.ts'));
};

const modulePath = (from: string, to: string): string => {
  const path = relative(resolve(from), resolve(to)).replaceAll(sep, '/');
  return path.startsWith('.') ? path : `./${path}`;
};

/** A literal without control or invisible characters, so that nothing in the event can pose as code. */
const literal = (value: unknown): string =>
  JSON.stringify(value, undefined, 2).replaceAll(
    /[\p{Cf}\p{Zl}\p{Zp}\u007f-\u009f]/gu,
    (character) =>
      character
        .split('')
        .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
        .join(''),
  );

interface RuleParts {
  readonly id: string;
  readonly finding: Finding;
  readonly event: unknown;
  readonly importFrom: string;
}

const ruleText = ({ id, finding, event, importFrom }: RuleParts): string =>
  `import { defineRule } from ${literal(importFrom)};

export const ${constantFor(id)} = defineRule({
  id: ${literal(id)},
  title: ${literal(shortened(finding.title) || shortened(finding.type) || id)},
  attack: [],
  when: (finding) =>
    finding.source === ${literal(finding.source)} &&
    finding.type === ${literal(finding.type)},
  atRisk: 'Say in one sentence what is at risk if nobody acts.',
  actions: ['suppress-finding'],
  because: 'Say in one sentence why this rule exists.',
  examples: [
    {
      name: 'the event that this rule was made from',
      event: ${literal(event).replaceAll('\n', '\n      ')},
      matches: true,
    },
  ],
});
`;

const printableLines = (lines: readonly string[]): string => lines.map(printable).join('\n');
