/** Makes the users and roles exist that a finding names. What is there already stays as it is. */
import type { Finding, Resource } from '../../findings/finding.ts';
import type { World } from './world.ts';

/** The first half of `AROA…:session`, where the finding tells it. */
const roleIdIn = ({ resources }: Finding): string | undefined =>
  resources
    .flatMap((each) => (each.kind === 'access-key' ? (each.principalId ?? []) : []))
    .find((principal) => principal.startsWith('AROA'))
    ?.split(':')[0];

const ensureRole = (world: World, target: Resource, finding: Finding): void => {
  const { iamRoles } = world.account(target.account);
  const [name = ''] = target.id.split('/');
  if (iamRoles.has(name)) return;
  iamRoles.set(name, {
    name,
    id: roleIdIn(finding) ?? world.nextId('AROA').replace('-', '').toUpperCase(),
    path: name.startsWith('AWSReservedSSO_') ? '/aws-reserved/sso.amazonaws.com/' : '/',
    tags: {},
    policies: new Map(),
    trusts: { AWS: `arn:aws:iam::${target.account}:root` },
    profiles: [],
  });
};

const ensureUser = (world: World, target: Resource): void => {
  const { users } = world.account(target.account);
  if (!users.has(target.id)) users.set(target.id, { name: target.id, tags: {}, keys: [] });
};

export const ensurePrincipal = (world: World, target: Resource, finding: Finding): void => {
  if (target.kind === 'user') ensureUser(world, target);
  if (target.kind === 'role' || target.kind === 'role-session') ensureRole(world, target, finding);
};
