/** Whom a posted message notifies. Facts: https://docs.slack.dev/messaging/formatting-message-text */
import { type Field, isRecord } from '../../slack/payload.ts';
import type { Memory } from './memory.ts';

/** Everyone mentioned in `text` or `blocks`, directly or through a group, each once. */
export const pingedBy = (
  memory: Memory,
  content: { readonly text: string; readonly blocks: readonly Field[] },
): readonly string[] => {
  const mentions = new Set([...mentionsIn(content.text), ...content.blocks.flatMap(mentionsOf)]);
  const members = memory.groups
    .filter(({ id }) => mentions.has(id))
    .flatMap((group) => group.users);
  return memory.users
    .filter(({ is_bot, deleted }) => !is_bot && !deleted)
    .map(({ id }) => id)
    .filter((id) => mentions.has(id) || mentions.has('everyone') || members.includes(id));
};

const mentionsIn = (mrkdwn: string): readonly string[] =>
  [
    ...mrkdwn.matchAll(
      /<@([UW]\w+)[^>]*>|<!subteam\^(S\w+)[^>]*>|<!(channel|here|everyone)[^>]*>/g,
    ),
  ].map(([, user, group]) => user ?? group ?? 'everyone');

const mentionsOf = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(mentionsOf);
  if (!isRecord(value)) return [];
  switch (value['type']) {
    case 'mrkdwn':
      return mentionsIn(String(value['text']));
    case 'user':
      return [String(value['user_id'])];
    case 'usergroup':
      return [String(value['usergroup_id'])];
    case 'broadcast':
      return ['everyone'];
    default:
      return Object.values(value).flatMap(mentionsOf);
  }
};
