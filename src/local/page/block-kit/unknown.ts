/** What cannot be drawn is seen by everybody, and by the tests (`.unknown-block`). */
import { el } from '../dom.ts';

/** A red box instead of the block, and an error event on the window, which the console shows and tests can hear. */
export function drawUnknown(what: string, type: string): HTMLElement {
  const text = `Unknown ${what}: ${type}`;
  reportError(new Error(text));
  return el('div', { class: 'unknown-block', role: 'alert' }, text);
}
