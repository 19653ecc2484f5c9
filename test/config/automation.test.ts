/** What may run by itself: what the configuration accepts, and what it says of the rest. */
import { expect, test } from 'vitest';
import { config as example } from '../../cordon.config.ts';
import { ConfigError } from '../../src/config/config-error.ts';
import { readConfig } from '../../src/config/define-config.ts';

const problemsOf = (automation: object, more: object = {}): readonly string[] => {
  try {
    readConfig({ ...example, ...more, automation });
  } catch (error) {
    if (error instanceof ConfigError)
      return error.problems.map(({ path, problem }) => `${path} ${problem}`);
    throw error;
  }
  return [];
};

const accounts = ['123456789012'];
const isolate = {
  id: 'isolate',
  on: ['control-server'],
  mode: 'veto',
  action: 'isolate-instance',
};
const withRule = (change: object) => ({ accounts, rules: [{ ...isolate, ...change }] });

test.each([
  ['nothing at all', {}, []],
  ['one action in one account', withRule({}), []],
  [
    'the recommended playbook, by account and tag',
    withRule({ action: undefined, for: { accounts, tags: { environment: ['dev'] } } }),
    [],
  ],
  ['shadow needs no account', { rules: [{ ...isolate, mode: 'shadow' }] }, []],
  [
    'an action of tier 3',
    withRule({ action: 'quarantine-account' }),
    [
      'automation.rules[0].action does not run without people: it is of tier 3, and nothing above tier 2 runs by itself',
    ],
  ],
  [
    'an action that cannot be taken back',
    withRule({ action: 'rotate-secret' }),
    [
      'automation.rules[0].action does not run without people: it cannot be taken back, and only what can be undone runs by itself',
    ],
  ],
  [
    'an action that hides alerts',
    withRule({ action: 'suppress-finding' }),
    [
      'automation.rules[0].action does not run without people: it hides alerts, and only people decide that',
    ],
  ],
  [
    'an action that does not exist',
    withRule({ action: 'isolate-everything' }),
    ['automation.rules[0].action is the id of no action'],
  ],
  [
    'a rule that does not exist',
    withRule({ on: ['no-such-rule'] }),
    ['automation.rules[0].on[0] is the id of no rule'],
  ],
  ['no rule', withRule({ on: [] }), ['automation.rules[0].on names no rule']],
  [
    'an account that is only observed',
    { accounts: ['444455556666'], rules: [isolate] },
    ['automation.accounts[0] is an account that is only observed (legacy-erp)'],
  ],
  [
    'an account that nobody configured',
    { accounts: ['555566667777'], rules: [] },
    ['automation.accounts[0] is not among accounts'],
  ],
  [
    'no account for what should run',
    { rules: [isolate] },
    ['automation.accounts is empty, so no rule of mode veto or auto ever runs'],
  ],
  [
    'an account that the list leaves out',
    withRule({ for: { accounts: ['111122223333'] } }),
    ['automation.rules[0].for.accounts[0] is not among automation.accounts'],
  ],
  [
    'two entries of one id',
    { accounts, rules: [isolate, isolate] },
    ['automation.rules[1].id repeats automation.rules[0].id'],
  ],
  ['a mode that is none', withRule({ mode: 'always' }), ['automation.rules[0].mode is "always"']],
  [
    'no time to stop it',
    { accounts, vetoSeconds: 5, runsPerHour: 0, rules: [] },
    ['automation.vetoSeconds is 5', 'automation.runsPerHour is 0'],
  ],
])('%s', (_, automation, problems) => {
  expect(problemsOf(automation)).toEqual(problems);
});

test('nobody may be called what AWS records of automation', () => {
  const identities = [{ id: 'cordon-automation', slack: ['U0ANA'] }];
  expect(problemsOf({}, { identities })).toEqual([
    'identities[0].id is what AWS records of automation',
  ]);
});
