import { describe, expect, test } from 'vitest';
import { type Inline, parseMrkdwn } from '../../../src/local/page/block-kit/mrkdwn.ts';

const inline = (text: string, verbatim = false): readonly Inline[] =>
  parseMrkdwn(text, verbatim).flatMap((part) => ('children' in part ? part.children : []));

const text = (value: string): Inline => ({ kind: 'text', text: value });

describe('one line of mrkdwn', () => {
  test.each<[string, string, readonly Inline[]]>([
    ['plain text', 'hello', [text('hello')]],
    ['bold', '*now*', [{ kind: 'bold', children: [text('now')] }]],
    [
      'italic inside a line',
      'a _b_ c',
      [text('a '), { kind: 'italic', children: [text('b')] }, text(' c')],
    ],
    [
      'nested marks',
      '*_x_*',
      [{ kind: 'bold', children: [{ kind: 'italic', children: [text('x')] }] }],
    ],
    ['strike', '~old~', [{ kind: 'strike', children: [text('old')] }]],
    ['no bold inside a word', '2*3*4', [text('2*3*4')]],
    ['no italic in snake_case_names', 'snake_case_name', [text('snake_case_name')]],
    ['no bold around spaces', '* a *', [text('* a *')]],
    ['an open mark is text', '*a', [text('*a')]],
    ['code keeps its marks', '`*a*`', [{ kind: 'code', text: '*a*' }]],
    ['code decodes entities', '`a &lt; b`', [{ kind: 'code', text: 'a < b' }]],
    ['entities are decoded once', '&amp;lt;b&amp;gt;', [text('&lt;b&gt;')]],
    ['other entities stay', '&nbsp;', [text('&nbsp;')]],
    ['a person', '<@U0ANA>', [{ kind: 'user', id: 'U0ANA' }]],
    ['a group', '<!subteam^S1|@sec>', [{ kind: 'group', id: 'S1', label: '@sec' }]],
    ['a channel', '<#C1>', [{ kind: 'channel', id: 'C1' }]],
    ['a broadcast', '<!here>', [{ kind: 'broadcast', range: 'here' }]],
    [
      'a link with a label',
      '<https://a.example/?a=1&amp;b=2|A>',
      [{ kind: 'link', url: 'https://a.example/?a=1&b=2', label: 'A' }],
    ],
    [
      'a link without a label',
      '<https://a.example>',
      [{ kind: 'link', url: 'https://a.example', label: 'https://a.example' }],
    ],
    ['no link to a script', '<javascript:alert(1)|x>', [text('<javascript:alert(1)|x>')]],
    [
      'a date',
      '<!date^1795338720^{date} at {time}|then>',
      [{ kind: 'date', unix: 1795338720, format: '{date} at {time}', fallback: 'then' }],
    ],
    ['an emoji', ':lock: x', [{ kind: 'emoji', name: 'lock' }, text(' x')]],
    ['a time of day is no emoji', '10:30:45', [text('10:30:45')]],
    [
      'a bare address',
      'see https://a.example/x.',
      [
        text('see '),
        { kind: 'link', url: 'https://a.example/x', label: 'https://a.example/x' },
        text('.'),
      ],
    ],
    ['an escaped mention stays text', '&lt;!channel&gt;', [text('<!channel>')]],
  ])('%s', (_, source, tokens) => {
    expect(inline(source)).toEqual(tokens);
  });

  test('verbatim leaves bare addresses alone', () => {
    expect(inline('see https://a.example/x', true)).toEqual([text('see https://a.example/x')]);
  });
});

describe('several lines of mrkdwn', () => {
  test('marks do not reach over the end of a line', () => {
    expect(inline('*a\nb*')).toEqual([text('*a'), text('b*')]);
  });

  test('lines that start with > are quotes, escaped or not', () => {
    expect(parseMrkdwn('> a\n&gt;b\nc').map(({ kind }) => kind)).toEqual([
      'quote',
      'quote',
      'line',
    ]);
  });

  test('a fence is kept as it is, and swallows the newlines around it', () => {
    expect(parseMrkdwn('a\n```\n *b*\n```\nc')).toEqual([
      { kind: 'line', children: [text('a')] },
      { kind: 'preformatted', text: ' *b*' },
      { kind: 'line', children: [text('c')] },
    ]);
  });

  test('an empty line stays an empty line', () => {
    expect(parseMrkdwn('a\n\nb')).toHaveLength(3);
  });
});
