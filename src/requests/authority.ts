/**
 * May this person do this? Deny by default: an empty configuration allows nobody, and what could
 * not be looked up is refused. Pure: the directory's answer comes in as a value.
 */
import type { People } from '../config/config.ts';
import type { Person } from './person.ts';

export type Need = 'respond' | 'approve';

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

export interface Policy {
  readonly workspace: string;
  readonly responders: Required<People>;
  readonly approvers: Required<People>;
}

const refused = (code: AuthorityCode, because: string, needed: string): Authority => ({
  kind: 'refused',
  code,
  because,
  needed,
});

const role = { respond: 'a responder', approve: 'an approver' } as const;

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

/** `because` says which membership decided. */
export const authorise = (
  person: Person,
  need: Need,
  standing: Standing,
  policy: Policy,
): Authority => {
  const refusal = standingRefusal(person, standing, policy);
  if (refusal || standing.kind === 'unknown')
    return refusal ?? refused('lookup-failed', 'Nothing is known about you.', 'a Slack look-up');
  const people = need === 'respond' ? policy.responders : policy.approvers;
  const setting = need === 'respond' ? 'responders' : 'approvers';
  if (people.users.length === 0 && people.groups.length === 0)
    return refused(
      'nobody-configured',
      `Nobody is configured as ${role[need]}.`,
      `\`${setting}\` in cordon.config.ts`,
    );
  if (people.users.includes(person.user))
    return { kind: 'allowed', because: `named in ${setting}` };
  if (standing.groupsUnknown && people.groups.length > 0)
    return refused(
      'lookup-failed',
      `Slack could not tell who is in the user groups (${standing.groupsUnknown}), so the answer is no.`,
      `a Slack look-up that works, or your user id under \`${setting}\``,
    );
  const group = people.groups.find((id) => standing.groups.includes(id));
  return group
    ? { kind: 'allowed', because: `member of ${group} (${setting})` }
    : {
        kind: 'refused',
        code: 'not-a-member',
        because: `You are not ${role[need]}.`,
        needed: `membership of ${[...people.groups, ...people.users].join(' or ')} (${setting})`,
        ask: [...people.groups, ...people.users],
      };
};
