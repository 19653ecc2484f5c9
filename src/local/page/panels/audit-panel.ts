/** The audit chain, newest link first. */
import { el, type Item, patch } from '../dom.ts';
import { type Page, type Part, personOf } from '../page.ts';
import type { AuditRow } from '../wire.ts';

/** `Maria Okafor` for `slack:T…/U…`; other actors keep their own name. */
const actorName = (page: Page, actor: string): string =>
  personOf(page, actor.split('/').at(-1) ?? '')?.real_name ?? actor;

/** The colour of a kind: refused and failed stand out, as do the steps of a containment. */
const tone = (kind: string): string => {
  if (/refused|denied|failed|tamper|expired/.test(kind)) return 'red';
  if (/contained|approved|undone/.test(kind)) return 'green';
  return /created|stop|drift/.test(kind) ? 'amber' : '';
};

function auditRow(page: Page, entry: AuditRow): HTMLElement {
  const at = new Date(entry.at).toLocaleTimeString('en-GB');
  return el(
    'div',
    { class: 'entry', data: { seq: String(entry.seq), kind: entry.kind } },
    el(
      'div',
      { class: 'entry-head' },
      el('span', { class: 'seq mono' }, `#${entry.seq}`),
      el('span', { class: `pill ${tone(entry.kind)}` }, entry.kind),
      el('span', { class: 'grow' }),
      el('time', { class: 'mono muted', datetime: entry.at }, at),
    ),
    el('div', { class: 'because' }, entry.because),
    el(
      'div',
      { class: 'muted small' },
      actorName(page, entry.actor),
      entry.hash !== undefined &&
        el('span', { class: 'mono digest', title: entry.hash }, entry.hash.slice(0, 10)),
    ),
  );
}

const item = (page: Page, entry: AuditRow): Item => ({
  key: String(entry.seq),
  version: entry.hash ?? entry.at,
  build: () => auditRow(page, entry),
});

/** Who did what and why, as the chain has it. */
export function auditPanel(page: Page): Part {
  const list = el('div', { class: 'chain' });
  const empty = el('p', { class: 'empty' }, 'The chain is empty so far.');
  const node = el('div', { class: 'panel audit' }, empty, list);
  const draw = (): void => {
    empty.hidden = page.world.audit.length > 0;
    patch(
      list,
      page.world.audit.toReversed().map((entry) => item(page, entry)),
    );
  };
  return { node, draw };
}
