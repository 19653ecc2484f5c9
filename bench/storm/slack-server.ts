/**
 * Slack's Web API on 127.0.0.1 in real time: the documented limits with 429 and Retry-After, a round
 * trip of 50 to 150 ms, messages with their metadata, and the people of the local world.
 */
import type { ServerResponse } from 'node:http';
import { team, users } from '../../src/local/slack/people.ts';
import { loopback } from '../house/loopback.ts';
import type { Random } from '../random.ts';
import { slackLimits } from './buckets.ts';
import type { MessageState } from './shown.ts';

type Arguments = Readonly<Record<string, string>>;

export interface SlackMessage {
  readonly ts: string;
  readonly channel: string;
  readonly text: string;
  /** Block Kit, as JSON text. */
  readonly blocks: string;
  readonly threadTs: string | undefined;
  readonly metadata: Metadata | undefined;
}

interface Metadata {
  readonly event_type?: string;
  readonly event_payload?: {
    readonly name?: string;
    readonly findings?: number;
    readonly waiting?: number;
  };
}

/** By method. */
type Counts = Readonly<Record<string, number>>;

export interface SlackServer {
  readonly apiUrl: string;
  readonly messages: ReadonlyMap<string, SlackMessage>;
  readonly states: readonly MessageState[];
  readonly calls: Counts;
  /** Those of them that were answered with 429. */
  readonly limited: Counts;
  readonly unknown: readonly string[];
  /** Told of each post and edit. */
  onMessage(listener: (message: SlackMessage) => void): void;
  close(): Promise<void>;
}

export interface SlackOptions {
  readonly random: Random;
  /** Which of the storm's groups a card with this text is about. */
  readonly groupOf: (drawn: string) => number | undefined;
}

const roundTrip = { from: 50, to: 150 } as const;

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

const argumentsOf = (body: string, contentType: string): Arguments => {
  if (!contentType.includes('json')) return Object.fromEntries(new URLSearchParams(body));
  const parsed: Record<string, unknown> = JSON.parse(body);
  return Object.fromEntries(
    Object.entries(parsed).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
};

const kindOf = (name: string): MessageState['kind'] => {
  if (name.endsWith('/card')) return 'card';
  return name.endsWith('/roll-up') ? 'roll-up' : 'other';
};

/** A message that does not say how many findings it counts, counts one. */
const stateOf = (
  message: SlackMessage,
  groupOf: SlackOptions['groupOf'],
  at: number,
): MessageState => {
  const payload = message.metadata?.event_payload;
  const kind = kindOf(payload?.name ?? '');
  return {
    at,
    ts: message.ts,
    kind,
    group: kind === 'card' ? groupOf(message.text + message.blocks) : undefined,
    findings: payload?.findings ?? 1,
  };
};

const apiMessage = (message: SlackMessage) => ({
  type: 'message',
  ts: message.ts,
  text: message.text,
  ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
  ...(message.metadata ? { metadata: message.metadata } : {}),
});

/** Messages of a channel or thread since `oldest`: a channel's newest first, a thread's oldest first. */
const listed = (messages: Iterable<SlackMessage>, args: Arguments) => {
  const found = [...messages].filter(
    ({ channel, ts, threadTs }) =>
      channel === args['channel'] &&
      Number(ts) >= Number(args['oldest'] ?? 0) &&
      (args['ts'] ? threadTs === args['ts'] || ts === args['ts'] : !threadTs),
  );
  const start = Number(args['cursor'] ?? 0);
  const end = start + Number(args['limit'] ?? 100);
  const ordered = args['ts'] ? found : found.toReversed();
  return {
    messages: ordered.slice(start, end).map(apiMessage),
    has_more: end < ordered.length,
    response_metadata: { next_cursor: end < ordered.length ? String(end) : '' },
  };
};

type Method = (args: Arguments) => object;

const people: Readonly<Record<string, Method>> = {
  'auth.test': () => ({ team_id: team.id, user_id: 'U0CORDON', bot_id: 'B0CORDON' }),
  'users.info': ({ user }) => ({ user: users.find(({ id }) => id === user) }),
  'usergroups.users.list': () => ({ users: ['U0MARIA', 'U0LEE'] }),
  'conversations.info': ({ channel }) => ({ channel: { id: channel, is_member: true } }),
  'views.open': () => ({ view: { id: 'V1' } }),
  'views.update': () => ({ view: { id: 'V1' } }),
  'chat.postEphemeral': () => ({ message_ts: '1.000000' }),
};

const answerJson = (response: ServerResponse, value: object): void => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ ok: true, ...value }));
};

/** What the channel holds: messages, and each state that they went through. */
const createBoard = (groupOf: SlackOptions['groupOf']) => {
  const messages = new Map<string, SlackMessage>();
  const states: MessageState[] = [];
  const listeners: ((message: SlackMessage) => void)[] = [];
  let posted = 0;
  const put = (ts: string, args: Arguments): object => {
    const before = messages.get(ts);
    const message: SlackMessage = {
      ts,
      channel: args['channel'] ?? '',
      text: args['text'] ?? '',
      blocks: args['blocks'] ?? '',
      threadTs: before?.threadTs ?? args['thread_ts'],
      metadata: args['metadata'] ? JSON.parse(args['metadata']) : before?.metadata,
    };
    messages.set(ts, message);
    states.push(stateOf(message, groupOf, Date.now()));
    for (const listener of listeners) listener(message);
    return { channel: message.channel, ts, message: apiMessage(message) };
  };
  const methods: Readonly<Record<string, Method>> = {
    ...people,
    'chat.postMessage': (args) => {
      posted += 1;
      return put(`${Math.floor(Date.now() / 1000)}.${String(posted).padStart(6, '0')}`, args);
    },
    'chat.update': (args) =>
      messages.has(args['ts'] ?? '')
        ? put(args['ts'] ?? '', args)
        : { ok: false, error: 'message_not_found' },
    'conversations.history': (args) => listed(messages.values(), args),
    'conversations.replies': (args) => listed(messages.values(), args),
  };
  return { messages, states, listeners, methods };
};

export const startSlack = async ({ random, groupOf }: SlackOptions): Promise<SlackServer> => {
  const { messages, states, listeners, methods } = createBoard(groupOf);
  const calls: Record<string, number> = {};
  const limited: Record<string, number> = {};
  const unknown: string[] = [];
  const limits = slackLimits();
  /** Half of the way to Slack, the decision, half of the way back. */
  const serve = async (name: string, args: Arguments, response: ServerResponse): Promise<void> => {
    const trip = random.between(roundTrip.from, roundTrip.to);
    await pause(trip / 2);
    const method = methods[name];
    if (!method) {
      unknown.push(name);
      return answerJson(response, { ok: false, error: 'unknown_method' });
    }
    const retryAfter = limits.ask(name, args['channel'] ?? '', Date.now());
    if (retryAfter !== undefined) limited[name] = (limited[name] ?? 0) + 1;
    const answer = retryAfter === undefined ? method(args) : undefined;
    await pause(trip / 2);
    if (answer) return answerJson(response, answer);
    response.writeHead(429, { 'retry-after': String(retryAfter) });
    response.end(JSON.stringify({ ok: false, error: 'ratelimited' }));
    return undefined;
  };
  const server = await loopback(({ path, headers, body }, response) => {
    const name = path.replace('/api/', '');
    calls[name] = (calls[name] ?? 0) + 1;
    void serve(name, argumentsOf(body, headers['content-type'] ?? ''), response);
  });
  return {
    apiUrl: `http://${server.host}/api/`,
    messages,
    states,
    calls,
    limited,
    unknown,
    onMessage: (listener) => listeners.push(listener),
    close: server.close,
  };
};
