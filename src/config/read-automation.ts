/** Reads and checks what may run without waiting for people. */
import { actionById } from '../actions/index.ts';
import { needsPeople } from '../actions/unattended.ts';
import { type AutomationRule, type AutomationSettings, automationModes } from './automation.ts';
import { accountId } from './aws-ids.ts';
import type { CordonConfig } from './config.ts';
import type { ConfigProblem } from './config-error.ts';
import { defaults } from './defaults.ts';
import { actionId, idPattern } from './own-ids.ts';
import { group, listOf, oneOf, optional, type Read, shape, text, whole } from './read.ts';
import { someOf, tagValues } from './read-routes.ts';
import { responds } from './responds.ts';

const id = text(idPattern, 'Use a name in kebab-case, such as isolate-dev.');

export const automation: Read<AutomationSettings> = group<AutomationSettings>({
  accounts: optional(listOf(accountId), []),
  vetoSeconds: optional(whole(30, 3600), defaults['automation.vetoSeconds'].value),
  runsPerHour: optional(whole(1, 100), defaults['automation.runsPerHour'].value),
  rules: optional(
    listOf(
      shape<AutomationRule>({
        id,
        on: listOf(text(idPattern, 'Use the id of a rule: docs/rules.md.')),
        for: optional<AutomationRule['for']>(
          shape<NonNullable<AutomationRule['for']>>({
            accounts: someOf(accountId),
            tags: optional<NonNullable<AutomationRule['for']>['tags']>(tagValues, undefined),
          }),
          undefined,
        ),
        mode: oneOf(automationModes),
        action: optional<string | undefined>(actionId, undefined),
      }),
    ),
    [],
  ),
});

type Found = Pick<
  CordonConfig,
  'automation' | 'accounts' | 'units' | 'deployment' | 'rules' | 'identities'
>;

const accountProblems = (found: Found): readonly ConfigProblem[] => {
  const { automation, accounts } = found;
  return automation.accounts.flatMap((one, n): readonly ConfigProblem[] => {
    const path = `automation.accounts[${n}]`;
    const account = accounts[one];
    // Organizations may say that it is in a unit where response is on.
    if (account?.response === undefined && found.deployment.organization) return [];
    if (!account)
      return [
        {
          path,
          problem: 'is not among accounts',
          remedy: 'Add it to accounts, or nothing is ever done there.',
        },
      ];
    return responds(found, account)
      ? []
      : [
          {
            path,
            problem: `is an account that is only observed (${account.name})`,
            remedy: 'Set `response: true` for it, or take it out of automation.accounts.',
          },
        ];
  });
};

const actionProblem = (action: string, path: string): readonly ConfigProblem[] => {
  const found = actionById(action);
  if (!found)
    return [{ path, problem: 'is the id of no action', remedy: 'Use an id of docs/actions.md.' }];
  const because = needsPeople(found);
  return because
    ? [
        {
          path,
          problem: `does not run without people: ${because}`,
          remedy: 'Name another action, or leave this one to the card.',
        },
      ]
    : [];
};

const ruleProblems = (
  { automation: { accounts }, rules }: Found,
  one: AutomationRule,
  path: string,
): readonly ConfigProblem[] => [
  ...(one.on.length === 0
    ? [{ path: `${path}.on`, problem: 'names no rule', remedy: 'Name the rules it is about.' }]
    : []),
  ...one.on.flatMap((rule, n) =>
    rules.some(({ id: known }) => known === rule)
      ? []
      : [
          {
            path: `${path}.on[${n}]`,
            problem: 'is the id of no rule',
            remedy: 'Use an id of docs/rules.md.',
          },
        ],
  ),
  ...(one.action ? actionProblem(one.action, `${path}.action`) : []),
  ...(one.for?.accounts ?? []).flatMap((account, n) =>
    one.mode === 'off' || one.mode === 'shadow' || accounts.includes(account)
      ? []
      : [
          {
            path: `${path}.for.accounts[${n}]`,
            problem: 'is not among automation.accounts',
            remedy: 'Add it there: nothing runs by itself in an account that the list leaves out.',
          },
        ],
  ),
];

/** What only shows when settings are seen together. */
export const automationProblems = (found: Found): readonly ConfigProblem[] => [
  ...accountProblems(found),
  ...found.automation.rules.flatMap((one, n) => ruleProblems(found, one, `automation.rules[${n}]`)),
  ...(found.automation.accounts.length === 0 &&
  found.automation.rules.some(({ mode }) => mode === 'veto' || mode === 'auto')
    ? [
        {
          path: 'automation.accounts',
          problem: 'is empty, so no rule of mode veto or auto ever runs',
          remedy: 'Name the accounts in which something may run by itself.',
        },
      ]
    : []),
  ...found.identities.flatMap(({ id: name }, n) =>
    name === 'cordon-automation'
      ? [
          {
            path: `identities[${n}].id`,
            problem: 'is what AWS records of automation',
            remedy: 'Give the person another id.',
          },
        ]
      : [],
  ),
];
