/** Buttons and overflow menus. https://docs.slack.dev/reference/block-kit/block-elements/button-element */
import type { Button, Overflow } from '@slack/types';
import { el } from '../dom.ts';
import { attachMenu } from '../menu.ts';
import type { Surface } from './surface.ts';
import { bareText, drawText } from './text.ts';

/** Which control this is, for tests and for keeping the focus. */
export const identify = (
  element: { readonly action_id?: string },
  blockId: string,
): { readonly data: { readonly [name: string]: string | undefined } } => ({
  data: { actionId: element.action_id ?? '', blockId },
});

/** A button; one with an address opens it as well, as Slack does. */
export function drawButton(button: Button, blockId: string, surface: Surface): HTMLElement {
  const press = (): void =>
    surface.press({
      actionId: button.action_id ?? '',
      control: node,
      confirm: button.confirm,
      ...(button.value === undefined ? {} : { value: button.value }),
    });
  const attributes = {
    class: `button ${button.style ?? ''}`.trim(),
    'aria-label': button.accessibility_label,
    ...identify(button, blockId),
    on: { click: press },
  };
  const label = drawText(button.text, surface);
  const node: HTMLElement =
    button.url && /^https?:/i.test(button.url)
      ? el(
          'a',
          { ...attributes, href: button.url, target: '_blank', rel: 'noopener noreferrer' },
          ...label,
        )
      : el('button', { ...attributes, type: 'button' }, ...label);
  return node;
}

/** The `⋯` menu. */
export function drawOverflow(menu: Overflow, blockId: string, surface: Surface): HTMLElement {
  const button = el(
    'button',
    {
      class: 'button overflow',
      type: 'button',
      'aria-label': 'More actions',
      ...identify(menu, blockId),
    },
    '⋯',
  );
  return attachMenu({
    button,
    items: () =>
      menu.options.map((option) => ({
        label: bareText(option.text),
        detail: option.description && bareText(option.description),
        data: { value: option.value ?? '' },
        choose: () =>
          surface.press({
            actionId: menu.action_id ?? '',
            value: option.value ?? '',
            control: button,
            confirm: menu.confirm,
          }),
      })),
  });
}
