/** The lives of the actions on users, keys and roles, and on findings where they are kept. */
import { archiveLikeIt } from '../../../src/actions/archive-like-it.ts';
import { containUser } from '../../../src/actions/contain-user.ts';
import { exempted, policyDocument } from '../../../src/actions/control-policies.ts';
import { deactivateAccessKey } from '../../../src/actions/deactivate-access-key.ts';
import { dismissFinding } from '../../../src/actions/dismiss-finding.ts';
import { markNotUseful } from '../../../src/actions/mark-not-useful.ts';
import { quarantineAccount } from '../../../src/actions/quarantine-account.ts';
import { resolveFinding } from '../../../src/actions/resolve-finding.ts';
import { revokeOlderSessions } from '../../../src/actions/revoke-older-sessions.ts';
import { revokeRoleSession } from '../../../src/actions/revoke-role-session.ts';
import { defaultRoleNames } from '../../../src/actions/role-names.ts';
import { suppressFinding } from '../../../src/actions/suppress-finding.ts';
import type { Resource, ResourceOf } from '../../../src/findings/finding.ts';
import type { User } from '../../../src/local/world/state.ts';
import type { World } from '../../../src/local/world/world.ts';
import { account, region, securityAccount } from '../bench.ts';
import type { Lifecycle } from '../life.ts';

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

const containedUser: Lifecycle = {
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

/** As many managed policies as the account allows. */
const withoutRoom = (world: World): void => {
  userIn(world).attached = Array.from(
    { length: 10 },
    (_, number) => `arn:aws:iam::aws:policy/Example${number}`,
  );
};

const withOthers = (world: World): void => {
  userIn(world).others = {
    sshKeys: ['APKAEXAMPLE1'],
    forServices: { 'bedrock.amazonaws.com': 'ACCAEXAMPLE1' },
    certificates: ['TA7SMP42TDN5Z26OBPJE7EXAMPLE'],
  };
};

/** No room for the managed policy: an inline one denies, and every other credential is off. */
const containedInline: Lifecycle = {
  ...containedUser,
  arrange: (world) => {
    withoutRoom(world);
    withOthers(world);
  },
  look: (world) => ({
    inline: userIn(world).inline?.get('cordon-quarantine'),
    off: [...(userIn(world).others?.inactive ?? [])].sort(),
    keys: userIn(world).keys.map(({ status }) => status),
  }),
  contained: {
    inline: '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}',
    off: ['ACCAEXAMPLE1', 'APKAEXAMPLE1', 'TA7SMP42TDN5Z26OBPJE7EXAMPLE'],
    keys: ['Inactive', 'Inactive'],
  },
  tamper: (world) => userIn(world).inline?.clear(),
};

/** And no room for an inline one: the managed policy becomes the boundary. */
const containedByBoundary: Lifecycle = {
  ...containedUser,
  arrange: (world) => {
    withoutRoom(world);
    userIn(world).inline = new Map([['own', 'A'.repeat(2_000)]]);
  },
  look: (world) => ({
    boundary: userIn(world).boundary,
    keys: userIn(world).keys.map(({ status }) => status),
  }),
  contained: { boundary: denyAll, keys: ['Inactive', 'Inactive'] },
  tamper: (world) => {
    delete userIn(world).boundary;
  },
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

const finding = (keptBy: ResourceOf<'finding'>['keptBy']): Resource => ({
  ...{ kind: 'finding', id: `${keptBy}-1`, account, region, keptBy, keeper: 'keeper-1' },
  key: keptBy === 'guardduty' ? 'guardduty-1' : 'securityhub-1',
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
    Type: 'Recon:EC2/PortProbeUnprotectedPort',
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

const setWorkflow = (workflow: 'NEW' | 'RESOLVED' | 'SUPPRESSED') => (world: World) => {
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

const suppressedInV2: Lifecycle = { ...suppressed, target: finding('securityhub-v2') };

const resolvedInGuardDuty: Lifecycle = { ...archived, action: resolveFinding };
const resolvedInHub: Lifecycle = {
  ...suppressed,
  action: resolveFinding,
  contained: 'RESOLVED',
  drift: setWorkflow('SUPPRESSED'),
};
const resolvedInV2: Lifecycle = { ...resolvedInHub, target: finding('securityhub-v2') };
const dismissedInGuardDuty: Lifecycle = { ...archived, action: dismissFinding };
const dismissed: Lifecycle = { ...suppressed, action: dismissFinding };
const dismissedInV2: Lifecycle = { ...suppressedInV2, action: dismissFinding };

const filters = (world: World) => home(world).detector?.filters ?? new Map();

const hidden: Lifecycle = {
  action: archiveLikeIt,
  target: finding('guardduty'),
  arrange: withFindings,
  look: (world) => [...filters(world).values()].map(({ action, criteria }) => [action, criteria]),
  contained: [['ARCHIVE', { accountId: [account], type: ['Recon:EC2/PortProbeUnprotectedPort'] }]],
  tamper: (world) => filters(world).clear(),
  drift: (world) => {
    for (const [name, filter] of filters(world))
      filters(world).set(name, { ...filter, criteria: {} });
  },
};

const notUseful: Lifecycle = {
  action: markNotUseful,
  target: finding('guardduty'),
  arrange: withFindings,
  look: (world) => home(world).detector?.findings.get('guardduty-1')?.Service?.UserFeedback,
  contained: 'NOT_USEFUL',
  final: true,
};

const organization = (world: World) => {
  const found = world.account(securityAccount).organization;
  if (!found) throw new Error('The example has no organisation');
  return found;
};

const quarantinePolicy = `cordon-quarantine-${account}`;

/** Names of the policies on the account. */
const policiesOn = (world: World) => {
  const { attached, policies } = organization(world);
  return (attached.get(account) ?? []).map((id) => policies.get(id)?.name);
};

const locked: Lifecycle = {
  action: quarantineAccount,
  target: { kind: 'account', id: account, account, region },
  look: policiesOn,
  contained: ['FullAWSAccess', quarantinePolicy],
  takes: 10,
  tamper: (world) => void organization(world).attached.set(account, ['p-FullAWSAccess']),
  drift: (world) => void organization(world).attached.delete(account),
};

/** The policy is left over from an earlier quarantine. */
const lockedAgain: Lifecycle = {
  ...locked,
  arrange: (world) => {
    const id = 'p-00000001';
    const content = policyDocument(
      exempted(account, ['break-glass', 'ops/emergency'], defaultRoleNames),
    );
    organization(world).policies.set(id, {
      ...{ id, name: quarantinePolicy, description: '', content },
    });
  },
};

export const identityLives: readonly Lifecycle[] = [
  deactivated,
  containedUser,
  containedInline,
  containedByBoundary,
  sessionRevoked,
  olderRevoked,
  archived,
  suppressed,
  resolvedInGuardDuty,
  resolvedInHub,
  resolvedInV2,
  dismissedInGuardDuty,
  dismissed,
  dismissedInV2,
  suppressedInV2,
  hidden,
  notUseful,
  locked,
  lockedAgain,
];
