/** Pictures of people and of Cordon, drawn from nothing but names. */
import { el, svg } from './dom.ts';
import { botUser, type Person } from './wire.ts';

const tints = [
  '#2b7a78',
  '#b5651d',
  '#6b4fa0',
  '#1f6fb2',
  '#a63d5b',
  '#4a7c3a',
  '#8a6d1b',
  '#2f7d95',
];

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .slice(0, 2)
    .join('')
    .toUpperCase();

/** Cordon's mark: a ring closed around a point. */
export const mark = (): SVGSVGElement =>
  svg([
    [
      'stroke:#ffffff',
      'M12 3.2c2.5 1.7 4.9 2.4 7.6 2.4 0 7.4-2.3 12.3-7.6 15.200C6.7 17.9 4.4 13 4.4 5.6 7.1 5.6 9.5 4.9 12 3.200z',
    ],
    ['#ffd166', 'M12 8.700a3 3 0 1 1 0 6 3 3 0 1 1 0-6z'],
  ]);

/** A square with initials in the person's colour; Cordon's own mark for the app. */
export function avatar(id: string, person: Person | undefined): HTMLElement {
  if (id === botUser || !person)
    return el('span', { class: 'avatar app', 'aria-hidden': 'true' }, mark());
  const node = el('span', { class: 'avatar', 'aria-hidden': 'true' }, initials(person.real_name));
  const sum = [...id].reduce((total, char) => (total * 31 + char.charCodeAt(0)) % 65_521, 0);
  node.style.setProperty('--tint', tints[sum % tints.length] ?? '');
  return node;
}
