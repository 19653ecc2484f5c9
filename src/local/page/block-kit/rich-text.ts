/** Draws the rich_text block: the one whose text elements are literal. https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
import type { RichTextBlock, RichTextElement, RichTextSection } from '@slack/types';
import { el } from '../dom.ts';
import { drawEmoji } from './emoji.ts';
import type { Surface } from './surface.ts';
import { codeTokens, drawDate, drawLink, drawMention } from './text.ts';
import { drawUnknown } from './unknown.ts';

function drawPlainElement(element: RichTextElement, surface: Surface): Node {
  switch (element.type) {
    case 'text':
      return element.style?.code ? codeTokens(element.text) : document.createTextNode(element.text);
    case 'link':
      return drawLink(element.url, element.text ?? element.url);
    case 'emoji':
      return drawEmoji(element.name);
    case 'user':
      return drawMention('user', element.user_id, surface);
    case 'usergroup':
      return drawMention('group', element.usergroup_id, surface);
    case 'channel':
      return drawMention('channel', element.channel_id, surface);
    case 'broadcast':
      return drawMention('broadcast', element.range, surface);
    case 'date': {
      const { timestamp: unix, format, fallback = format, url } = element;
      return drawDate({ unix, format, fallback, url }, surface);
    }
    default:
      return drawUnknown('rich text element', element.type);
  }
}

const styles = [
  ['code', 'code'],
  ['strike', 's'],
  ['italic', 'em'],
  ['bold', 'strong'],
  ['underline', 'u'],
] as const;

function drawElement(element: RichTextElement, surface: Surface): Node {
  const style = element.style ?? {};
  return styles.reduce<Node>(
    (inner, [name, tag]) => (style[name] ? el(tag, {}, inner) : inner),
    drawPlainElement(element, surface),
  );
}

const drawSection = (
  { elements }: Pick<RichTextSection, 'elements'>,
  surface: Surface,
): readonly Node[] => elements.map((element) => drawElement(element, surface));

function drawPart(part: RichTextBlock['elements'][number], surface: Surface): HTMLElement {
  const { type } = part;
  switch (part.type) {
    case 'rich_text_section':
      return el('div', { class: 'rt-section' }, ...drawSection(part, surface));
    case 'rich_text_quote':
      return el('blockquote', {}, ...drawSection(part, surface));
    case 'rich_text_preformatted':
      return el('pre', {}, ...drawSection(part, surface));
    case 'rich_text_list':
      return el(
        part.style === 'ordered' ? 'ol' : 'ul',
        { class: `rt-list indent-${part.indent ?? 0}` },
        ...part.elements.map((item) => el('li', {}, ...drawSection(item, surface))),
      );
    default:
      return drawUnknown('rich text part', type);
  }
}

/** The parts of a rich_text block, top to bottom. */
export const drawRichText = (block: RichTextBlock, surface: Surface): HTMLElement =>
  el('div', { class: 'rich-text' }, ...block.elements.map((part) => drawPart(part, surface)));
