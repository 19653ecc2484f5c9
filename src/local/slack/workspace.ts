/**
 * The simulated Slack workspace: a bot's Web API on one side, people and their screens on the other.
 * Strict where Slack is: limits, tokens, trigger ids, view hashes. Nothing here is Cordon's own.
 */
import { botScopes } from '../../slack/heard.ts';
import type { Field } from '../../slack/payload.ts';
import { type Api, type ApiAnswer, type ApiRequest, callApi } from './api.ts';
import { writeCanvas } from './canvas-methods.ts';
import { createFaults, type Faults } from './faults.ts';
import { createFetch } from './fetch.ts';
import { createGestures, type Gestures } from './gestures.ts';
import { type ApiCall, type Canvas, type Memory, type Message, messageAt } from './memory.ts';
import { bot, type Channel, channels, groups, team, type UserGroup, users } from './people.ts';
import { respond } from './respond.ts';
import { snapshot } from './snapshot.ts';

export interface SlackWorkspaceOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Channels besides the usual one. */
  readonly channels?: readonly Channel[];
  /** Of the token; those of manifest.yml when absent. */
  readonly scopes?: readonly string[];
  readonly onChange?: () => void;
}

export interface SlackWorkspace extends Gestures {
  readonly signingSecret: string;
  readonly token: string;
  /** What a Bolt app must be told, so that it never has to ask. */
  readonly ids: { readonly team: string; readonly botId: string; readonly botUserId: string };
  /** For `clientOptions.fetch`. */
  readonly fetch: typeof globalThis.fetch;
  /** For an HTTP route. */
  readonly handleApi: (request: ApiRequest) => ApiAnswer;
  readonly faults: Faults;
  /** Every Web API call so far, without its token. */
  readonly calls: () => readonly ApiCall[];
  readonly state: (user?: string) => Field;
  /** A message as it is now; keeps its content when the message is edited later. */
  readonly message: (channel: string, ts: string) => Message | undefined;
  /** How many posted messages notified this person, at most once each. Edits notify nobody. */
  readonly pings: (user: string) => number;
  /** The same, of the one message and its thread that notified them most often. */
  readonly pingsOfThread: (user: string) => number;
  /** Every canvas as it is now. */
  readonly canvases: () => readonly Canvas[];
  /** A person writes in a canvas, in place of what is in it. */
  readonly writeCanvas: (writing: Parameters<typeof writeCanvas>[1]) => void;
  /** From now on the workspace belongs to this organisation (`E…`), or to none. */
  readonly setEnterprise: (id: string | undefined) => void;
  /** From now on another organisation reads the channel too; or no longer. */
  readonly setShared: (channel: string, shared: boolean) => void;
  /** From now on the app is in the channel, or no longer. */
  readonly setMember: (channel: string, member: boolean) => void;
  /** Changes who is in a user group. */
  readonly setGroup: (id: string, members: readonly string[]) => void;
}

const token = 'xoxb-local-world';
const signingSecret = 'local-world-signing-secret';

export const createSlackWorkspace = (options: SlackWorkspaceOptions): SlackWorkspace => {
  const onChange = options.onChange ?? (() => {});
  const memory = createMemory(options);
  const faults = createFaults();
  const api: Api = { memory, faults, token, onChange };
  const change = (id: string, changed: Partial<Channel>): void => {
    memory.channels = memory.channels.map((one) => (one.id === id ? { ...one, ...changed } : one));
    onChange();
  };
  const handleApi = (request: ApiRequest) => callApi(api, request);
  return {
    signingSecret,
    token,
    ids: { team: team.id, botId: bot.id, botUserId: bot.user },
    fetch: createFetch(handleApi, (path, answer) => {
      const status = respond(memory, path, answer);
      onChange();
      return status;
    }),
    handleApi,
    faults,
    calls: () => memory.calls,
    state: (user) => snapshot(memory, user),
    message: (channel, ts) => messageAt(memory, channel, ts),
    pings: (user) => memory.messages.filter(({ pinged }) => pinged.includes(user)).length,
    pingsOfThread: (user) => {
      const counts = new Map<string, number>();
      for (const { channel, ts, thread_ts, pinged } of memory.messages)
        if (pinged.includes(user)) {
          const thread = `${channel}/${thread_ts ?? ts}`;
          counts.set(thread, (counts.get(thread) ?? 0) + 1);
        }
      return Math.max(0, ...counts.values());
    },
    canvases: () => memory.canvases,
    writeCanvas: (writing) => {
      writeCanvas(memory, writing);
      onChange();
    },
    setGroup: (id, members) => {
      const changed = (group: UserGroup) =>
        group.id === id ? { ...group, users: members } : group;
      memory.groups = memory.groups.map(changed);
      onChange();
    },
    setEnterprise: (id) => {
      memory.enterprise = id;
    },
    setShared: (channel, shared) => change(channel, { shared }),
    setMember: (channel, member) => change(channel, { foreign: !member }),
    ...createGestures(memory, { signingSecret, onChange }),
  };
};

const createMemory = ({
  now,
  channels: more = [],
  scopes = botScopes,
}: SlackWorkspaceOptions): Memory => {
  let last = 0;
  return {
    now,
    scopes,
    next: () => {
      last += 1;
      return last;
    },
    users,
    groups,
    enterprise: undefined,
    channels: [...channels, ...more].filter(
      (one, n, all) => all.findIndex(({ id }) => id === one.id) === n,
    ),
    messages: [],
    ephemerals: [],
    modals: [],
    homes: [],
    canvases: [],
    triggers: new Map(),
    responses: new Map(),
    calls: [],
  };
};
