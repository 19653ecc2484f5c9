import { describe, expect, it } from 'vitest';
import { parse } from '../../src/findings/parse.ts';
import { firstMatch } from '../../src/rules/decide.ts';
import { defaultRules } from '../../src/rules/index.ts';

const knownActions = ['isolate-instance', 'deactivate-access-key', 'suppress-finding'];

const findingOf = (event: unknown) => {
  const found = parse(event);
  if (found.kind === 'ignored') throw new Error(`The example is ignored: ${found.because}`);
  return found;
};

describe.each(defaultRules.map((rule) => [rule.id, rule] as const))('rule %s', (_, rule) => {
  it('has an example that matches and one that does not', () => {
    expect(new Set(rule.examples.map(({ matches }) => matches))).toEqual(new Set([true, false]));
  });

  it.each(rule.examples.map((example) => [example.name, example] as const))('%s', (__, example) => {
    expect(rule.when(findingOf(example.event))).toBe(example.matches);
  });

  it('is the first of the pack that matches its own examples', () => {
    for (const { event } of rule.examples.filter(({ matches }) => matches))
      expect(firstMatch(findingOf(event), defaultRules).rule?.id).toBe(rule.id);
  });

  it('has words that fit a card and actions that exist, suppression last', () => {
    expect(rule.id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(rule.title.length).toBeLessThanOrEqual(60);
    expect(rule.atRisk).toMatch(/^[A-Z][^.]*\.$/);
    expect(rule.because).toMatch(/^[A-Z][^.]*\.$/);
    expect(rule.attack.every((id) => /^T\d{4}(\.\d{3})?$/.test(id))).toBe(true);
    expect(rule.attack).not.toHaveLength(0);
    expect(rule.actions.filter((id) => !knownActions.includes(id))).toEqual([]);
    expect(rule.actions.at(-1)).toBe('suppress-finding');
  });
});

describe('the pack', () => {
  it('has each rule once', () => {
    expect(new Set(defaultRules.map(({ id }) => id)).size).toBe(defaultRules.length);
    expect(new Set(defaultRules.map(({ title }) => title)).size).toBe(defaultRules.length);
  });
});
