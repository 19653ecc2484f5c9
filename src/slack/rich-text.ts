/**
 * Rich text: the strongest place for untrusted values, because Slack parses nothing in its text
 * elements. Facts: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
 */
import type {
  RichTextBlock,
  RichTextDate,
  RichTextElement,
  RichTextLink,
  RichTextSection,
  RichTextText,
  RichTextUsergroupMention,
  RichTextUserMention,
} from '@slack/types';
import { mentioned, type Ours, ownAddress, unparsed } from './text.ts';

/** What a line is made of. */
export type Element = RichTextElement;

type Style = 'bold' | 'italic' | 'code' | 'strike';

/** Literal text, at most `max` UTF-16 units as Slack stores it. Untrusted values take `code`. */
export const literal = (text: string, style?: Style, max = 300): RichTextText => ({
  type: 'text',
  text: unparsed(text, max),
  ...(style === undefined ? {} : { style: { [style]: true } }),
});

/** Our own text, spaces at its ends kept (`literal` trims them). */
export const words = <T extends string>(text: Ours<T>, style?: Style): RichTextText => ({
  type: 'text',
  text,
  ...(style === undefined ? {} : { style: { [style]: true } }),
});

/** Mentions a person (`U…`, `W…`) or a user group (`S…`). Throws `RangeError` on another id. */
export const mentionElement = (id: string): RichTextUserMention | RichTextUsergroupMention =>
  mentioned(id) === 'user'
    ? { type: 'user', user_id: id }
    : { type: 'usergroup', usergroup_id: id };

/** A time in the reader's own zone. `seconds` since the epoch; `spoken` for clients without it. */
export const timeElement = (seconds: number, spoken: string): RichTextDate => ({
  type: 'date',
  timestamp: Math.floor(seconds),
  format: '{time} {date_short_pretty}',
  fallback: unparsed(spoken, 60),
});

/** A link that we built, https only (else `RangeError`). Never for an address from a finding. */
export const linkElement = <T extends string>(address: Ours<T>, label: string): RichTextLink => ({
  type: 'link',
  url: ownAddress(address).href,
  text: unparsed(label, 100),
});

/** A block with one section a line. */
export const richText = (lines: readonly (readonly RichTextElement[])[]): RichTextBlock => ({
  type: 'rich_text',
  elements: lines.map(section),
});

/** A block with one list. */
export const richList = (
  style: 'bullet' | 'ordered',
  items: readonly (readonly RichTextElement[])[],
): RichTextBlock => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_list', style, elements: items.map(section) }],
});

const section = (elements: readonly RichTextElement[]): RichTextSection => ({
  type: 'rich_text_section',
  elements: [...elements],
});
