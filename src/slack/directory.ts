/**
 * Who a person is to Slack, asked at decision time and remembered for at most a minute.
 * docs.slack.dev/reference/methods/users.info, usergroups.users.list and conversations.info
 */
import {
  type ConversationsInfoResponse,
  WebAPIPlatformError,
  type WebClient,
} from '@slack/web-api';
import type { Standing } from '../requests/authority.ts';
import type { Person } from '../requests/person.ts';

export interface DirectoryOptions {
  readonly client: WebClient;
  /** User groups of the configuration. */
  readonly groups: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const cacheMs = 60_000;

/** Remembers successes only: a failed look-up is asked again by the next click. */
const remembered = <T>(now: () => number, load: (key: string) => Promise<T>) => {
  const known = new Map<string, { readonly value: T; readonly until: number }>();
  const ask = async (key: string): Promise<T> => {
    const hit = known.get(key);
    if (hit && hit.until > now()) return hit.value;
    const value = await load(key);
    known.set(key, { value, until: now() + cacheMs });
    return value;
  };
  return Object.assign(ask, { forget: (key: string): void => void known.delete(key) });
};

/**
 * An app made from an older manifest may not ask. The doctor tells its administrators to update it; until
 * then they are alerted all the same.
 */
const unscoped = (error: unknown): { readonly channel: ConversationsInfoResponse['channel'] } => {
  if (error instanceof WebAPIPlatformError && error.data.error === 'missing_scope')
    return { channel: {} };
  throw error;
};

const because = (error: unknown): string =>
  error instanceof Error ? error.message.slice(0, 120) : 'no answer';

export const directory = (options: DirectoryOptions) => {
  const user = remembered(options.now, async (id: string) => {
    const answer = await options.client.users.info({ user: id });
    if (!answer.user) throw new Error('Slack does not know this user');
    return answer.user;
  });
  const members = remembered(options.now, async (id: string) => {
    const answer = await options.client.usergroups.users.list({ usergroup: id });
    return new Set(answer.users ?? []);
  });
  const shared = remembered(options.now, async (id: string) => {
    const { channel } = await options.client.conversations.info({ channel: id }).catch(unscoped);
    if (!channel) throw new Error('Slack does not know this channel');
    return channel.is_ext_shared === true || channel.is_pending_ext_shared === true;
  });
  const groupsOf = async (id: string): Promise<Pick<Known, 'groups' | 'groupsUnknown'>> => {
    const asked = await Promise.allSettled(
      options.groups.map(async (group) => ((await members(group)).has(id) ? [group] : [])),
    );
    const failed = asked.find((answer) => answer.status === 'rejected');
    return {
      groups: asked.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : [])),
      ...(failed ? { groupsUnknown: because(failed.reason) } : {}),
    };
  };
  return {
    members,
    /** Whether another organisation reads this channel, or is invited to (Slack Connect). Throws like `members`. */
    shared,
    /** Who is in this group has changed. */
    forget: members.forget,
    async standing(person: Person): Promise<Standing> {
      try {
        const found = await user(person.user);
        return {
          kind: 'known',
          team: found.team_id ?? '',
          name: found.real_name ?? found.name ?? person.user,
          // Absent flags are read against the person only where Slack always sends them.
          guest: found.is_restricted === true || found.is_ultra_restricted === true,
          bot: found.is_bot === true,
          deleted: found.deleted === true,
          stranger: found.is_stranger === true,
          ...(await groupsOf(person.user)),
        };
      } catch (error) {
        return { kind: 'unknown', because: because(error) };
      }
    },
  };
};

type Known = Extract<Standing, { kind: 'known' }>;
