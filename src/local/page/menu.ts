/** A button that opens a small menu below itself; used by overflow elements and by the top bar. */
import { el } from './dom.ts';

interface MenuItem {
  readonly label: string;
  readonly detail?: string | undefined;
  readonly data?: { readonly [name: string]: string | undefined };
  readonly danger?: boolean;
  choose(): void;
}

export interface MenuOptions {
  readonly button: HTMLButtonElement;
  /** Read when it opens, so that it is never stale. */
  items(): readonly MenuItem[];
  /** A line above the items. */
  readonly title?: string;
}

let close: (() => void) | undefined;

/** Closes whatever menu is open. */
const closeMenu = (): void => close?.();

function open({ button, items, title }: MenuOptions): void {
  closeMenu();
  const rows = items().map((item) =>
    el(
      'button',
      {
        class: item.danger ? 'menu-item danger' : 'menu-item',
        type: 'button',
        role: 'menuitem',
        ...(item.data ? { data: item.data } : {}),
        on: {
          click: () => {
            closeMenu();
            item.choose();
          },
        },
      },
      el('span', { class: 'menu-label' }, item.label),
      item.detail !== undefined && el('span', { class: 'menu-detail' }, item.detail),
    ),
  );
  const menu = el(
    'div',
    { class: 'menu', role: 'menu', 'aria-label': title ?? 'Menu' },
    title !== undefined && el('div', { class: 'menu-title' }, title),
    ...rows,
  );
  // Inside an open dialog only the dialog's own children can be reached.
  (button.closest('dialog') ?? document.body).append(menu);
  place(menu, button);
  button.setAttribute('aria-expanded', 'true');
  const outside = (event: Event): void => {
    if (!(event.target instanceof Node) || menu.contains(event.target)) return;
    if (!button.contains(event.target)) closeMenu();
  };
  document.addEventListener('pointerdown', outside);
  close = () => {
    close = undefined;
    document.removeEventListener('pointerdown', outside);
    button.setAttribute('aria-expanded', 'false');
    if (menu.contains(document.activeElement)) button.focus();
    menu.remove();
  };
  menu.addEventListener('keydown', (event) => moveFocus(event, rows));
  rows[0]?.focus();
}

/** Below the button, pulled into the window at its right and lower edges. */
function place(menu: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const left = Math.max(8, Math.min(at.left, innerWidth - menu.offsetWidth - 8));
  const below = at.bottom + 4;
  const top = below + menu.offsetHeight > innerHeight ? at.top - menu.offsetHeight - 4 : below;
  menu.style.left = `${left}px`;
  menu.style.top = `${Math.max(8, top)}px`;
}

function moveFocus(event: KeyboardEvent, rows: readonly HTMLElement[]): void {
  if (event.key === 'Escape') {
    event.stopPropagation();
    event.preventDefault();
    closeMenu();
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const at = rows.findIndex((row) => row.matches(':focus'));
  rows[(at + step + rows.length) % rows.length]?.focus();
}

/** Makes `button` open the menu. */
export function attachMenu(options: MenuOptions): HTMLButtonElement {
  const { button } = options;
  button.setAttribute('aria-haspopup', 'menu');
  button.setAttribute('aria-expanded', 'false');
  button.addEventListener('click', () => {
    if (button.getAttribute('aria-expanded') === 'true') closeMenu();
    else open(options);
  });
  return button;
}
