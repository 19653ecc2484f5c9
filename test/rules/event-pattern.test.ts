import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compilePattern, matches } from '../../src/rules/event-pattern.ts';
import { InvalidEventPattern } from '../../src/rules/event-pattern-value.ts';

interface Case {
  readonly name: string;
  readonly pattern: unknown;
  readonly event: unknown;
  readonly matches: boolean;
}

const json = (path: string | URL) => JSON.parse(readFileSync(path, 'utf8'));
const cases: readonly Case[] = json(
  new URL('../fixtures/event-pattern-cases.json', import.meta.url),
);

describe('an event pattern matches what EventBridge delivers', () => {
  it.each(cases)('$name', (example) => {
    expect(matches(compilePattern(example.pattern), example.event)).toBe(example.matches);
  });

  it('has as many events that do not match as events that do, roughly', () => {
    const matching = cases.filter((example) => example.matches).length;
    expect(matching / cases.length).toBeGreaterThan(0.4);
    expect(matching / cases.length).toBeLessThan(0.6);
  });
});

describe('numbers are equal however they are spelled', () => {
  it.each([
    ['{"a":[100]}', '{"a":1e2}'],
    ['{"a":[5]}', '{"a":5.0}'],
    ['{"a":[3.018e2]}', '{"a":301.8}'],
    ['{"a":[{"numeric":["=",1E2]}]}', '{"a":100.000}'],
  ])('%s matches %s', (pattern, event) => {
    expect(matches(compilePattern(JSON.parse(pattern)), JSON.parse(event))).toBe(true);
  });

  it.each([
    ['{"a":[{"anything-but":100}]}', '{"a":1e2}'],
    ['{"a":[100]}', '{"a":"1e2"}'],
    ['{"a":[5]}', '{"a":5.000001}'],
  ])('%s does not match %s', (pattern, event) => {
    expect(matches(compilePattern(JSON.parse(pattern)), JSON.parse(event))).toBe(false);
  });
});

describe('a pattern that EventBridge refuses is refused, with the field and what it takes', () => {
  const value = (operator: unknown) => ({ detail: { a: [operator] } });
  it.each<[string, unknown, RegExp]>([
    ['a pattern that is a list', [], /JSON object/],
    ['a pattern that is null', null, /JSON object/],
    ['an empty pattern', {}, /empty object/],
    ['an empty object inside', { detail: { a: {} } }, /"detail\.a": an empty object/],
    ['a value that is not in a list', { source: 'aws.guardduty' }, /"source" must be/],
    ['a number that is not in a list', { detail: { a: 5 } }, /"detail\.a" must be/],
    ['an empty list', { detail: { a: [] } }, /"detail\.a" must be/],
    ['a list in a list', value(['x']), /not a value or one operator/],
    ['an undefined value', value(undefined), /not a value or one operator/],
    ['an empty operator', value({}), /not a value or one operator/],
    ['two operators in one object', value({ prefix: 'a', suffix: 'b' }), /one operator/],
    ['an unknown operator', value({ regex: 'a.*' }), /"detail\.a": no operator "regex"/],
    ['an inherited name as operator', value({ constructor: 'a' }), /no operator "constructor"/],
    ['a prefix that is a number', value({ prefix: 5 }), /"prefix" takes text/],
    ['a prefix of another operator', value({ prefix: { wildcard: 'a*' } }), /"prefix" takes/],
    ['a suffix list', value({ suffix: ['.png'] }), /"suffix" takes/],
    ['a number for equals-ignore-case', value({ 'equals-ignore-case': 1 }), /takes text/],
    ['two stars side by side', value({ wildcard: 'a**b' }), /"wildcard" takes/],
    ['a backslash before a letter', value({ wildcard: 'a\\b' }), /"wildcard" takes/],
    ['a backslash at the end', value({ wildcard: 'ab\\' }), /"wildcard" takes/],
    ['a network without a size', value({ cidr: '10.0.0.1' }), /"cidr" takes/],
    ['an IPv4 network of one address', value({ cidr: '10.0.0.1/32' }), /"cidr" takes/],
    ['an IPv6 network of one address', value({ cidr: '2001:db8::1/128' }), /"cidr" takes/],
    ['a network with an impossible address', value({ cidr: '10.0.0.256/8' }), /"cidr" takes/],
    ['numeric without a list', value({ numeric: 5 }), /"numeric" takes/],
    ['an empty numeric', value({ numeric: [] }), /"numeric" takes/],
    ['numeric without its number', value({ numeric: ['>'] }), /"numeric" takes/],
    ['numeric with text', value({ numeric: ['>', '5'] }), /"numeric" takes/],
    ['numeric with an unknown comparison', value({ numeric: ['!=', 5] }), /"numeric" takes/],
    ['a range the wrong way round', value({ numeric: ['<', 5, '>', 1] }), /"numeric" takes/],
    ['an empty range', value({ numeric: ['>', 5, '<', 5] }), /"numeric" takes/],
    ['equality with a second bound', value({ numeric: ['=', 5, '<', 9] }), /"numeric" takes/],
    ['three bounds', value({ numeric: ['>', 1, '<', 9, '<', 8] }), /"numeric" takes/],
    ['a bound beyond five billion', value({ numeric: ['>', 5e9 + 1] }), /"numeric" takes/],
    ['a bound with seven decimals', value({ numeric: ['>', 0.1234567] }), /"numeric" takes/],
    ['anything-but nothing', value({ 'anything-but': [] }), /"anything-but" takes/],
    ['anything-but a mixed list', value({ 'anything-but': ['a', 1] }), /"anything-but" takes/],
    ['anything-but true', value({ 'anything-but': true }), /"anything-but" takes/],
    ['anything-but null', value({ 'anything-but': [null] }), /"anything-but" takes/],
    ['anything-but an empty prefix', value({ 'anything-but': { prefix: '' } }), /takes/],
    ['anything-but no suffix', value({ 'anything-but': { suffix: [] } }), /takes/],
    ['anything-but a bad wildcard', value({ 'anything-but': { wildcard: ['**'] } }), /takes/],
    ['anything-but a range', value({ 'anything-but': { numeric: ['>', 5] } }), /takes/],
    ['exists with text', value({ exists: 'true' }), /"exists" takes true or false/],
    ['$or with one branch', { detail: { $or: [{ a: ['x'] }] } }, /"\$or" needs at least two/],
    ['$or with an empty branch', { $or: [{ a: ['x'] }, {}] }, /empty object/],
  ])('%s', (_name, pattern, message) => {
    const compile = () => compilePattern(pattern);
    expect(compile).toThrow(InvalidEventPattern);
    expect(compile).toThrow(message);
  });

  it('$or lists that multiply to more than a thousand combinations', () => {
    const branches = (field: string) => Array.from({ length: 11 }, (_, n) => ({ [field]: [n] }));
    const nested = (depth: number): unknown => ({
      $or: branches(`f${depth}`),
      ...(depth > 1 ? { inner: nested(depth - 1) } : {}),
    });
    expect(() => compilePattern(nested(2))).not.toThrow();
    expect(() => compilePattern(nested(3))).toThrow('more than 1000 combinations');
  });
});

describe('matching is total', () => {
  const pattern = compilePattern({ detail: { a: ['x'], b: [{ wildcard: '*a*a*a*b' }] } });

  it.each([undefined, null, 'x', 5, true, [], [{ detail: { a: 'x' } }]])(
    '%j is not an event',
    (event) => {
      expect(matches(compilePattern({ a: [{ exists: false }] }), event)).toBe(false);
    },
  );

  it('a list nested a hundred thousand deep does no harm', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}"x"${']'.repeat(100_000)}`);
    expect(matches(pattern, { detail: { a: deep, b: [deep, 'aaab'] } })).toBe(true);
  });

  it('a text made to slow down wildcards does not', () => {
    const event = { detail: { a: 'x', b: 'a'.repeat(200_000) } };
    const start = performance.now();
    expect(matches(pattern, event)).toBe(false);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

const shared = process.env['CORDON_SHARED'];
describe.runIf(shared)('the golden table handed over from outside', () => {
  const golden: readonly { n: string; p: unknown; e: unknown; want: boolean }[] = shared
    ? json(join(shared, 'testing/event-pattern-cases.json'))
    : [];
  it.each(golden)('$n', ({ p, e, want }) => {
    expect(matches(compilePattern(p), e)).toBe(want);
  });
});
