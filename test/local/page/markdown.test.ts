import { expect, test } from 'vitest';
import { type Line, parseMarkdown } from '../../../src/local/page/markdown.ts';

const text = (words: string) => ({ kind: 'text', text: words });

test.each<[string, string, Line]>([
  ['a heading', '## Times', { kind: 'h2', children: [{ kind: 'text', text: 'Times' }] }],
  [
    'a list item with a code span that holds a link',
    '- said `[x](https://evil.example)`',
    {
      kind: 'item',
      children: [
        { kind: 'text', text: 'said ' },
        { kind: 'code', text: '[x](https://evil.example)' },
      ],
    },
  ],
  ['a task', '- [ ] mend it', { kind: 'task', children: [{ kind: 'text', text: 'mend it' }] }],
  ['italics', '*Why\\?*', { kind: 'line', children: [{ kind: 'italic', text: 'Why?' }] }],
])('%s is drawn as one', (_, markdown, line) => {
  expect(parseMarkdown(markdown)).toEqual([line]);
});

test('what Slack would make a mention or a link is seen as one, and an escaped one is text', () => {
  expect(
    parseMarkdown('![](@U0ANA) [Approve](https://a.example) https://b.example')[0]?.children,
  ).toEqual([
    { kind: 'mention', text: 'U0ANA' },
    text(' '),
    { kind: 'link', text: 'Approve' },
    text(' '),
    { kind: 'link', text: 'https://b.example' },
  ]);
  expect(parseMarkdown('\\[a\\](b)')[0]?.children).toEqual([text('[a](b)')]);
});
