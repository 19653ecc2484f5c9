/** Slack's modals for the person who is played; nested ones lie on top of each other. */
import { api } from './api.ts';
import { mark } from './avatar.ts';
import { drawBlocks } from './block-kit/blocks.ts';
import { drawText } from './block-kit/text.ts';
import { closeButton } from './dialog.ts';
import { el, replaceWhen } from './dom.ts';
import type { Page, Part } from './page.ts';
import { surfaceOf, valuesIn } from './surface-of.ts';
import type { Modal } from './wire.ts';

type Errors = Readonly<Record<string, string>>;

/** What Slack checks by itself before it sends: every input that is not optional has a value. */
function missing(modal: Modal): Errors {
  const inputs = modal.view.blocks.filter((block) => block.type === 'input');
  const ids = inputs.map(({ block_id: id = '' }) => id);
  const values = valuesIn({ view_id: modal.id }, ids);
  return Object.fromEntries(
    inputs
      .filter(({ optional }) => !optional)
      .map(({ block_id: id = '' }) => id)
      .filter((id) => !(id in values))
      .map((id) => [id, 'Please complete this required field.']),
  );
}

interface ModalDrawing {
  readonly page: Page;
  readonly modal: Modal;
  readonly errors: Errors;
  /** Shows what Slack itself found missing. */
  complain(errors: Errors): void;
}

function footer(modal: Modal, page: Page, close: () => void): HTMLElement {
  const { view } = modal;
  const surface = surfaceOf(page, { view_id: modal.id });
  return el(
    'footer',
    { class: 'modal-foot' },
    el(
      'button',
      { class: 'button', type: 'button', data: { modal: 'close' }, on: { click: close } },
      ...drawText(
        view.close ?? { type: 'plain_text', text: view.submit ? 'Cancel' : 'Close' },
        surface,
      ),
    ),
    // Slack's API says null for what a view does not have.
    view.submit
      ? el(
          'button',
          { class: 'button primary', type: 'submit', data: { modal: 'submit' } },
          ...drawText(view.submit, surface),
        )
      : false,
  );
}

function drawModal({ page, modal, errors, complain }: ModalDrawing): HTMLElement {
  const surface = surfaceOf(page, { view_id: modal.id });
  const close = (): void => void page.call(() => api.close(modal.user, modal.id));
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const gaps = missing(modal);
    complain(gaps);
    if (Object.keys(gaps).length > 0) return;
    const ids = modal.view.blocks.map(({ block_id: id = '' }) => id);
    const button = form.querySelector<HTMLElement>('[type=submit]');
    await page.call(
      () => api.submit(modal.user, modal.id, valuesIn({ view_id: modal.id }, ids)),
      button ?? form,
    );
  };
  const form: HTMLElement = el(
    'form',
    { class: 'modal-form', novalidate: true, on: { submit } },
    el(
      'header',
      { class: 'modal-head' },
      el('span', { class: 'avatar app small', 'aria-hidden': 'true' }, mark()),
      el('h2', { id: `title-${modal.id}` }, ...drawText(modal.view.title, surface)),
      closeButton(close),
    ),
    el('div', { class: 'modal-body' }, ...drawBlocks(modal.view.blocks, surface, errors)),
    footer(modal, page, close),
  );
  return form;
}

/** Keeps one open dialog for each open view of the person. */
export function modals(page: Page): Part {
  const node = el('div', { class: 'modals' });
  const open = new Map<string, HTMLDialogElement>();
  const complaints = new Map<string, Errors>();

  const openOne = (modal: Modal): HTMLDialogElement => {
    const dialog = el('dialog', {
      class: 'modal slack-modal',
      'aria-labelledby': `title-${modal.id}`,
      data: { viewId: modal.id },
      on: {
        // Escape closes the view in Slack; the dialog goes when the view is gone.
        cancel: (event) => {
          event.preventDefault();
          return page.call(() => api.close(modal.user, modal.id));
        },
      },
    });
    node.append(dialog);
    open.set(modal.id, dialog);
    return dialog;
  };

  const drawOne = (modal: Modal): void => {
    const dialog = open.get(modal.id) ?? openOne(modal);
    const errors = { ...modal.errors, ...complaints.get(modal.id) };
    const complain = (found: Errors): void => {
      complaints.set(modal.id, found);
      drawOne(modal);
    };
    const body = dialog.querySelector('.modal-body');
    const scrolled = body?.scrollTop ?? 0;
    replaceWhen(dialog, JSON.stringify([modal.view, errors]), () => [
      drawModal({ page, modal, errors, complain }),
    ]);
    dialog.querySelector('.modal-body')?.scrollTo(0, scrolled);
    if (dialog.open) return;
    dialog.showModal();
    dialog.querySelector<HTMLElement>('.field, .select, .modal-foot .button')?.focus();
  };

  const draw = (): void => {
    const mine = page.world.slack.modals.filter(({ user }) => user === page.choice.user);
    for (const [id, dialog] of open) {
      if (mine.some((modal) => modal.id === id)) continue;
      dialog.remove();
      open.delete(id);
      complaints.delete(id);
    }
    for (const modal of mine) drawOne(modal);
  };
  return { node, draw };
}
