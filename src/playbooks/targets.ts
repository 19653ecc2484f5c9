/** From what a case names to what has to be worked on: pure, so a card can tell without asking AWS. */
import type { Resource, ResourceKind } from '../findings/finding.ts';
import type { Targets } from './playbook.ts';

const once = (resources: readonly Resource[]): readonly Resource[] => [
  ...new Map(
    resources.map((one) => [[one.kind, one.account, one.region, one.id].join(' '), one]),
  ).values(),
];

/** Every resource of a kind, as the case names it. */
export const each = (kind: ResourceKind, words: string): Targets => ({
  from: (resources) => resources.filter((resource) => resource.kind === kind),
  words,
});

/** Users that the case names, and those whose keys it names: their other keys go with them. */
export const users: Targets = {
  from: (resources) =>
    once(
      resources.flatMap((resource): readonly Resource[] => {
        if (resource.kind === 'user') return [resource];
        if (resource.kind !== 'access-key' || resource.temporary || !resource.user) return [];
        if (resource.userType !== undefined && resource.userType !== 'IAMUser') return [];
        const { account, region, user } = resource;
        return [{ kind: 'user', id: user, account, region }];
      }),
    ),
  words: 'each IAM user, and the owner of each key',
};

/** Roles that the case names, and those of its sessions. */
export const roles: Targets = {
  from: (resources) =>
    once(
      resources.flatMap((resource): readonly Resource[] => {
        if (resource.kind === 'role') return [resource];
        const [role] = resource.kind === 'role-session' ? resource.id.split('/') : [];
        const { account, region } = resource;
        return role ? [{ kind: 'role', id: role, account, region }] : [];
      }),
    ),
  words: 'each role, and the role of each session',
};

export const keys = each('access-key', 'each access key');
export const sessions = each('role-session', 'each session of a role');
/** Its interfaces, volumes and instance profile are found by the action itself. */
export const instances = each('instance', 'each instance');
/** Its policy and access points are found by the action itself. */
export const buckets = each('bucket', 'each bucket');
