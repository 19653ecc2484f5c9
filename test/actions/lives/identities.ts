/** The lives of the actions on users, keys and roles, and on findings where they are kept. */
import { containUser } from '../../../src/actions/contain-user.ts';
import { deactivateAccessKey } from '../../../src/actions/deactivate-access-key.ts';
import { revokeOlderSessions } from '../../../src/actions/revoke-older-sessions.ts';
import { revokeRoleSession } from '../../../src/actions/revoke-role-session.ts';
import { suppressFinding } from '../../../src/actions/suppress-finding.ts';
import type { Resource } from '../../../src/findings/finding.ts';
import type { User } from '../../../src/local/world/state.ts';
import type { World } from '../../../src/local/world/world.ts';
import { account, region, securityAccount } from '../bench.ts';
import type { Lifecycle } from '../lifecycle.ts';

const active = 'AKIAIOSFODNN7EXAMPLE';
const denyAll = 'arn:aws:iam::aws:policy/AWSDenyAll';

const userIn = (world: World): User => {
  const user = world.account(account).users.get('ci-deploy');
  if (!user) throw new Error('There is no user ci-deploy');
  return user;
};

const withoutKeys = (world: World): void => {
  userIn(world).keys = [];
};

const deactivated: Lifecycle = {
  action: deactivateAccessKey,
  target: { kind: 'access-key', id: active, account, region, temporary: false },
  look: (world) => userIn(world).keys.map(({ status }) => status),
  contained: ['Inactive', 'Inactive'],
  tamper: (world) => {
    for (const key of userIn(world).keys) key.status = 'Active';
  },
  drift: withoutKeys,
};

export const containedUser: Lifecycle = {
  action: containUser,
  target: { kind: 'user', id: 'ci-deploy', account, region },
  look: (world) => ({
    attached: userIn(world).attached ?? [],
    keys: userIn(world).keys.map(({ status }) => status),
  }),
  contained: { attached: [denyAll], keys: ['Inactive', 'Inactive'] },
  tamper: (world) => {
    userIn(world).attached = [];
  },
  drift: withoutKeys,
};

const roleIn = (world: World) => {
  const role = world.account(account).iamRoles.get('checkout-api');
  if (!role) throw new Error('There is no role checkout-api');
  return role;
};

const denies = (world: World) =>
  [...roleIn(world).policies.keys()].filter((name) => name.startsWith('cordon-revoke-'));

const rewrite = (world: World): void => {
  for (const name of denies(world)) roleIn(world).policies.set(name, '{"Statement":[]}');
};

const withoutDenies = (world: World): void => {
  for (const name of denies(world)) roleIn(world).policies.delete(name);
};

const sessionRevoked: Lifecycle = {
  action: revokeRoleSession,
  target: { kind: 'role-session', id: 'checkout-api/i-0a1b2c3d4e5f60718', account, region },
  look: denies,
  contained: ['cordon-revoke-session-i-0a1b2c3d4e5f60718'],
  tamper: withoutDenies,
  drift: rewrite,
};

const olderRevoked: Lifecycle = {
  action: revokeOlderSessions,
  target: { kind: 'role', id: 'checkout-api', account, region },
  look: denies,
  contained: ['cordon-revoke-older-sessions-1'],
  tamper: withoutDenies,
  drift: rewrite,
  // Whoever assumed the role since then is older than a later revocation.
  repeatable: true,
};

const finding = (keptBy: 'guardduty' | 'securityhub'): Resource => ({
  ...{ kind: 'finding', id: `${keptBy}-1`, account, region, keptBy, keeper: 'keeper-1' },
  key: `${keptBy}-1`,
});

const home = (world: World) => world.partition(securityAccount, region);

export const withFindings = (world: World): void => {
  home(world).detector?.findings.set('guardduty-1', {
    Id: 'guardduty-1',
    Arn: undefined,
    AccountId: account,
    CreatedAt: undefined,
    Region: region,
    Resource: undefined,
    SchemaVersion: undefined,
    Severity: undefined,
    Type: undefined,
    UpdatedAt: undefined,
    Service: { Archived: false },
  });
  home(world).hubFindings.set('securityhub-1', {
    id: 'securityhub-1',
    productArn: 'keeper-1',
    account,
    region,
    type: '',
    title: '',
    workflow: 'NEW',
  });
};

const archived: Lifecycle = {
  action: suppressFinding,
  target: finding('guardduty'),
  arrange: withFindings,
  look: (world) => home(world).detector?.findings.get('guardduty-1')?.Service?.Archived,
  contained: true,
  drift: (world) => void home(world).detector?.findings.clear(),
};

const setWorkflow = (workflow: 'NEW' | 'RESOLVED') => (world: World) => {
  const found = home(world).hubFindings.get('securityhub-1');
  if (found) found.workflow = workflow;
};

const suppressed: Lifecycle = {
  ...archived,
  target: finding('securityhub'),
  look: (world) => home(world).hubFindings.get('securityhub-1')?.workflow,
  contained: 'SUPPRESSED',
  tamper: setWorkflow('NEW'),
  drift: setWorkflow('RESOLVED'),
};

export const identityLives: readonly Lifecycle[] = [
  deactivated,
  containedUser,
  sessionRevoked,
  olderRevoked,
  archived,
  suppressed,
];
