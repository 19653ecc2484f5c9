/** What the actions on users, keys, roles and sessions are refused for. */
import type { Action } from '../../../src/actions/action.ts';
import { containUser } from '../../../src/actions/contain-user.ts';
import { deactivateAccessKey } from '../../../src/actions/deactivate-access-key.ts';
import { revokeOlderSessions } from '../../../src/actions/revoke-older-sessions.ts';
import { revokeRoleSession } from '../../../src/actions/revoke-role-session.ts';
import type { Resource } from '../../../src/findings/finding.ts';
import type { Role, User } from '../../../src/local/world/state.ts';
import type { World } from '../../../src/local/world/world.ts';
import { account, region } from '../bench.ts';
import type { RefusalTable } from './table.ts';

const where = { account, region } as const;
const key = {
  ...{ kind: 'access-key', id: 'AKIAIOSFODNN7EXAMPLE', temporary: false },
  ...where,
} as const satisfies Resource;
const user = { kind: 'user', id: 'ci-deploy', ...where } as const satisfies Resource;
const name = 'checkout-api';

const setUser = (change: (user: User) => void) => (world: World) => {
  const found = world.account(account).users.get(user.id);
  if (!found) throw new Error(`The example has no user ${user.id}`);
  change(found);
};
const withoutActiveKeys = (found: User): void => {
  for (const each of found.keys) each.status = 'Inactive';
};
const exempt = setUser((found) => {
  found.tags['ir-exempt'] = 'yes';
});

const keys: RefusalTable = {
  action: deactivateAccessKey,
  target: key,
  cases: {
    'temporary credentials': {
      target: { ...key, id: 'ASIAIOSFODNN7EXAMPLE', temporary: true },
      code: 'temporary-credentials',
      instead: /Revoke the sessions/,
    },
    'a key of root': {
      target: { ...key, userType: 'Root' },
      code: 'root',
      instead: /Sign in as root/,
    },
    'an unknown key': {
      target: { ...key, id: 'AKIA0000000000000000' },
      code: 'not-found',
      instead: /another account/,
    },
    'a key of another account': {
      target: { ...key, account: '111122223333' },
      code: 'not-found',
      instead: /account/,
    },
    'an inactive key': {
      arrange: setUser(withoutActiveKeys),
      code: 'already-contained',
      instead: /36 hours/,
    },
    'a key of an exempt user': { arrange: exempt, code: 'exempt', instead: /owner/ },
  },
};

const tenPolicies = Array.from(
  { length: 10 },
  (_, number) => `arn:aws:iam::aws:policy/Example${number}`,
);

const users: RefusalTable = {
  action: containUser,
  target: user,
  cases: {
    'an unknown user': {
      target: { ...user, id: 'nobody' },
      code: 'not-found',
      instead: /Identity Center/,
    },
    'an exempt user': { arrange: exempt, code: 'exempt', instead: /owner/ },
    'a contained user': {
      arrange: setUser((found) => {
        found.attached = ['arn:aws:iam::aws:policy/AWSDenyAll'];
        withoutActiveKeys(found);
      }),
      code: 'already-contained',
      instead: /Undo/,
    },
    'an inline policy of that name that is not ours': {
      arrange: setUser((found) => {
        found.attached = tenPolicies;
        found.inline = new Map([['cordon-quarantine', '{"Statement":[]}']]);
      }),
      code: 'tampered',
      instead: /PutUserPolicy/,
    },
    'a user without room for any deny': {
      arrange: setUser((found) => {
        found.attached = tenPolicies;
        found.inline = new Map([['own', 'A'.repeat(2_000)]]);
        found.boundary = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
      }),
      code: 'wrong-state',
      instead: /permissions-boundary .*AWSDenyAll/,
    },
  },
};

const withRole = (about: Partial<Role> & Pick<Role, 'name'>) => (world: World) =>
  world.account(account).iamRoles.set(about.name, {
    ...{ id: 'AROA3XFRBF23ZEXAMPLE', path: '/', tags: {}, policies: new Map() },
    ...{ trusts: {}, profiles: [] },
    ...about,
  });

const sso = 'AWSReservedSSO_PowerUserAccess_0123456789abcdef';
const filler = { Version: '2012-10-17', Statement: [{ Sid: 'A'.repeat(10_100) }] };

/** One session of a role, or all of them: the same roles are refused. */
const rolesFor = (
  action: Action,
  targetOf: (role: string) => Resource,
  more: RefusalTable['cases'],
): RefusalTable => ({
  action,
  target: targetOf(name),
  cases: {
    'an unknown role': {
      target: targetOf('nothing'),
      code: 'not-found',
      instead: /another account/,
    },
    'a service-linked role': {
      arrange: withRole({
        name: 'AWSServiceRoleForSupport',
        path: '/aws-service-role/support.amazonaws.com/',
      }),
      target: targetOf('AWSServiceRoleForSupport'),
      code: 'managed-by-aws',
      instead: /support\.amazonaws\.com/,
    },
    'a role of Identity Center': {
      arrange: withRole({ name: sso, path: '/aws-reserved/sso.amazonaws.com/' }),
      target: targetOf(sso),
      code: 'managed-by-aws',
      instead: /Disable user access.*identitystore:userId/,
    },
    "one of Cordon's own roles": {
      arrange: withRole({ name: 'cordon-respond' }),
      target: targetOf('cordon-respond'),
      code: 'own-resource',
      instead: /by hand/,
    },
    'a break-glass role': {
      arrange: withRole({ name: 'break-glass' }),
      target: targetOf('break-glass'),
      code: 'exempt',
      instead: /by hand/,
    },
    'a break-glass role with a path': {
      arrange: withRole({ name: 'emergency', path: '/ops/' }),
      target: targetOf('emergency'),
      code: 'exempt',
      instead: /by hand/,
    },
    'an exempt role': {
      arrange: withRole({ name, tags: { 'ir-exempt': '' } }),
      code: 'exempt',
      instead: /owner/,
    },
    'a role without room for a policy': {
      arrange: withRole({ name, policies: new Map([['filler', JSON.stringify(filler)]]) }),
      code: 'wrong-state',
      instead: /managed one/,
    },
    ...more,
  },
});

const roles = rolesFor(revokeOlderSessions, (id) => ({ kind: 'role', id, ...where }), {
  'what is no name of a role': {
    target: { kind: 'role', id: 'x/y', ...where },
    code: 'not-supported',
    instead: /Revoke sessions/,
  },
});

const session = (role: string): Resource => ({
  ...{ kind: 'role-session', id: `${role}/ana@example.com` },
  ...where,
});

const sessions = rolesFor(revokeRoleSession, session, {
  'what is no role and session': {
    target: { kind: 'role-session', id: 'x/y/z', ...where },
    code: 'not-supported',
    instead: /\w+\./,
  },
  'a policy of that name that is not ours': {
    arrange: withRole({
      name,
      policies: new Map([['cordon-revoke-session-ana@example.com', '{"Statement":[]}']]),
    }),
    code: 'tampered',
    instead: /PutRolePolicy/,
  },
});

export const identityRefusals: readonly RefusalTable[] = [keys, users, sessions, roles];
