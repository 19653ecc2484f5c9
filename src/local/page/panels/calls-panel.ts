/** Every AWS call that Cordon made, newest first. */
import { el, type Item, patch } from '../dom.ts';
import type { Page, Part } from '../page.ts';
import type { AwsCall } from '../wire.ts';

const time = (iso: string): string =>
  new Date(iso).toLocaleTimeString('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });

/** Reads do not change anything; they are drawn quieter than writes. */
const isRead = (operation: string): boolean =>
  /^(Describe|Get|List|Head|Query|BatchGet)/.test(operation);

function callRow(call: AwsCall): HTMLElement {
  const quiet = isRead(call.operation) ? 'call read' : 'call write';
  return el(
    'details',
    { class: call.error === undefined ? quiet : 'call failed', data: { call: String(call.n) } },
    el(
      'summary',
      {},
      el('time', { class: 'mono muted' }, time(call.at)),
      el('span', { class: `function function-${call.function}` }, call.function),
      el('span', { class: 'role muted' }, call.role),
      el('span', { class: 'operation' }, `${call.service}:${call.operation}`),
    ),
    el(
      'pre',
      {},
      JSON.stringify(
        {
          account: call.account,
          region: call.region,
          input: call.input,
          ...(call.error === undefined ? {} : { error: call.error }),
        },
        null,
        2,
      ),
    ),
  );
}

const item = (call: AwsCall): Item => ({
  key: String(call.n),
  version: call.at,
  build: () => callRow(call),
});

/** The tail of the calls; each opens to its input. */
export function callsPanel(page: Page): Part {
  const list = el('div', { class: 'rows' });
  const empty = el(
    'p',
    { class: 'empty' },
    'No AWS call yet. Press a containment button on a card.',
  );
  const node = el('div', { class: 'panel calls' }, empty, list);
  const draw = (): void => {
    empty.hidden = page.world.calls.length > 0;
    patch(list, page.world.calls.toReversed().map(item));
  };
  return { node, draw };
}
