/** Short messages at the lower edge, also above open dialogs. */

import { art } from './block-kit/emoji-art.ts';
import { el, svg } from './dom.ts';

let shelf: HTMLElement | undefined;

/** Shows `text` for some seconds; problems stay longer and are announced at once. */
export function toast(text: string, kind: 'problem' | 'note' = 'problem'): void {
  shelf ??= document.body.appendChild(el('div', { class: 'toasts', popover: 'manual' }));
  // Shown again each time: the newest popover lies above a dialog that opened meanwhile.
  if (shelf.matches(':popover-open')) shelf.hidePopover();
  shelf.showPopover();
  const box = el(
    'div',
    { class: `toast ${kind}`, role: kind === 'problem' ? 'alert' : 'status' },
    svg(art[kind === 'problem' ? 'warning' : 'white_check_mark'] ?? [], { class: 'emoji' }),
    el('span', {}, text),
  );
  shelf.append(box);
  setTimeout(() => box.remove(), kind === 'problem' ? 8000 : 3500);
}
