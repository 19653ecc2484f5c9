/** What the simulated workspace remembers. Entries are replaced, never changed, so a copy stays. */
import type { Field } from '../../slack/payload.ts';
import { type Channel, type SlackUser, team, type UserGroup } from './people.ts';

export interface Message {
  readonly channel: string;
  readonly ts: string;
  /** The parent's `ts`; undefined outside threads. */
  readonly thread_ts: string | undefined;
  readonly reply_broadcast: boolean;
  /** The person who wrote it; absent for what the app posted. */
  readonly by?: string;
  readonly text: string;
  readonly blocks: readonly Field[];
  readonly metadata: Field | undefined;
  /** True after any `chat.update`. */
  readonly edited: boolean;
  /** As it was drawn before the last edit: some screen may still show it. */
  readonly before?: Message;
  /** Everyone whom posting it notified. */
  readonly pinged: readonly string[];
}

interface Ephemeral {
  /** Slack's `message_ts`; works as `ts` when one of its controls is pressed. */
  readonly id: string;
  readonly user: string;
  readonly channel: string;
  readonly thread_ts: string | undefined;
  readonly text: string;
  readonly blocks: readonly Field[];
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** block_id → action_id → Slack's state of the element. */
export type ViewState = Readonly<Record<string, Readonly<Record<string, Field>>>>;

/** An open modal, or a home tab. */
export interface OpenView {
  readonly id: string;
  readonly user: string;
  readonly hash: string;
  readonly external_id: string;
  readonly root: string;
  readonly previous: string | undefined;
  /** As the app gave it, with Slack's block ids filled in. */
  readonly view: Field;
  /** What was typed or chosen so far. */
  readonly entered: ViewState;
  /** From `response_action: errors`. */
  readonly errors: Readonly<Record<string, string>>;
}

interface Trigger {
  readonly user: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly used: boolean;
}

interface ResponseUrl {
  readonly user: string;
  readonly channel: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly used: number;
}

export interface ApiCall {
  readonly n: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly method: string;
  readonly args: Field;
  /** Slack's error; undefined when the call worked. */
  readonly error: string | undefined;
}

export interface Canvas {
  readonly id: string;
  readonly title: string;
  readonly markdown: string;
  /** Channels whose members may write in it. */
  readonly writers: readonly string[];
  /** People who wrote in it, the first first. */
  readonly written: readonly string[];
}

export interface Memory {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** A number never given before. */
  readonly next: () => number;
  /** What the token may do. */
  readonly scopes: readonly string[];
  readonly users: readonly SlackUser[];
  groups: readonly UserGroup[];
  channels: readonly Channel[];
  /** Of the organisation that the workspace belongs to, where it does. */
  enterprise: string | undefined;
  messages: readonly Message[];
  ephemerals: readonly Ephemeral[];
  /** Oldest first; the last of a person's is on top. */
  modals: readonly OpenView[];
  homes: readonly OpenView[];
  canvases: readonly Canvas[];
  readonly triggers: Map<string, Trigger>;
  /** By the path of the `response_url`. */
  readonly responses: Map<string, ResponseUrl>;
  readonly calls: ApiCall[];
}

/** A `ts` as Slack makes them: the second, and a number that makes it unique and increasing. */
export const nextTs = (memory: Memory): string =>
  `${Math.floor(memory.now() / 1000)}.${String(memory.next()).padStart(6, '0')}`;

/** Finds a message by its channel and `ts`. */
export const messageAt = (memory: Memory, channel: string, ts: string): Message | undefined =>
  memory.messages.find((message) => message.channel === channel && message.ts === ts);

/** Replaces one open modal or home tab by its id. */
export const putView = (memory: Memory, view: OpenView): void => {
  const replaced = (each: OpenView) => (each.id === view.id ? view : each);
  memory.modals = memory.modals.map(replaced);
  memory.homes = memory.homes.map(replaced);
};

/** A `response_url` for five answers to `user` in `channel` within half an hour. */
export const issueResponseUrl = (
  memory: Memory,
  kind: 'actions' | 'app' | 'commands',
  { user, channel }: Pick<ResponseUrl, 'user' | 'channel'>,
): string => {
  const path = `/${kind}/${team.id}/${memory.next()}`;
  memory.responses.set(path, { user, channel, at: memory.now(), used: 0 });
  return `https://hooks.slack.com${path}`;
};

/** A `trigger_id` for one `views.open` by `user` within three seconds. */
export const issueTrigger = (memory: Memory, user: string): string => {
  const id = `${memory.next()}.4567890123.${user.toLowerCase()}`;
  memory.triggers.set(id, { user, at: memory.now(), used: false });
  return id;
};

/** Slack keeps none of them at all; so many are enough to be seen. */
const keptEphemerals = 500;

/** What one person alone is shown: the oldest make room. */
export const showEphemeral = (memory: Memory, one: Ephemeral): void => {
  memory.ephemerals = [...memory.ephemerals.slice(1 - keptEphemerals), one];
};
