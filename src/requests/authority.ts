/**
 * May this person do this? Deny by default: an empty configuration allows nobody, and what could
 * not be looked up is refused. Pure: the directory's answer comes in as a value.
 */
import type { CordonConfig, People } from '../config/config.ts';
import type { Person } from './person.ts';
import { covers, type Target } from './scope.ts';

/** `look`: read what is there, change nothing. `administer`: withdraw anybody's request. */
export type Need = 'look' | 'respond' | 'approve' | 'administer';

/** What Slack says about a user, or why it could not be asked. */
export type Standing =
  | {
      readonly kind: 'known';
      readonly team: string;
      /** For display only. */
      readonly name: string;
      readonly guest: boolean;
      readonly bot: boolean;
      readonly deleted: boolean;
      readonly stranger: boolean;
      /** Ids of the configured user groups that the person is in. */
      readonly groups: readonly string[];
      /** Why some group could not be asked; then only people named by id are allowed. */
      readonly groupsUnknown?: string;
    }
  | { readonly kind: 'unknown'; readonly because: string };

type AuthorityCode =
  | 'other-workspace'
  | 'guest'
  | 'bot'
  | 'deleted'
  | 'lookup-failed'
  | 'nobody-configured'
  | 'not-a-member';

export type Authority =
  | { readonly kind: 'allowed'; readonly because: string }
  | {
      readonly kind: 'refused';
      readonly code: AuthorityCode;
      readonly because: string;
      readonly needed: string;
      /** User and group ids of those who may. */
      readonly ask?: readonly string[];
    };

export type Policy = Pick<
  CordonConfig,
  'workspace' | 'responders' | 'approvers' | 'viewers' | 'admins' | 'scopedRoles'
>;

const refused = (code: AuthorityCode, because: string, needed: string): Authority => ({
  kind: 'refused',
  code,
  because,
  needed,
});

/** Identity first: wrong workspace, guests, bots and deleted users never get as far as a role. */
export const standingRefusal = (
  person: Person,
  standing: Standing,
  policy: Policy,
): Authority | undefined => {
  const needed = `a full member of the workspace ${policy.workspace}`;
  if (person.team !== policy.workspace)
    return refused('other-workspace', 'You belong to another Slack workspace.', needed);
  if (standing.kind === 'unknown')
    return refused(
      'lookup-failed',
      `Slack could not tell who you are (${standing.because}), so the answer is no.`,
      'a Slack look-up that works; press again in a minute',
    );
  if (standing.team !== policy.workspace || standing.stranger)
    return refused('other-workspace', 'You belong to another Slack workspace.', needed);
  if (standing.deleted) return refused('deleted', 'This Slack account is deactivated.', needed);
  if (standing.bot) return refused('bot', 'Bots cannot act.', needed);
  if (standing.guest) return refused('guest', 'Guests cannot act.', needed);
  return undefined;
};

const role: Readonly<Record<Need, string>> = {
  look: 'a responder, an approver or a viewer',
  respond: 'a responder',
  approve: 'an approver',
  administer: 'an administrator',
};

/** People who have what is needed, under the name of the setting that gives it to them. */
interface Grant {
  readonly setting: string;
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

const scoped = (policy: Policy, wanted: 'responder' | 'approver', target: Target | undefined) =>
  policy.scopedRoles
    .filter((one) => one.role === wanted && (!target || covers(one.for, target)))
    .map(
      ({ id, users = [], groups = [] }): Grant => ({
        setting: `scopedRoles: ${id}`,
        users,
        groups,
      }),
    );

/** Without a target every scope counts: whether it holds is asked again where there is one. */
const grantsOf = (policy: Policy, need: Need, target?: Target): readonly Grant[] => {
  const { responders, approvers, viewers, admins } = policy;
  switch (need) {
    case 'respond':
      return [{ setting: 'responders', ...responders }, ...scoped(policy, 'responder', target)];
    case 'approve':
      return [{ setting: 'approvers', ...approvers }, ...scoped(policy, 'approver', target)];
    case 'look':
      return [
        ...grantsOf(policy, 'respond'),
        ...grantsOf(policy, 'approve'),
        { setting: 'viewers', ...viewers },
        ...grantsOf(policy, 'administer'),
      ];
    case 'administer':
      return [{ setting: 'admins', ...admins }];
    default:
      return need satisfies never;
  }
};

const settingOf: Readonly<Record<Need, string>> = {
  look: '`responders`, `approvers` or `viewers`',
  respond: '`responders`',
  approve: '`approvers`',
  administer: '`admins`',
};

/** Has the role, but not for this. */
const elsewhere = (person: Person, need: Need, standing: Known, policy: Policy): boolean =>
  grantsOf(policy, need).some((grant) => isIn(person, standing, grant));

const isIn = (person: Person, { groups }: Known, grant: Grant): boolean =>
  grant.users.includes(person.user) || grant.groups.some((id) => groups.includes(id));

type Known = Extract<Standing, { kind: 'known' }>;

/** Who may is nobody whom Slack knows as a member. */
const notAMember = (
  need: Need,
  grants: readonly Grant[],
  because: string,
): Extract<Authority, { kind: 'refused' }> => {
  const ask = [...new Set(grants.flatMap(({ groups, users }) => [...groups, ...users]))];
  const settings = grants.filter(({ groups, users }) => groups.length + users.length > 0);
  return {
    kind: 'refused',
    code: 'not-a-member',
    because,
    needed:
      ask.length > 0
        ? `membership of ${ask.join(' or ')} (${settings.map(({ setting }) => setting).join(', ')})`
        : `${settingOf[need]} in cordon.config.ts`,
    ...(ask.length > 0 ? { ask } : {}),
  };
};

/** Whom the configuration names for this, each once. */
export const namedFor = (policy: Policy, need: Need, target: Target): Required<People> => {
  const grants = grantsOf(policy, need, target);
  return {
    users: [...new Set(grants.flatMap(({ users }) => users))],
    groups: [...new Set(grants.flatMap(({ groups }) => groups))],
  };
};

/** The user groups that Slack has to be asked about. */
export const groupsOf = (policy: Policy): readonly string[] =>
  // Who may do anything may look.
  grantsOf(policy, 'look').flatMap(({ groups }) => groups);

/** `because` says which membership decided. `target`: what it is about, where scopes matter. */
export const authorise = (
  person: Person,
  need: Need,
  standing: Standing,
  policy: Policy,
  target?: Target,
): Authority => {
  const refusal = standingRefusal(person, standing, policy);
  if (refusal || standing.kind === 'unknown')
    return refusal ?? refused('lookup-failed', 'Nothing is known about you.', 'a Slack look-up');
  const grants = grantsOf(policy, need, target);
  const named = grants.find(({ users }) => users.includes(person.user));
  if (named) return { kind: 'allowed', because: `named in ${named.setting}` };
  if (grantsOf(policy, need).every(({ users, groups }) => users.length + groups.length === 0))
    return refused(
      'nobody-configured',
      `Nobody is configured as ${role[need]}.`,
      `${settingOf[need]} in cordon.config.ts`,
    );
  if (standing.groupsUnknown && grants.some(({ groups }) => groups.length > 0))
    return refused(
      'lookup-failed',
      `Slack could not tell who is in the user groups (${standing.groupsUnknown}), so the answer is no.`,
      `a Slack look-up that works, or your user id under ${settingOf[need]}`,
    );
  for (const { setting, groups } of grants) {
    const group = groups.find((id) => standing.groups.includes(id));
    if (group) return { kind: 'allowed', because: `member of ${group} (${setting})` };
  }
  const because = elsewhere(person, need, standing, policy)
    ? `You are ${role[need]} for something else, not for this.`
    : `You are not ${role[need]}.`;
  return notAMember(need, grants, because);
};
