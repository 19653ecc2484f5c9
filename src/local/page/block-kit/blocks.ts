/** Draws Block Kit. What it does not know, or cannot read, is drawn as an error that nobody can overlook. */
import type {
  ActionsBlock,
  ContextBlock,
  ImageBlock,
  InputBlock,
  KnownBlock,
  SectionBlock,
} from '@slack/types';
import { el } from '../dom.ts';
import type { Attachment } from '../wire.ts';
import { drawBarChart, drawTable, isBarChart } from './chart.ts';
import { drawButton, drawOverflow } from './controls.ts';
import { drawValueElement } from './inputs.ts';
import { drawRichText } from './rich-text.ts';
import type { Surface } from './surface.ts';
import { drawMrkdwn, drawText } from './text.ts';
import { drawUnknown } from './unknown.ts';

/** Messages by block_id that stand below inputs. */
export type FieldErrors = Readonly<Record<string, string>>;

type Element =
  | ActionsBlock['elements'][number]
  | NonNullable<SectionBlock['accessory']>
  | InputBlock['element'];

function drawElement(element: Element, block: KnownBlock, surface: Surface): HTMLElement {
  const blockId = block.block_id ?? '';
  switch (element.type) {
    case 'button':
      return drawButton(element, blockId, surface);
    case 'overflow':
      return drawOverflow(element, blockId, surface);
    case 'image':
      return drawImage(element, 'accessory-image');
    case 'plain_text_input':
    case 'static_select':
    case 'users_select':
    case 'datepicker':
    case 'radio_buttons':
    case 'checkboxes': {
      const tells = block.type !== 'input' || block.dispatch_action === true;
      const labelled = block.type === 'input' ? { labelId: `label-${blockId}` } : {};
      return drawValueElement(element, { blockId, tells, surface, ...labelled });
    }
    default:
      return drawUnknown('element', element.type);
  }
}

function drawImage(
  image: Pick<ImageBlock, 'alt_text'> & { readonly image_url?: string },
  className: string,
): HTMLElement {
  const picture = el('img', { class: className, src: image.image_url, alt: image.alt_text });
  // The page may load nothing from elsewhere; the alternative text stands in.
  picture.addEventListener('error', () =>
    picture.replaceWith(el('span', { class: `${className} missing` }, image.alt_text)),
  );
  return picture;
}

function drawSection(block: SectionBlock, surface: Surface): HTMLElement {
  return el(
    'div',
    { class: 'block section' },
    el(
      'div',
      { class: 'section-main' },
      block.text && el('div', { class: 'text' }, ...drawText(block.text, surface)),
      block.fields &&
        el(
          'div',
          { class: 'fields' },
          ...block.fields.map((field) => el('div', { class: 'text' }, ...drawText(field, surface))),
        ),
    ),
    block.accessory &&
      el('div', { class: 'accessory' }, drawElement(block.accessory, block, surface)),
  );
}

const drawContext = (block: ContextBlock, surface: Surface): HTMLElement =>
  el(
    'div',
    { class: 'block context' },
    ...block.elements.map((element) =>
      element.type === 'image'
        ? drawImage(element, 'context-image')
        : el('span', { class: 'text' }, ...drawText(element, surface)),
    ),
  );

function drawInput(block: InputBlock, surface: Surface, error: string | undefined): HTMLElement {
  const id = block.block_id ?? '';
  return el(
    'div',
    { class: error ? 'block input invalid' : 'block input', data: { blockId: id } },
    el(
      'div',
      { class: 'label', id: `label-${id}` },
      ...drawText(block.label, surface),
      block.optional && el('span', { class: 'optional' }, ' (optional)'),
    ),
    drawElement(block.element, block, surface),
    error !== undefined && el('div', { class: 'field-error', role: 'alert' }, error),
    block.hint && el('div', { class: 'hint' }, ...drawText(block.hint, surface)),
  );
}

function drawBlock(block: KnownBlock, surface: Surface, errors: FieldErrors): HTMLElement {
  if (isBarChart(block)) return drawBarChart(block);
  switch (block.type) {
    case 'header':
      return el('h3', { class: 'block header' }, ...drawText(block.text, surface));
    case 'section':
      return drawSection(block, surface);
    case 'divider':
      return el('hr', { class: 'block divider' });
    case 'context':
      return drawContext(block, surface);
    case 'actions':
      return el(
        'div',
        { class: 'block actions' },
        ...block.elements.map((element) => drawElement(element, block, surface)),
      );
    case 'input':
      return drawInput(block, surface, errors[block.block_id ?? '']);
    case 'image':
      return el(
        'figure',
        { class: 'block image' },
        block.title && el('figcaption', {}, ...drawText(block.title, surface)),
        drawImage(block, 'block-image'),
      );
    case 'rich_text':
      return drawRichText(block, surface);
    case 'table':
      return drawTable(block, surface);
    case 'alert':
      return el(
        'div',
        { class: `block alert alert-${block.level ?? 'default'}`, role: 'note' },
        ...drawText(block.text, surface),
      );
    default:
      return drawUnknown('block', block.type);
  }
}

/** The blocks of a message or a modal, top to bottom. */
export const drawBlocks = (
  blocks: readonly KnownBlock[],
  surface: Surface,
  errors: FieldErrors = {},
): readonly HTMLElement[] =>
  blocks.map((block) => {
    try {
      return drawBlock(block, surface, errors);
    } catch (error) {
      return drawUnknown(`content of the block ${block.type}`, String(error));
    }
  });

const named: Readonly<Record<string, string>> = {
  good: '#2eb67d',
  warning: '#ecb22e',
  danger: '#e01e5a',
};

/** An attachment: its blocks (or its text) beside a bar of its colour. */
export function drawAttachment(attachment: Attachment, surface: Surface): HTMLElement {
  const node = el(
    'div',
    { class: 'attachment' },
    ...(attachment.text
      ? [el('div', { class: 'text' }, ...drawMrkdwn(attachment.text, surface))]
      : []),
    ...drawBlocks(attachment.blocks ?? [], surface),
  );
  const color = attachment.color ?? '';
  const hex = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(color)?.[1];
  node.style.setProperty('--bar', named[color] ?? (hex ? `#${hex}` : '#dddddd'));
  return node;
}
