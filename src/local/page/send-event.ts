/** A dialog for pasting EventBridge events. */
import { api, explain } from './api.ts';
import { openDialog } from './dialog.ts';
import { el } from './dom.ts';
import type { Page } from './page.ts';
import type { EventsAnswer } from './wire.ts';

const describe = ({ accepted, dropped }: EventsAnswer): string =>
  [
    `${accepted} accepted, ${dropped.length} dropped.`,
    ...dropped.map(({ index, because }) => `Event ${index}: ${because}`),
  ].join('\n');

/** Opens the dialog; the answer of the local world stays in it, so that the next try is one edit away. */
export function openSendEvent(page: Page): void {
  const field = el('textarea', {
    class: 'field code',
    rows: 14,
    spellcheck: 'false',
    'aria-label': 'Event as JSON',
    placeholder:
      '{ "source": "aws.guardduty", "detail-type": "GuardDuty Finding", "detail": { … } }',
    data: { focus: 'send-event' },
  });
  const answer = el('pre', { class: 'answer', role: 'status' });
  answer.hidden = true;
  const show = (text: string, ok: boolean): void => {
    answer.hidden = false;
    answer.classList.toggle('bad', !ok);
    answer.textContent = text;
  };
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    await page.call(async () => {
      try {
        const sent = await api.sendEvents(JSON.parse(field.value));
        show(describe(sent), sent.dropped.length === 0);
      } catch (error) {
        show(explain(error), false);
      }
    }, button);
  };
  const button = el('button', { class: 'button primary', type: 'submit' }, 'Send');
  openDialog(
    [document.createTextNode('Send an event')],
    [
      el(
        'form',
        { class: 'modal-form', on: { submit: send } },
        el(
          'div',
          { class: 'modal-body' },
          el(
            'p',
            { class: 'hint' },
            'One EventBridge event, an array of them, or a bare finding. It goes through the real event patterns.',
          ),
          field,
          answer,
        ),
        el('footer', { class: 'modal-foot' }, button),
      ),
    ],
    'send-event',
  );
  field.focus();
}
