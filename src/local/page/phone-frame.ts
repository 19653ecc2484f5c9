/** A phone beside the channel: the same page in a frame that is 390 px wide, so its small layout is the real one. */
import { el } from './dom.ts';
import type { Page, Part } from './page.ts';

/** The frame loads when it is first shown. */
export function phoneFrame(page: Page): Part {
  const node = el('section', { class: 'phone', 'aria-label': 'Phone' });
  const draw = (): void => {
    if (page.choice.phone && !node.firstElementChild) {
      node.append(
        el(
          'div',
          { class: 'phone-case' },
          el('iframe', { src: './?phone', title: 'Slack on a phone' }),
        ),
      );
    }
    if (!page.choice.phone) node.replaceChildren();
  };
  return { node, draw };
}
