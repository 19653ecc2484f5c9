/** Draws text objects: plain text and mrkdwn. https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
import type { TextObject } from '@slack/types';
import { el } from '../dom.ts';
import { drawEmoji, emojiChar, emojiName, emojiPattern } from './emoji.ts';
import { type Inline, type Paragraph, parseMrkdwn } from './mrkdwn.ts';
import { formatSlackDate } from './slack-date.ts';
import type { Surface } from './surface.ts';

/** A link when the address is one that a browser may open from a chat, plain text otherwise. */
export const drawLink = (url: string, label: string): HTMLElement =>
  /^(?:https?:|mailto:)/i.test(url)
    ? el('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, label)
    : el('span', {}, label);

/** `@name`, highlighted as Slack does; an id that nobody knows stays visible. */
export function drawMention(
  kind: 'user' | 'group' | 'channel' | 'broadcast',
  id: string,
  surface: Surface,
): HTMLElement {
  const name = kind === 'broadcast' ? id : surface.names[kind](id);
  const sign = kind === 'channel' ? '#' : '@';
  return el('span', { class: `mention mention-${kind}` }, `${sign}${name ?? id}`);
}

/** A Slack date in the reader's zone, or its fallback. */
export function drawDate(
  date: { unix: number; format: string; fallback: string; url?: string | undefined },
  surface: Surface,
): HTMLElement {
  const shown = formatSlackDate(date.unix, date.format, { now: surface.now() }) ?? date.fallback;
  const time = el('time', { datetime: new Date(date.unix * 1000).toISOString() }, shown);
  if (!date.url) return time;
  const link = drawLink(date.url, '');
  link.append(time);
  return link;
}

/** Text in which Unicode emoji look like their `:name:` form. */
function drawChars(text: string): readonly Node[] {
  return text.split(new RegExp(`(${emojiPattern.source})`, 'u')).flatMap((part, at) => {
    if (part === '') return [];
    const name = at % 2 === 1 ? emojiName(part) : undefined;
    return [name ? drawEmoji(name) : document.createTextNode(part)];
  });
}

/** What stands in a code span: an id is not broken at its hyphens, a long value still wraps. */
export function codeTokens(text: string): DocumentFragment {
  const tokens = text
    .split(/(?<= )/)
    .map((token) => (token.length > 30 ? token : el('span', { class: 'token' }, token)));
  const fragment = document.createDocumentFragment();
  fragment.append(...tokens);
  return fragment;
}

const wrap = { bold: 'strong', italic: 'em', strike: 's' } as const;

function drawInline(token: Inline, surface: Surface): readonly Node[] {
  switch (token.kind) {
    case 'text':
      return drawChars(token.text);
    case 'bold':
    case 'italic':
    case 'strike':
      return [el(wrap[token.kind], {}, ...token.children.flatMap((c) => drawInline(c, surface)))];
    case 'code':
      return [el('code', {}, codeTokens(token.text))];
    case 'link':
      return [drawLink(token.url, token.label)];
    case 'user':
    case 'group':
    case 'channel':
      return [drawMention(token.kind, token.id, surface)];
    case 'broadcast':
      return [drawMention('broadcast', token.range, surface)];
    case 'date':
      return [drawDate(token, surface)];
    case 'emoji':
      return [drawEmoji(token.name)];
    default:
      return token satisfies never;
  }
}

/** mrkdwn as nodes; lines end in `<br>`, neighbouring quoted lines share one quote. */
export function drawMrkdwn(text: string, surface: Surface, verbatim = false): readonly Node[] {
  const nodes: Node[] = [];
  let before: Paragraph['kind'] | undefined;
  let quote: HTMLElement | undefined;
  for (const part of parseMrkdwn(text, verbatim)) {
    if (part.kind === 'preformatted') {
      nodes.push(el('pre', {}, part.text));
    } else {
      const line = part.children.flatMap((child) => drawInline(child, surface));
      if (part.kind === before) line.unshift(el('br'));
      if (part.kind === 'quote') {
        if (before !== 'quote') {
          quote = el('blockquote');
          nodes.push(quote);
        }
        quote?.append(...line);
      } else nodes.push(...line);
    }
    before = part.kind;
  }
  return nodes;
}

const shortName = /:([a-z0-9_+-]*[a-z][a-z0-9_+-]*|[+-]1):/g;

/** `:name:` in plain text, unless `emoji` is off: then the text is what it is, letter for letter. */
function drawPlain(text: string, emoji: boolean): readonly Node[] {
  if (!emoji) return [document.createTextNode(text)];
  return text
    .split(shortName)
    .flatMap((part, at) => (at % 2 === 1 ? [drawEmoji(part)] : drawChars(part)));
}

/** Any text object as nodes. Newlines of plain text are kept by the style sheet. */
export const drawText = (text: TextObject, surface: Surface): readonly Node[] =>
  text.type === 'mrkdwn'
    ? drawMrkdwn(text.text, surface, text.verbatim)
    : drawPlain(text.text, text.emoji ?? true);

/** The same text where no markup can be drawn (menus, labels for screen readers). */
export const bareText = (text: TextObject): string =>
  text.type === 'plain_text' && text.emoji === false
    ? text.text
    : text.text.replace(shortName, (whole, name: string) => emojiChar(name) ?? whole);
