/** `GET /slack/state`: the shape is documented in docs/local-world.md. */
import { messageShortcuts } from '../../slack/heard.ts';
import type { Field } from '../../slack/payload.ts';
import type { Memory, Message } from './memory.ts';
import { bot, team } from './people.ts';
import { apiView } from './view-methods.ts';

/** Everything that can be seen; with `user`, modals, ephemerals and direct messages of that person only. */
export const snapshot = (memory: Memory, user?: string): Field => {
  const seen = (entry: { readonly user: string }) => user === undefined || entry.user === user;
  return {
    now: new Date(memory.now()).toISOString(),
    team: { id: team.id, name: team.name },
    users: memory.users
      .filter(({ deleted, is_bot }) => !deleted && !is_bot)
      .map(({ id, name, real_name, title, team_id, is_restricted }) => ({
        id,
        name,
        real_name,
        title,
        team_id,
        guest: is_restricted,
        groups: memory.groups.filter((group) => group.users.includes(id)).map((group) => group.id),
      })),
    groups: memory.groups,
    shortcuts: Object.entries(messageShortcuts).map(([callback_id, name]) => ({
      callback_id,
      name,
    })),
    channels: memory.channels
      .filter((channel) => channel.with === undefined || seen({ user: channel.with }))
      .map((channel) => ({ ...channel, messages: listed(memory, channel.id) })),
    modals: memory.modals.filter(seen).map((open) => ({
      id: open.id,
      user: open.user,
      view: apiView(open),
      errors: open.errors,
    })),
    homes: memory.homes.filter(seen).map((home) => ({ user: home.user, view: apiView(home) })),
    canvases: memory.canvases,
    ephemerals: memory.ephemerals
      .filter(seen)
      .map((ephemeral) => ({ ...ephemeral, at: new Date(ephemeral.at).toISOString() })),
  };
};

const listed = (memory: Memory, channel: string): readonly Field[] => {
  const messages = memory.messages.filter((message) => message.channel === channel);
  return messages
    .filter((message) => message.thread_ts === undefined || message.reply_broadcast)
    .map((message) => ({
      ...shown(message),
      replies: messages
        .filter(({ thread_ts }) => thread_ts === message.ts)
        .map((reply) => ({ ...shown(reply), replies: [] })),
    }));
};

const shown = (message: Message): Field => ({
  ts: message.ts,
  thread_ts: message.thread_ts ?? message.ts,
  user: message.by ?? bot.user,
  text: message.text,
  blocks: message.blocks,
  attachments: [],
  edited: message.edited,
  reply_broadcast: message.reply_broadcast,
});
