/** Tiers of the configuration: by action, account or tag. */
import { expect, test } from 'vitest';
import { config as example } from '../../cordon.config.ts';
import type { TierRule } from '../../src/config/scope.ts';
import { untrusted } from '../../src/findings/finding.ts';
import { tierOf } from '../../src/requests/tiers.ts';

const prod = { account: '123456789012' };
const otherwise = { ...prod, tags: { critical2: untrusted('yes') } };
const tagged = { ...prod, tags: { critical: untrusted('yes') } };
const action = { id: 'isolate-instance', tier: 2 } as const;

const rules: Readonly<Record<string, readonly TierRule[]>> = {
  none: [],
  'of its account': [{ for: { accounts: ['123456789012'] }, tier: 3 }],
  'of another account': [{ for: { accounts: ['111122223333'] }, tier: 3 }],
  'of a tag': [{ for: { tags: { critical: ['*'] } }, tier: 3 }],
  'of a tag, lower': [{ for: { tags: { critical: ['*'] } }, tier: 1 }],
  'of its account and action, lower': [
    { for: { accounts: ['123456789012'], actions: ['isolate-instance'] }, tier: 1 },
  ],
  'two, the first of which holds': [
    { for: { actions: ['isolate-instance'] }, tier: 1 },
    { for: { accounts: ['123456789012'] }, tier: 3 },
  ],
};

test.each([
  ['none', prod, 2],
  ['of its account', prod, 3],
  ['of another account', prod, 2],
  ['of a tag', otherwise, 2],
  // No tags are known: it may be the one that the rule is about.
  ['of a tag', prod, 3],
  ['of a tag, lower', prod, 2],
  ['of a tag', tagged, 3],
  ['of a tag, lower', tagged, 2],
  ['of its account and action, lower', prod, 1],
  ['two, the first of which holds', prod, 1],
] as const)('a rule %s', (name, resource, tier) => {
  expect(tierOf({ ...example, tierRules: rules[name] ?? [] }, action, resource)).toBe(tier);
});

test('the tier of an action is overridden for all of it', () => {
  const config = { ...example, tiers: { 'isolate-instance': 3 } } as const;
  expect(tierOf(config, action, prod)).toBe(3);
});
