import { expect, test } from 'vitest';
import type { Surface } from '../../src/slack/block-limits.ts';
import { problems } from '../../src/slack/limits.ts';
import {
  actions,
  alert,
  button,
  card,
  container,
  home,
  input,
  many,
  modal,
  plainText,
  section,
  select,
  x,
} from './limit-samples.ts';

/** At the limit, everything passes. */
const fine: readonly (readonly [string, Surface, object])[] = [
  ['a modal of 100 blocks', 'modal', modal(...many(100, () => ({ type: 'divider' })))],
  [
    'a modal with inputs and an alert',
    'modal',
    {
      ...modal(
        alert,
        input({}, { multiline: true, max_length: 3000 }),
        input({ optional: true, element: select() }),
      ),
      private_metadata: x(3000),
      external_id: x(255),
    },
  ],
  ['a home tab', 'home', home(section(), actions(button()))],
];

test.each(fine)('accepts %s', (_, surface, payload) => {
  expect(problems(surface, payload)).toEqual([]);
});

/** One step over it, the problem is found at its place. */
const wrong: readonly (readonly [string, Surface, unknown, string])[] = [
  ['a container in a modal', 'modal', modal(container), '/blocks/0'],
  ['a carousel in a modal', 'modal', modal({ type: 'carousel', elements: [card] }), '/blocks/0'],
  ['a markdown block in a modal', 'modal', modal({ type: 'markdown', text: 'x' }), '/blocks/0'],
  ['an alert in a home tab', 'home', home(alert), '/blocks/0'],
  ['101 blocks in a modal', 'modal', modal(...many(101, () => ({ type: 'divider' }))), '/blocks'],
  ['a modal title of 25', 'modal', { ...modal(section()), title: plainText(x(25)) }, '/title/text'],
  [
    'a submit text of 25',
    'modal',
    { ...modal(section()), submit: plainText(x(25)) },
    '/submit/text',
  ],
  ['an input without submit', 'modal', { ...modal(input()), submit: undefined }, ''],
  [
    'private_metadata of 3,001',
    'modal',
    { ...modal(section()), private_metadata: x(3001) },
    '/private_metadata',
  ],
  [
    'an input of 3,001',
    'modal',
    modal(input({}, { max_length: 3001 })),
    '/blocks/0/element/max_length',
  ],
  [
    'a placeholder of 151',
    'modal',
    modal(input({}, { placeholder: plainText(x(151)) })),
    '/blocks/0/element/placeholder/text',
  ],
  ['a button as an input', 'modal', modal(input({ element: button() })), '/blocks/0/element/type'],
  ['a modal given as a home tab', 'home', modal(section()), '/type'],
];

test.each(wrong)('refuses %s', (_, surface, payload, pointer) => {
  const found = problems(surface, payload);
  // A wrong type is reported where the object is, or at its `type` field.
  const near = pointer.endsWith('/type')
    ? found.filter((problem) => pointer.startsWith(problem.pointer))
    : found.filter((problem) => problem.pointer === pointer);
  expect(near, JSON.stringify(found)).not.toEqual([]);
});
