/** Roles and tiers for a part of what there is: what the configuration accepts, and what it says. */
import { expect, test } from 'vitest';
import { config as example } from '../../cordon.config.ts';
import { ConfigError } from '../../src/config/config-error.ts';
import { readConfig } from '../../src/config/define-config.ts';

const saysOf = (more: object): readonly string[] => {
  try {
    readConfig({ ...example, ...more });
  } catch (error) {
    if (error instanceof ConfigError)
      return error.problems.map(({ path, problem }) => `${path} ${problem}`);
    throw error;
  }
  return [];
};

const payments = {
  id: 'payments',
  role: 'responder',
  groups: ['S0PAYMENTS'],
  for: { accounts: ['123456789012'], actions: ['isolate-instance'], tags: { team: ['payments'] } },
};

test.each([
  ['a role for an account, an action and a tag', { scopedRoles: [payments] }, []],
  ['viewers and admins', { viewers: { groups: ['S0ALL'] }, admins: { users: ['U0BOSS'] } }, []],
  [
    'a scope without a condition',
    { scopedRoles: [{ ...payments, for: {} }] },
    ['scopedRoles[0].for sets no condition'],
  ],
  [
    'an account that nobody configured',
    { scopedRoles: [{ ...payments, for: { accounts: ['555566667777'] } }] },
    ['scopedRoles[0].for.accounts[0] is not among accounts'],
  ],
  [
    'an action that does not exist',
    { tierRules: [{ for: { actions: ['isolate-everything'] }, tier: 3 }] },
    ['tierRules[0].for.actions[0] is the id of no action'],
  ],
  [
    'a role for nobody',
    { scopedRoles: [{ ...payments, groups: [] }] },
    ['scopedRoles[0] names nobody'],
  ],
  [
    'two roles of one id',
    { scopedRoles: [payments, payments] },
    ['scopedRoles[1].id repeats scopedRoles[0].id'],
  ],
  [
    'a tier that is none',
    { tierRules: [{ for: { accounts: ['123456789012'] }, tier: 0 }] },
    ['tierRules[0].tier is 0'],
  ],
] as const)('%s', (_what, more, says) => {
  expect(saysOf(more)).toEqual(says);
});
