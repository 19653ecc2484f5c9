/** Dialogs of the page itself: the native element brings focus, Escape and the inert page behind. */
import type { Confirm } from '@slack/types';
import type { Surface } from './block-kit/surface.ts';
import { drawText } from './block-kit/text.ts';
import { el } from './dom.ts';

/** The cross in the corner. */
export const closeButton = (close: () => void): HTMLButtonElement =>
  el(
    'button',
    { class: 'close', type: 'button', 'aria-label': 'Close', on: { click: close } },
    '✕',
  );

let count = 0;

/** Opens a dialog with a title; it leaves the document when it closes. */
export function openDialog(
  title: readonly Node[],
  body: readonly Node[],
  className: string,
): HTMLDialogElement {
  count += 1;
  const id = `dialog-${count}`;
  const dialog: HTMLDialogElement = el(
    'dialog',
    { class: `modal ${className}`, 'aria-labelledby': id, on: { close: () => dialog.remove() } },
    el(
      'header',
      { class: 'modal-head' },
      el('h2', { id }, ...title),
      closeButton(() => dialog.close()),
    ),
    ...body,
  );
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Slack's confirmation dialog; true when the person agrees. */
export function askToConfirm(confirm: Confirm, surface: Surface): Promise<boolean> {
  return new Promise((resolve) => {
    const agree = confirm.style === 'danger' ? 'button danger' : 'button primary';
    const answer = (yes: boolean) => (): void => {
      resolve(yes);
      dialog.close();
    };
    const dialog = openDialog(
      drawText(confirm.title ?? { type: 'plain_text', text: 'Are you sure?' }, surface).slice(),
      [
        el('div', { class: 'modal-body' }, ...drawText(confirm.text, surface)),
        el(
          'footer',
          { class: 'modal-foot' },
          el(
            'button',
            {
              class: 'button',
              type: 'button',
              data: { confirm: 'deny' },
              on: { click: answer(false) },
            },
            ...drawText(confirm.deny ?? { type: 'plain_text', text: 'Cancel' }, surface),
          ),
          el(
            'button',
            { class: agree, type: 'button', data: { confirm: 'yes' }, on: { click: answer(true) } },
            ...drawText(confirm.confirm ?? { type: 'plain_text', text: 'Yes' }, surface),
          ),
        ),
      ],
      'confirm',
    );
    dialog.addEventListener('close', () => resolve(false));
  });
}
