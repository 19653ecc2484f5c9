/**
 * From text that an attacker may have written to text that Slack cannot parse. Every untrusted
 * value goes through `clean` and is cut by its length after escaping; mrkdwn.ts and rich-text.ts
 * build on this file, and their branded types make the compiler refuse a bare string.
 * Facts: https://docs.slack.dev/messaging/formatting-message-text#escaping and
 * https://docs.slack.dev/reference/block-kit/composition-objects/text-object
 */
import type { PlainTextElement } from '@slack/types';
import type { Untrusted } from '../findings/finding.ts';

/** Cleaned, escaped, without a backtick: literal in a code span of `mrkdwn`. Made by `safe` only. */
export type SafeText = string & { readonly __safe: unique symbol };

/** A string that the compiler does not know to be untrusted; `never` for one that is. */
export type Ours<T extends string> = T extends Untrusted ? never : T;

/** Below Slack's 3,000 per text object, because Slack counts the text after escaping it. */
export const textBudget = 2800;

/**
 * Untrusted text for a place in `mrkdwn` or `fallback`: one line, at most `max` UTF-16 units after
 * escaping (never more than `textBudget`), no entity or surrogate pair cut in two.
 */
export const safe = (text: string, max: number = textBudget): SafeText => {
  const pieces = [...clean(text)].map((character) => escaped(character === '`' ? "'" : character));
  return cut(pieces, Math.min(max, textBudget)) as SafeText;
};

/** A `plain_text` object, which Slack does not parse. `max` counts the text as Slack stores it. */
export const plain = (text: string, max: number): PlainTextElement => ({
  type: 'plain_text',
  text: unparsed(text, max),
  emoji: false,
});

/** Text for a place that Slack does not parse, at most `max` UTF-16 units once stored. */
export const unparsed = (text: string, max: number): string =>
  cut([...clean(text)], Math.min(max, textBudget));

/** The three characters that mrkdwn treats specially, `&` first. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What a mention of `id` is about. Throws `RangeError` on anything else: a bug, never data. */
export const mentioned = (id: string): 'user' | 'group' => {
  if (/^[UW][A-Z0-9]{2,30}$/.test(id)) return 'user';
  if (/^S[A-Z0-9]{2,30}$/.test(id)) return 'group';
  throw new RangeError('a mention needs the id of a Slack user or user group');
};

/** An address that we built; https without a user name, else `RangeError`. */
export const ownAddress = (address: string): URL => {
  const url = new URL(address);
  if (url.protocol !== 'https:' || url.username !== '')
    throw new RangeError('a link needs an https address without a user name');
  return url;
};

/**
 * An address from outside as something nobody can click or mistake: `hxxps://evil[.]example/path`.
 * The host is drawn in ASCII (`xn--…`), so a look-alike letter shows; user names, passwords and
 * query are dropped, because they may be secrets. What is no URL only loses its dots.
 */
export const defang = (address: string): string => {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || url.host === '') return clean(address).replaceAll('.', '[.]');
  const scheme = url.protocol.replace(/^http/, 'hxxp');
  const rest = url.search === '' && url.hash === '' ? '' : '?…';
  return clean(`${scheme}//${url.host.replaceAll('.', '[.]')}${url.pathname}${rest}`);
};

/**
 * One line of visible characters: Unicode NFC; control, bidirectional, zero-width, tag and other
 * invisible characters dropped; line breaks and runs of spaces become one space; half surrogate
 * pairs and towers of combining marks go; `http` becomes `hxxp`, so no client makes it a link.
 */
const clean = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\p{Cs}/gu, '\u{FFFD}')
    .replace(/[\t-\r\u{85}\u{2028}\u{2029}]/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Default_Ignorable_Code_Point}\u{2800}]/gu, '')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .replace(/\p{Zs}+/gu, ' ')
    .replace(/http(s?:)/gi, 'hxxp$1')
    .normalize('NFC')
    .trim();

/** Joins whole pieces up to `max`, counted as Slack stores them, with `…` for what is left out. */
const cut = (pieces: readonly string[], max: number): string => {
  if (pieces.length === 0) return '—';
  const widths = pieces.map(storedWidth);
  if (widths.reduce((sum, width) => sum + width, 0) <= max) return pieces.join('');
  let used = 0;
  const kept = pieces.filter((_, index) => {
    used += widths[index] ?? 0;
    return used < max;
  });
  return `${kept.join('').trimEnd()}…`;
};

/** An escaped piece counts as it is, a raw `>` as the four characters of `&gt;`. */
const storedWidth = (piece: string): number =>
  piece.length === 1 ? escaped(piece).length : piece.length;
