/** Where everything is that was received in the last day: nothing is lost silently. */
import { el } from '../dom.ts';
import type { Page, Part } from '../page.ts';
import type { BalanceReading } from '../wire.ts';

const terms: readonly (readonly [key: keyof BalanceReading['balance'], label: string])[] = [
  ['shown', 'on cards of their own'],
  ['grouped', 'grouped with them'],
  ['suppressed', 'suppressed'],
  ['digest', 'for the digest'],
  ['ignored', 'ignored, with a reason'],
  ['waiting', 'waiting for their card'],
  ['undecided', 'still being decided'],
];

const row = (label: string, count: number, data: string): HTMLElement =>
  el(
    'div',
    { class: 'entry', data: { term: data } },
    el(
      'div',
      { class: 'entry-head' },
      el('span', { class: 'mono' }, count.toLocaleString('en-GB')),
      el('span', { class: 'grow' }, label),
    ),
  );

const verdict = ({ verdict: found }: BalanceReading): HTMLElement =>
  found.kind === 'balanced'
    ? el('span', { class: 'pill green' }, 'it adds up')
    : el('span', { class: 'pill red' }, `${found.lost} lost, ${found.invented} invented`);

/** The balance of docs/architecture.md, as the tables have it now. */
export function balancePanel(page: Page): Part {
  const node = el('div', { class: 'panel balance' });
  const draw = (): void => {
    const reading = page.world.balance;
    node.replaceChildren(
      el(
        'div',
        { class: 'entry' },
        el(
          'div',
          { class: 'entry-head' },
          el('span', { class: 'mono' }, reading.balance.received.toLocaleString('en-GB')),
          el('span', { class: 'grow' }, 'received in the last 24 hours'),
          verdict(reading),
        ),
      ),
      ...terms.map(([key, label]) => row(label, reading.balance[key], key)),
      el(
        'div',
        { class: 'muted small' },
        `${reading.queue.waiting} with the queue, ${reading.queue.dead} dead letters`,
      ),
    );
  };
  return { node, draw };
}
