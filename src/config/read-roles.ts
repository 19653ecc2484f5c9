/** Reads and checks who has a role for a part of what there is, and where tiers differ. */

import { actionById } from '../actions/index.ts';
import { accountId } from './aws-ids.ts';
import type { CordonConfig } from './config.ts';
import type { ConfigProblem } from './config-error.ts';
import { actionId, idPattern } from './own-ids.ts';
import { listOf, oneOf, optional, type Read, shape, text } from './read.ts';
import { someOf, tagValues } from './read-routes.ts';
import { mayKnow } from './responds.ts';
import type { Scope, ScopedRole, TierRule } from './scope.ts';
import { groupId, userId } from './slack-ids.ts';

const scope: Read<Scope> = shape<Scope>({
  accounts: someOf(accountId),
  tags: optional<Scope['tags']>(tagValues, undefined),
  actions: someOf(actionId),
});

export const scopedRoles: Read<readonly ScopedRole[]> = optional(
  listOf(
    shape<ScopedRole>({
      id: text(idPattern, 'Use a name in kebab-case, such as payments.'),
      role: oneOf(['responder', 'approver']),
      users: optional<ScopedRole['users']>(listOf(userId), undefined),
      groups: optional<ScopedRole['groups']>(listOf(groupId), undefined),
      for: scope,
    }),
  ),
  [],
);

export const tierRules: Read<readonly TierRule[]> = optional(
  listOf(shape<TierRule>({ for: scope, tier: oneOf([1, 2, 3]) })),
  [],
);

type Known = Pick<CordonConfig, 'accounts' | 'deployment'>;

const scopeProblems = (found: Scope, path: string, known: Known): ConfigProblem[] => [
  ...(Object.values(found).every((condition) => condition === undefined)
    ? [
        {
          path,
          problem: 'sets no condition',
          remedy: 'Set accounts, tags or actions; what holds everywhere is set without a scope.',
        },
      ]
    : []),
  ...(found.accounts ?? []).flatMap((id, n) =>
    mayKnow(known, id)
      ? []
      : [
          {
            path: `${path}.accounts[${n}]`,
            problem: 'is not among accounts',
            remedy: 'Add it to accounts, or nothing is ever done there.',
          },
        ],
  ),
  ...(found.actions ?? []).flatMap((id, n) =>
    actionById(id)
      ? []
      : [
          {
            path: `${path}.actions[${n}]`,
            problem: 'is the id of no action',
            remedy: 'Use an id of docs/actions.md.',
          },
        ],
  ),
];

/** What only shows when settings are seen together. */
export const roleProblems = (
  found: Known & Pick<CordonConfig, 'scopedRoles' | 'tierRules'>,
): readonly ConfigProblem[] => [
  ...found.scopedRoles.flatMap((one, n) => [
    ...scopeProblems(one.for, `scopedRoles[${n}].for`, found),
    ...((one.users ?? []).length + (one.groups ?? []).length === 0
      ? [
          {
            path: `scopedRoles[${n}]`,
            problem: 'names nobody',
            remedy: 'Name users or groups, or leave it out.',
          },
        ]
      : []),
  ]),
  ...found.tierRules.flatMap((one, n) => scopeProblems(one.for, `tierRules[${n}].for`, found)),
];
