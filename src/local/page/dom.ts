/** Builds and patches DOM nodes. Text only ever enters through text nodes, never as markup. */

type Child = Node | string | undefined | false;
type Listeners = {
  readonly [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => unknown;
};

export interface Attributes {
  readonly class?: string;
  /** `data-*` attributes by their camelCase names; undefined ones are left out. */
  readonly data?: { readonly [name: string]: string | undefined };
  readonly on?: Listeners;
  /** Any other attribute; `true` sets it empty, `false` and undefined leave it out. */
  readonly [name: string]: unknown;
}

function setAttributes(node: Element, attributes: Attributes): void {
  const { data = {}, on = {}, ...rest } = attributes;
  for (const [name, value] of Object.entries(rest)) {
    if (value === undefined || value === false) continue;
    node.setAttribute(name, value === true ? '' : String(value));
  }
  for (const [name, value] of Object.entries(data)) {
    if (value === undefined) continue;
    node.setAttribute(`data-${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`, value);
  }
  for (const [name, listener] of Object.entries(on)) {
    node.addEventListener(name, (event) => void Reflect.apply(listener, node, [event]));
  }
}

/** `el('p', { class: 'note' }, 'text', node)`: strings become text nodes, `false` and undefined nothing. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  setAttributes(node, attributes);
  node.append(...children.filter((child) => child !== undefined && child !== false));
  return node;
}

/** An SVG drawing from `[fill, path data]` pairs; `stroke:…` draws an outline. Hidden from screen readers unless labelled. */
export function svg(
  paths: readonly (readonly [paint: string, d: string])[],
  attributes: Attributes = {},
): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const node = document.createElementNS(space, 'svg');
  const named = attributes['aria-label'] !== undefined;
  setAttributes(node, {
    viewBox: '0 0 24 24',
    'aria-hidden': named ? false : 'true',
    ...attributes,
  });
  for (const [paint, d] of paths) {
    const path = document.createElementNS(space, 'path');
    const outline = paint.startsWith('stroke:');
    setAttributes(path, outline ? { d, stroke: paint.slice(7), fill: 'none' } : { d, fill: paint });
    node.append(path);
  }
  return node;
}

/** One item of a keyed list: it is built again only when its version changes. */
export interface Item {
  readonly key: string;
  readonly version: string;
  build(): HTMLElement;
}

const versions = new WeakMap<Element, string>();

/** Makes `parent` show exactly `items` in order, keeping the nodes (scroll, focus, open menus) that did not change. */
export function patch(parent: Element, items: readonly Item[]): void {
  const old = new Map<string, HTMLElement>();
  for (const child of parent.children) {
    if (child instanceof HTMLElement) old.set(child.dataset['key'] ?? '', child);
  }
  const wanted = items.map((item) => {
    const before = old.get(item.key);
    if (before && versions.get(before) === item.version) return before;
    const node = item.build();
    node.dataset['key'] = item.key;
    versions.set(node, item.version);
    return node;
  });
  const keep = new Set<Element>(wanted);
  keepFocus(parent, () => {
    for (const child of [...parent.children]) if (!keep.has(child)) child.remove();
    wanted.forEach((node, at) => {
      if (parent.children[at] !== node) parent.insertBefore(node, parent.children[at] ?? null);
    });
  });
}

/** Replaces everything in `parent` when `version` differs from the last time. True when it did. */
export function replaceWhen(
  parent: Element,
  version: string,
  build: () => readonly Child[],
): boolean {
  if (versions.get(parent) === version) return false;
  versions.set(parent, version);
  keepFocus(parent, () =>
    parent.replaceChildren(...build().filter((child) => child !== undefined && child !== false)),
  );
  return true;
}

const identity = (node: Element): string =>
  ['data-action-id', 'data-block-id', 'data-user', 'data-tab', 'data-focus']
    .map((name) => node.getAttribute(name) ?? '')
    .join('|');

/** Runs `work`; when it replaced the focused control by its like, focuses that one. */
function keepFocus(root: Element, work: () => void): void {
  const active = document.activeElement;
  const held = active instanceof HTMLElement && root.contains(active) ? active : undefined;
  work();
  if (!held || held.isConnected || identity(held) === '||||') return;
  const like = [...root.querySelectorAll<HTMLElement>('button, input, textarea, select, a')].find(
    (node) => identity(node) === identity(held),
  );
  like?.focus();
}

/** Scrolls to `target` and lets it glow for a moment. */
export function spotlight(target: Element | null | undefined): void {
  if (!target) return;
  target.scrollIntoView({ block: 'center' });
  target.classList.remove('spotlight');
  // The next frame, so that the animation starts again.
  requestAnimationFrame(() => target.classList.add('spotlight'));
  setTimeout(() => target.classList.remove('spotlight'), 2600);
}
