import { describe, expect, test } from 'vitest';
import { actions } from '../../src/actions/index.ts';
import {
  refuseRole,
  roleVersion,
  roleVersionTag,
  versionIn,
} from '../../src/actions/role-version.ts';

const account = '111122223333';
const young = { role: 'respond', needsRoleVersion: 3 } as const;

describe('an action whose role is deployed', () => {
  test.each([
    [{ role: 'respond' }, 1],
    [young, 3],
    [young, 4],
  ] as const)('%o runs with version %i', (action, found) => {
    expect(refuseRole(action, { account }, found)).toBeUndefined();
  });

  test('in an older version is refused, and it says which version to bring', () => {
    expect(refuseRole(young, { account }, 2)).toEqual({
      kind: 'refusal',
      code: 'role-outdated',
      because:
        'The role cordon-respond in account 111122223333 is of version 2; this action needs version 3.',
      instead: `Update the member roles of account 111122223333 to version ${roleVersion}: deploy infra/member-role.yaml of this release there, then press again.`,
    });
  });

  test('without a version is refused: nobody knows what it allows', () => {
    expect(refuseRole({ role: 'respond' }, { account }, 0)).toMatchObject({
      code: 'role-outdated',
      because: expect.stringContaining(`no version tag (${roleVersionTag})`),
    });
  });
});

test.each([
  ['respond-identity', 'lets Cordon write policies of users and roles there'],
  ['respond-organization', 'belongs in the account that manages them only'],
] as const)('a role that is not deployed is refused with its power: %s', (role, power) => {
  expect(refuseRole({ role }, { account }, undefined)).toMatchObject({
    code: 'role-missing',
    because: `The role cordon-${role} is not deployed in account 111122223333.`,
    instead: expect.stringContaining(power),
  });
});

test.each([
  [[{ Key: roleVersionTag, Value: '12' }], 12],
  [[{ Key: 'team', Value: '12' }], 0],
  [[{ Key: roleVersionTag, Value: 'newest' }], 0],
  [[{ Key: roleVersionTag }], 0],
  [[], 0],
])('the version in the tags %j is %i', (tags, version) => {
  expect(versionIn(tags)).toBe(version);
});

test('no action asks for a version that this release does not deploy', () => {
  for (const { id, needsRoleVersion = 1 } of actions)
    expect([id, needsRoleVersion <= roleVersion]).toEqual([id, true]);
});
