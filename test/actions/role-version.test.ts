import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { memberRoles } from '../../infra/member-role.ts';
import { actions } from '../../src/actions/index.ts';
import {
  refuseRole,
  roleVersion,
  roleVersionTag,
  versionIn,
} from '../../src/actions/role-version.ts';
import { memberPolicy } from '../../src/app/member-policy.ts';

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

/** test/fixtures/member-rights/N.json: what the member roles of version N allowed. */
const kept = readdirSync('test/fixtures/member-rights')
  .map((name) => Number(name.replace('.json', '')))
  .toSorted((a, b) => a - b);

test('roles that allow more than the last version that was kept have a higher version', () => {
  const last = kept.at(-1) ?? 0;
  const then: Readonly<Record<string, readonly string[]>> = JSON.parse(
    readFileSync(`test/fixtures/member-rights/${last}.json`, 'utf8'),
  );
  const more = memberRoles.flatMap((role) =>
    memberPolicy(role)
      .Statement.filter(({ Effect }) => Effect === 'Allow')
      .flatMap(({ Action }) => Action)
      .filter((action) => !then[role]?.includes(action)),
  );
  expect(roleVersion, `new: ${more.join(', ')}`).toBeGreaterThanOrEqual(
    more.length > 0 ? last + 1 : last,
  );
});
