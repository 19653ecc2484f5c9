/** chat.* and conversations.history. Facts: https://docs.slack.dev/reference/methods/chat.postMessage */
import { type Field, optional, record, required } from '../../slack/payload.ts';
import { demandValid, SlackApiError } from './api-error.ts';
import { withBlockIds } from './drawn.ts';
import { type Memory, type Message, messageAt, nextTs, showEphemeral } from './memory.ts';
import { bot, team } from './people.ts';
import { pingedBy } from './pings.ts';

export type Method = (memory: Memory, args: Field) => Field;

const channelOf = (memory: Memory, args: Field): string => {
  const channel = optional(args, 'channel', 255);
  const known = memory.channels.find(({ id }) => id === channel);
  if (known === undefined) throw new SlackApiError('channel_not_found');
  if (known.foreign) throw new SlackApiError('not_in_channel');
  return known.id;
};

/** A person's id stands for the conversation with them, which the first message opens. */
const conversationOf = (memory: Memory, args: Field): string => {
  const user = memory.users.find(({ id }) => id === args['channel']);
  if (user === undefined) return channelOf(memory, args);
  if (user.deleted || user.is_bot) throw new SlackApiError('channel_not_found');
  const known = memory.channels.find((channel) => channel.with === user.id);
  if (known) return known.id;
  const opened = { id: `D${user.id.slice(1)}`, name: 'Cordon', with: user.id };
  memory.channels = [...memory.channels, opened];
  return opened.id;
};

/** Throws what Slack answers to a message that breaks its limits. */
export const contentOf = (memory: Memory, args: Field) => {
  if (optional(args, 'text', 40_000) === undefined) throw new SlackApiError('no_text');
  demandValid('message', args);
  return {
    text: required(args, 'text', 40_000),
    blocks: withBlockIds(args['blocks'], memory.next),
  };
};

const threadOf = (memory: Memory, args: Field, channel: string): string | undefined => {
  const thread = optional(args, 'thread_ts', 30);
  if (thread === undefined) return undefined;
  const parent = messageAt(memory, channel, thread);
  if (parent === undefined || parent.thread_ts !== undefined) {
    throw new SlackApiError('thread_not_found');
  }
  return thread;
};

/** A message as Slack's API shows it. */
export const apiMessage = (message: Message): Field => ({
  type: 'message',
  ...(message.by === undefined
    ? { user: bot.user, bot_id: bot.id, app_id: bot.app }
    : { user: message.by }),
  team: team.id,
  ts: message.ts,
  ...(message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts }),
  ...(message.reply_broadcast ? { subtype: 'thread_broadcast' } : {}),
  text: message.text,
  blocks: message.blocks,
});

const postMessage: Method = (memory, args) => {
  const channel = conversationOf(memory, args);
  const content = contentOf(memory, args);
  const person = memory.channels.find(({ id }) => id === channel)?.with;
  const message: Message = {
    channel,
    ...content,
    ts: nextTs(memory),
    thread_ts: threadOf(memory, args, channel),
    reply_broadcast: args['reply_broadcast'] === true,
    metadata: args['metadata'] === undefined ? undefined : record(args, 'metadata'),
    edited: false,
    // A direct message notifies its reader, whatever it says.
    pinged: [...new Set([...pingedBy(memory, content), ...(person ? [person] : [])])],
  };
  memory.messages = [...memory.messages, message];
  return { channel, ts: message.ts, message: apiMessage(message) };
};

const update: Method = (memory, args) => {
  const channel = channelOf(memory, args);
  const before = messageAt(memory, channel, optional(args, 'ts', 30) ?? '');
  if (before === undefined) throw new SlackApiError('message_not_found');
  const metadata = args['metadata'] === undefined ? before.metadata : record(args, 'metadata');
  const after: Message = { ...before, ...contentOf(memory, args), metadata, edited: true, before };
  memory.messages = memory.messages.map((each) => (each === before ? after : each));
  return { channel, ts: after.ts, text: after.text, message: apiMessage(after) };
};

/** A bot may delete what it posted itself: docs.slack.dev/reference/methods/chat.delete */
const remove: Method = (memory, args) => {
  const channel = channelOf(memory, args);
  const message = messageAt(memory, channel, optional(args, 'ts', 30) ?? '');
  if (message === undefined) throw new SlackApiError('message_not_found');
  if (message.by !== undefined) throw new SlackApiError('cant_delete_message');
  memory.messages = memory.messages.filter((each) => each !== message);
  return { channel, ts: message.ts };
};

const postEphemeral: Method = (memory, args) => {
  const channel = channelOf(memory, args);
  const user = memory.users.find(({ id }) => id === args['user']);
  if (user === undefined || user.deleted) throw new SlackApiError('user_not_in_channel');
  const id = nextTs(memory);
  showEphemeral(memory, {
    id,
    user: user.id,
    channel,
    thread_ts: threadOf(memory, args, channel),
    ...contentOf(memory, args),
    at: memory.now(),
  });
  return { message_ts: id };
};

const getPermalink: Method = (memory, args) => {
  const channel = channelOf(memory, args);
  const message = messageAt(memory, channel, optional(args, 'message_ts', 30) ?? '');
  if (message === undefined) throw new SlackApiError('message_not_found');
  const thread =
    message.thread_ts === undefined ? '' : `?thread_ts=${message.thread_ts}&cid=${channel}`;
  const place = `archives/${channel}/p${message.ts.replace('.', '')}`;
  return { channel, permalink: `https://${team.domain}.slack.com/${place}${thread}` };
};

const history: Method = (memory, args) => {
  const channel = channelOf(memory, args);
  const oldest = Number(args['oldest'] ?? 0);
  const latest = Number(args['latest'] ?? Number.POSITIVE_INFINITY);
  const edge = args['inclusive'] === true;
  const inside = (ts: number) => (edge ? ts >= oldest && ts <= latest : ts > oldest && ts < latest);
  const found = memory.messages
    .filter((message) => message.channel === channel && inside(Number(message.ts)))
    .filter((message) => message.thread_ts === undefined || message.reply_broadcast)
    .reverse();
  const limit = Number(args['limit'] ?? 100);
  return {
    messages: found.slice(0, limit).map((message) => withMetadata(message, args)),
    has_more: found.length > limit,
  };
};

/** The parent and its replies, oldest first. */
const replies: Method = (memory, args) => {
  const channel = channelOf(memory, args);
  const parent = required(args, 'ts', 30);
  if (messageAt(memory, channel, parent) === undefined) throw new SlackApiError('thread_not_found');
  const oldest = Number(args['oldest'] ?? 0);
  const found = memory.messages.filter(
    ({ ts, thread_ts }) => ts === parent || (thread_ts === parent && Number(ts) > oldest),
  );
  return { messages: found.map((message) => withMetadata(message, args)), has_more: false };
};

const withMetadata = (message: Message, args: Field): Field => ({
  ...apiMessage(message),
  ...(args['include_all_metadata'] === true && message.metadata !== undefined
    ? { metadata: message.metadata }
    : {}),
});

export const chatMethods: Readonly<Record<string, Method>> = {
  'chat.postMessage': postMessage,
  'chat.update': update,
  'chat.delete': remove,
  'chat.postEphemeral': postEphemeral,
  'chat.getPermalink': getPermalink,
  'conversations.history': history,
  'conversations.replies': replies,
};
