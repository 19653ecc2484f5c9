/**
 * Whom a message calls: the people and groups that it mentions. Slack notifies them when it is posted
 * and not when it is edited. https://docs.slack.dev/messaging/formatting-message-text#mentioning-users
 */
import type { DesiredMessage } from './desired-message.ts';

const inMrkdwn = /<(?:@([UW]\w+)|!subteam\^(S\w+))>/g;

/** Ids of users and groups, each once. Nothing but what we drew can be a mention. */
export const calledBy = ({ blocks }: Pick<DesiredMessage, 'blocks'>): readonly string[] => [
  ...new Set(mentionsIn(blocks)),
];

const mentionsIn = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(mentionsIn);
  if (typeof value !== 'object' || value === null) return [];
  if ('type' in value && value.type === 'mrkdwn' && 'text' in value)
    return [...String(value.text).matchAll(inMrkdwn)].map(([, user, group]) => user ?? group ?? '');
  if ('type' in value && value.type === 'user' && 'user_id' in value)
    return [String(value.user_id)];
  if ('type' in value && value.type === 'usergroup' && 'usergroup_id' in value)
    return [String(value.usergroup_id)];
  return Object.values(value).flatMap(mentionsIn);
};

/** What stands where somebody is mentioned who is not to be called; the edit that follows names them. */
const nobody = '…';

/** Who is called in the place of each mention; one that is not in it stays. */
export type Instead = ReadonlyMap<string, readonly string[]>;

/** The same message, calling only these. */
export const callingOnly = (message: DesiredMessage, instead: Instead): DesiredMessage => ({
  ...message,
  blocks: rewritten(message.blocks, instead) as DesiredMessage['blocks'],
});

const rewritten = (value: unknown, instead: Instead): unknown => {
  if (Array.isArray(value)) return value.flatMap((each) => element(each, instead));
  if (typeof value !== 'object' || value === null) return value;
  if ('type' in value && value.type === 'mrkdwn' && 'text' in value)
    return { ...value, text: inWords(String(value.text), instead) };
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, rewritten(each, instead)]),
  );
};

const inWords = (text: string, instead: Instead): string =>
  text.replaceAll(inMrkdwn, (whole, user?: string, group?: string) => {
    const others = instead.get(user ?? group ?? '');
    return others ? others.map((id) => `<@${id}>`).join(' ') || nobody : whole;
  });

/** A mention in rich text is an element of its own: it becomes several, or a word. */
const element = (value: unknown, instead: Instead): readonly unknown[] => {
  const [id = ''] =
    typeof value === 'object' && value !== null && 'type' in value && /^user/.test(`${value.type}`)
      ? mentionsIn(value)
      : [];
  const others = instead.get(id);
  if (!others) return [rewritten(value, instead)];
  return others.length > 0
    ? others.map((user_id) => ({ type: 'user', user_id }))
    : [{ type: 'text', text: nobody }];
};
