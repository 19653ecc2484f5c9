/** A canvas as its readers see it, behind the link in a thread. */
import { openDialog } from './dialog.ts';
import { el } from './dom.ts';
import { type Inline, type Line, parseMarkdown } from './markdown.ts';
import type { Page } from './page.ts';

const tags = {
  text: 'span',
  code: 'code',
  italic: 'em',
  bold: 'strong',
  link: 'u',
  mention: 'mark',
} as const satisfies { readonly [K in Inline['kind']]: keyof HTMLElementTagNameMap };

const marks: Readonly<Record<string, string>> = { item: '• ', task: '☐ ' };

const drawLine = ({ kind, children }: Line): HTMLElement => {
  const heading = kind === 'h1' || kind === 'h2' || kind === 'h3';
  return el(
    heading ? 'h3' : 'p',
    { class: `canvas-${kind}` },
    marks[kind] ?? '',
    ...children.map(({ kind: tag, text }) => el(tags[tag], {}, text)),
  );
};

/** The canvas that a link of the local workspace leads to. */
const canvasOf = (page: Page, link: HTMLAnchorElement) => {
  const id = /^https:\/\/slack\.com\/docs\/[A-Z0-9]+\/([A-Z0-9]+)$/.exec(link.href)?.[1];
  return page.world.slack.canvases.find((canvas) => canvas.id === id);
};

/** Opens canvases in the page: what slack.com has under that address is somebody else's. */
export const followCanvasLinks = (page: Page): void => {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const canvas = link && canvasOf(page, link);
    if (!canvas) return;
    event.preventDefault();
    openDialog(
      [document.createTextNode(canvas.title)],
      [el('div', { class: 'modal-body canvas' }, ...parseMarkdown(canvas.markdown).map(drawLine))],
      'canvas-dialog',
    );
  });
};
