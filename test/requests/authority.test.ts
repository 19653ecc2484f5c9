/** Who may do what: every role by every need by every standing that Slack can give a person. */
import { describe, expect, test } from 'vitest';
import { isAffected } from '../../src/requests/affected.ts';
import { authorise, type Policy, type Standing } from '../../src/requests/authority.ts';
import { sampleFinding } from './sample-finding.ts';

const policy: Policy = {
  workspace: 'T0CORDON',
  responders: { users: ['U0NAMED'], groups: ['S0RESP'] },
  approvers: { users: ['U0BOSS'], groups: ['S0APPR'] },
  viewers: { users: [], groups: [] },
  admins: { users: [], groups: [] },
  scopedRoles: [],
};

const member = {
  kind: 'known',
  team: 'T0CORDON',
  name: 'Somebody',
  guest: false,
  bot: false,
  deleted: false,
  stranger: false,
  groups: [],
} as const satisfies Standing;

/** By role: the user and the groups that Slack lists. */
const roles = {
  nobody: { user: 'U0NOBODY', groups: [] },
  'responder by group': { user: 'U0A', groups: ['S0RESP'] },
  'responder by id': { user: 'U0NAMED', groups: [] },
  'approver by group': { user: 'U0B', groups: ['S0APPR'] },
  'approver by id': { user: 'U0BOSS', groups: [] },
  both: { user: 'U0C', groups: ['S0RESP', 'S0APPR'] },
} as const;
type Role = keyof typeof roles;

/** What a full member of the role may do. */
const may: Readonly<Record<'respond' | 'approve', readonly Role[]>> = {
  respond: ['responder by group', 'responder by id', 'both'],
  approve: ['approver by group', 'approver by id', 'both'],
};

/** Each standing with the code of its refusal, whatever the role. */
const refusedAnyway: readonly (readonly [string, Partial<typeof member> | 'unknown', string])[] = [
  ['a guest', { guest: true as never }, 'guest'],
  ['a bot', { bot: true as never }, 'bot'],
  ['somebody who left', { deleted: true as never }, 'deleted'],
  ['a stranger of a shared channel', { stranger: true as never }, 'other-workspace'],
  ['a user of another workspace', { team: 'T0OTHER' as never }, 'other-workspace'],
  ['somebody whom Slack does not tell', 'unknown', 'lookup-failed'],
];

const person = (user: string, team = 'T0CORDON') => ({ id: `${team}/${user}`, team, user });

const roleNames = Object.keys(roles) as readonly Role[];
const needs: readonly ('respond' | 'approve')[] = ['respond', 'approve'];

describe.each(roleNames)('%s', (role) => {
  const { user, groups } = roles[role];
  test.each(needs)('as a full member, asked to %s', (need) => {
    const authority = authorise(person(user), need, { ...member, groups }, policy);
    expect(authority.kind).toBe(may[need].includes(role) ? 'allowed' : 'refused');
    if (authority.kind === 'refused') {
      expect(authority.code).toBe('not-a-member');
      expect(authority.needed).toContain(need === 'respond' ? 'S0RESP' : 'S0APPR');
    }
  });

  test.each(needs.flatMap((need) => refusedAnyway.map((row) => [need, ...row] as const)))(
    'asked to %s as %s is refused',
    (need, _who, change, code) => {
      const standing: Standing =
        change === 'unknown'
          ? { kind: 'unknown', because: 'timeout' }
          : { ...member, groups, ...change };
      expect(authorise(person(user), need, standing, policy)).toMatchObject({
        kind: 'refused',
        code,
      });
    },
  );

  test.each(needs)('removed from the groups meanwhile, asked to %s', (need) => {
    const byId = role.endsWith('by id') && may[need].includes(role);
    expect(authorise(person(user), need, { ...member, groups: [] }, policy).kind).toBe(
      byId ? 'allowed' : 'refused',
    );
  });

  test.each(needs)('while the groups cannot be asked, asked to %s', (need) => {
    const standing: Standing = { ...member, groups: [], groupsUnknown: 'timeout' };
    const byId = role.endsWith('by id') && may[need].includes(role);
    expect(authorise(person(user), need, standing, policy)).toMatchObject(
      byId ? { kind: 'allowed' } : { kind: 'refused', code: 'lookup-failed' },
    );
  });

  test.each(needs)('clicking from another workspace, asked to %s', (need) => {
    expect(authorise(person(user, 'T0OTHER'), need, { ...member, groups }, policy)).toMatchObject({
      kind: 'refused',
      code: 'other-workspace',
    });
  });

  test.each(needs)('with nobody configured, asked to %s', (need) => {
    const empty = { users: [], groups: [] };
    const nobody = { ...policy, responders: empty, approvers: empty };
    expect(authorise(person(user), need, { ...member, groups }, nobody)).toMatchObject({
      kind: 'refused',
      code: 'nobody-configured',
    });
  });
});

describe('a case is about a person', () => {
  const identities = [{ id: 'lee@example.com', slack: ['U0LEE'], aws: ['lee.chen'] }];
  const lee = { id: 'lee@example.com' };
  test.each([
    ['their own IAM user', { user: 'lee.chen' }, true],
    ['their role session', { principal: 'admin/lee.chen' }, true],
    ['a session named by their address', { principal: 'AROAEXAMPLE:lee@example.com' }, true],
    ['somebody whose name only ends alike', { user: 'ashlee.chen' }, false],
    ['a machine', { user: 'ci-deploy' }, false],
  ] as const)('of %s', (_what, names, expected) => {
    expect(isAffected(lee, [sampleFinding(names)], identities)).toBe(expected);
  });

  test('of nobody whom the configuration does not know', () => {
    expect(isAffected({ id: 'T0/U0' }, [sampleFinding({ user: 'lee.chen' })], identities)).toBe(
      false,
    );
  });
});
