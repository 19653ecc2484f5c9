/**
 * Our own mrkdwn. A `MrkdwnText` is the text object itself, so what a card puts into a section has
 * gone through this file: literals are ours, untrusted values become code spans, mentions, times
 * and links are built from checked parts.
 * Facts: https://docs.slack.dev/messaging/formatting-message-text
 */
import { escaped, mentioned, type Ours, ownAddress, type SafeText, unparsed } from './text.ts';

/** A mrkdwn text object, assignable to Slack's own type and impossible to write by hand. */
export interface MrkdwnText {
  readonly type: 'mrkdwn';
  readonly text: string & { readonly __mrkdwn: unique symbol };
  /** Keeps Slack from turning bare addresses, names and channels into links. */
  readonly verbatim: true;
}

/**
 * Tagged template for our own text: ``mrkdwn`*State:* ${ours(state)}, user agent ${safe(agent)}` ``.
 * A `SafeText` is drawn as a code span, in which formatting and emoji stay literal.
 */
export const mrkdwn = (
  literals: TemplateStringsArray,
  ...values: readonly (SafeText | MrkdwnText | number)[]
): MrkdwnText => built(woven(literals, values, (text) => `\`${text}\``));

/**
 * Tagged template for a message's top-level `text`: what notifications and screen readers use. Same
 * values as `mrkdwn`; a `SafeText` goes in without the code span.
 */
export const fallback = (
  literals: TemplateStringsArray,
  ...values: readonly (SafeText | MrkdwnText | number)[]
): string => woven(literals, values, (text) => text);

/** A computed text of ours (a rule's title, a label), in which formatting is meant. */
export const ours = <T extends string>(text: Ours<T>): MrkdwnText => built(escaped(text));

/** Mentions a person (`U…`, `W…`) or a user group (`S…`). Throws `RangeError` on another id. */
export const mention = (id: string): MrkdwnText =>
  built(mentioned(id) === 'user' ? `<@${id}>` : `<!subteam^${id}>`);

/** A time in the reader's own zone. `seconds` since the epoch; `words` for clients without it. */
export const time = (seconds: number, words: string): MrkdwnText => {
  const plainWords = escaped(unparsed(words, 60)).replaceAll(/[|^]/g, ' ');
  return built(`<!date^${Math.floor(seconds)}^{time} {date_short_pretty}|${plainWords}>`);
};

/** A link that we built, https only (else `RangeError`). Never for an address from a finding. */
export const link = <T extends string>(address: Ours<T>, label: string): MrkdwnText => {
  const url = ownAddress(address);
  const words = escaped(unparsed(label, 100)).replaceAll('|', ' ');
  return built(`<${escaped(url.href.replaceAll('|', '%7C'))}|${words}>`);
};

const woven = (
  literals: TemplateStringsArray,
  values: readonly (SafeText | MrkdwnText | number)[],
  span: (text: SafeText) => string,
): string =>
  literals
    .map((part, index) => {
      const value = values[index];
      if (value === undefined) return part;
      if (typeof value === 'number') return `${part}${value}`;
      return `${part}${typeof value === 'string' ? span(value) : value.text}`;
    })
    .join('');

const built = (text: string): MrkdwnText => ({
  type: 'mrkdwn',
  text: text as MrkdwnText['text'],
  verbatim: true,
});
