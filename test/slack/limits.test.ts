import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Surface } from '../../src/slack/block-limits.ts';
import { problems } from '../../src/slack/limits.ts';
import { mrkdwn } from '../../src/slack/mrkdwn.ts';
import { literal, richText } from '../../src/slack/rich-text.ts';
import { plain, safe } from '../../src/slack/text.ts';

import {
  actions,
  alert,
  button,
  card,
  container,
  dataTable,
  input,
  many,
  message,
  mrkdwnText,
  option,
  plainText,
  section,
  select,
  table,
  x,
} from './limit-samples.ts';

/** At the limit, everything passes. */
const fine: readonly (readonly [string, Surface, object])[] = [
  ['a message of text only', 'message', { text: 'fallback' }],
  ['50 blocks', 'message', message(...many(50, () => ({ type: 'divider' })))],
  ['a section of 3,000', 'message', message(section(x(3000)))],
  ['a mention, whose brackets Slack keeps', 'message', message(section(`${x(2989)}<@U0MARIA>`))],
  ['a header of 150', 'message', message({ type: 'header', text: plainText(x(150)) })],
  [
    'ten fields of 900',
    'message',
    message({ type: 'section', fields: many(10, () => plainText(x(900))) }),
  ],
  [
    '25 controls',
    'message',
    message(actions(...many(25, (index) => button({ action_id: `a${index}` })))),
  ],
  [
    'a button text of 75',
    'message',
    message(actions(button({ text: plainText(x(75)), value: x(2000) }))),
  ],
  [
    '100 options of one character',
    'message',
    message(actions(select({ options: many(100, (index) => option(`${index}`)) }))),
  ],
  ['the same action_id in two blocks', 'message', message(actions(button()), actions(button()))],
  ['12,000 characters of text', 'message', message(...many(4, () => section(x(3000))))],
  [
    'all that chat.postMessage takes',
    'message',
    {
      ...message(section()),
      thread_ts: '1.000100',
      reply_broadcast: true,
      unfurl_links: false,
      unfurl_media: false,
      parse: 'none',
      link_names: false,
      metadata: {
        event_type: 'card',
        event_payload: { id: 'x', version: 2, ok: true, list: ['a'] },
      },
    },
  ],
  [
    'blocks of our own making',
    'message',
    message(
      { type: 'section', text: mrkdwn`${safe('<!channel>')}` },
      richText([[literal('x', 'code')]]),
    ),
  ],
  ['a container and a table', 'message', message(container, table, dataTable(101), card)],
];

test.each(fine)('accepts %s', (_, surface, payload) => {
  expect(problems(surface, payload)).toEqual([]);
});

/** One step over it, the problem is found at its place. */
const wrong: readonly (readonly [string, Surface, unknown, string])[] = [
  ['a message without text', 'message', { blocks: [section()] }, ''],
  ['a message with empty text', 'message', { ...message(section()), text: '' }, '/text'],
  ['an overlong text', 'message', { ...message(section()), text: x(4001) }, '/text'],
  ['51 blocks', 'message', message(...many(51, () => ({ type: 'divider' }))), '/blocks'],
  ['no block in blocks', 'message', message(), '/blocks'],
  ['blocks as JSON text', 'message', { text: 'x', blocks: '[]' }, '/blocks'],
  ['a section of 3,001', 'message', message(section(x(3001))), '/blocks/0/text/text'],
  [
    '3,000 signs that Slack stores escaped',
    'message',
    message(section(`${x(2980)}${'>'.repeat(20)}`)),
    '/blocks/0/text/text',
  ],
  ['an empty text', 'message', message(section('')), '/blocks/0/text/text'],
  ['a section of nothing', 'message', message({ type: 'section' }), '/blocks/0'],
  [
    'a field of 2,001',
    'message',
    message({ type: 'section', fields: [plainText(x(2001))] }),
    '/blocks/0/fields/0/text',
  ],
  [
    '11 fields',
    'message',
    message({ type: 'section', fields: many(11, () => plainText('x')) }),
    '/blocks/0/fields',
  ],
  [
    'a header of 151',
    'message',
    message({ type: 'header', text: plainText(x(151)) }),
    '/blocks/0/text/text',
  ],
  [
    'a header in mrkdwn',
    'message',
    message({ type: 'header', text: mrkdwnText('x') }),
    '/blocks/0/text/type',
  ],
  [
    '11 context elements',
    'message',
    message({ type: 'context', elements: many(11, () => mrkdwnText('x')) }),
    '/blocks/0/elements',
  ],
  [
    '26 controls',
    'message',
    message(actions(...many(26, (index) => button({ action_id: `a${index}` })))),
    '/blocks/0/elements',
  ],
  [
    'a button text of 76',
    'message',
    message(actions(button({ text: plainText(x(76)) }))),
    '/blocks/0/elements/0/text/text',
  ],
  [
    'a button text that grows when stored',
    'message',
    message(actions(button({ text: plainText('>'.repeat(19)) }))),
    '/blocks/0/elements/0/text/text',
  ],
  [
    'a button text in mrkdwn',
    'message',
    message(actions(button({ text: mrkdwnText('x') }))),
    '/blocks/0/elements/0/text/type',
  ],
  [
    'a button value of 2,001',
    'message',
    message(actions(button({ value: x(2001) }))),
    '/blocks/0/elements/0/value',
  ],
  [
    'a button that leads to http',
    'message',
    message(actions(button({ url: 'http://example.com' }))),
    '/blocks/0/elements/0/url',
  ],
  [
    'an unknown button style',
    'message',
    message(actions(button({ style: 'green' }))),
    '/blocks/0/elements/0/style',
  ],
  [
    'a confirm text of 301',
    'message',
    message(actions(button({ confirm: { text: plainText(x(301)) } }))),
    '/blocks/0/elements/0/confirm/text/text',
  ],
  [
    'an action_id of 256',
    'message',
    message(actions(button({ action_id: x(256) }))),
    '/blocks/0/elements/0/action_id',
  ],
  [
    'a control without action_id',
    'message',
    message(actions(button({ action_id: undefined }))),
    '/blocks/0/elements/0',
  ],
  ['an action_id twice in a block', 'message', message(actions(button(), button())), '/blocks/0'],
  [
    'a block_id twice',
    'message',
    message({ type: 'divider', block_id: 'b' }, { type: 'divider', block_id: 'b' }),
    '/blocks/1/block_id',
  ],
  [
    '101 options',
    'message',
    message(actions(select({ options: many(101, (index) => option(`${index}`)) }))),
    '/blocks/0/elements/0/options',
  ],
  [
    'a menu without options',
    'message',
    message(actions(select({ options: undefined }))),
    '/blocks/0/elements/0',
  ],
  [
    'a menu with options and groups',
    'message',
    message(
      actions(select({ option_groups: [{ label: plainText('g'), options: [option('1')] }] })),
    ),
    '/blocks/0/elements/0',
  ],
  [
    'an initial option that is not offered',
    'message',
    message(actions(select({ initial_option: option('2') }))),
    '/blocks/0/elements/0',
  ],
  [
    'an option value of 76',
    'message',
    message(actions(select({ options: [{ text: plainText('x'), value: x(76) }] }))),
    '/blocks/0/elements/0/options/0/value',
  ],
  [
    'six overflow options',
    'message',
    message(
      actions({
        type: 'overflow',
        action_id: 'o',
        options: many(6, (index) => option(`${index}`)),
      }),
    ),
    '/blocks/0/elements/0/options',
  ],
  [
    '11 checkboxes',
    'message',
    message(
      actions({
        type: 'checkboxes',
        action_id: 'c',
        options: many(11, (index) => option(`${index}`)),
      }),
    ),
    '/blocks/0/elements/0/options',
  ],
  [
    'an image without alternative text',
    'message',
    message({ type: 'image', image_url: 'https://example.com/x.png' }),
    '/blocks/0',
  ],
  [
    '12,001 characters of text',
    'message',
    message(...many(4, () => section(x(3000))), section('x')),
    '/blocks',
  ],
  ['an unknown block', 'message', message({ type: 'nonsense' }), '/blocks/0'],
  [
    'an unknown element',
    'message',
    message(actions({ type: 'slider', action_id: 'a' })),
    '/blocks/0/elements/0',
  ],
  [
    'an unknown field of a block',
    'message',
    message({ ...section(), colour: 'red' }),
    '/blocks/0/colour',
  ],
  [
    'an unknown field of a message',
    'message',
    { ...message(section()), icon_emoji: ':x:' },
    '/icon_emoji',
  ],
  ['link parsing', 'message', { ...message(section()), parse: 'full' }, '/parse'],
  [
    'deep metadata',
    'message',
    { ...message(section()), metadata: { event_type: 'x', event_payload: { a: { b: {} } } } },
    '/metadata/event_payload/a',
  ],
  ['an alert in a message', 'message', message(alert), '/blocks/0'],
  ['an input in a message', 'message', message(input()), '/blocks/0'],
  [
    'a mention of no type in rich text',
    'message',
    message({
      type: 'rich_text',
      elements: [
        { type: 'rich_text_section', elements: [{ type: 'broadcast', range: 'channel' }] },
      ],
    }),
    '/blocks/0/elements/0/elements/0',
  ],
  [
    'a table of 21 columns',
    'message',
    message({ type: 'table', rows: [many(21, () => ({ type: 'raw_text', text: 'a' }))] }),
    '/blocks/0/rows/0',
  ],
  ['a data table of 102 rows', 'message', message(dataTable(102)), '/blocks/0/rows'],
  ['a card of nothing', 'message', message({ type: 'card' }), '/blocks/0'],
  [
    '11 cards',
    'message',
    message({ type: 'carousel', elements: many(11, () => card) }),
    '/blocks/0/elements',
  ],
  ['nothing', 'message', null, ''],
];

test.each(wrong)('refuses %s', (_, surface, payload, pointer) => {
  const found = problems(surface, payload);
  // A wrong type is reported where the object is, or at its `type` field.
  const near = pointer.endsWith('/type')
    ? found.filter((problem) => pointer.startsWith(problem.pointer))
    : found.filter((problem) => problem.pointer === pointer);
  expect(near, JSON.stringify(found)).not.toEqual([]);
});

test('whatever an attacker writes, a card drawn with our text functions stays within the limits', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.constantFrom('', '>', '&', '<!channel>'),
      (text, grow) => {
        const hostile = text + grow.repeat(1000);
        const blocks = [
          { type: 'header', text: plain(hostile, 150) },
          { type: 'section', text: mrkdwn`${safe(hostile)}` },
          actions(button({ text: plain(hostile, 75) })),
          richText([[literal(hostile, 'code')]]),
        ];
        expect(problems('message', { text: safe(hostile, 120), blocks })).toEqual([]);
      },
    ),
  );
});
