import { expect, test } from 'vitest';
import { untrusted } from '../../src/findings/finding.ts';
import { problems } from '../../src/slack/limits.ts';
import { forThread } from '../../src/slack/review/for-thread.ts';
import { reviewMarkdown } from '../../src/slack/review/markdown.ts';
import { reviewMessages } from '../../src/slack/review/review-message.ts';
import { reviewSections } from '../../src/slack/review/sections.ts';
import { entry, record, theCase } from '../reviews/example-record.ts';

const hostile = [
  '[Approve](https://evil.example)',
  '![](@U0ANA) <!channel> <@U0ANA> @here',
  '`` ` ``` x',
  '# Heading\n## Another\n- [ ] task',
  'https://evil.example www.evil.example a@evil.example',
  ':tada: **bold** _it_ ~~no~~ | a | b |',
  '\\` \u202Eabc\u200B',
  '<img src=x onerror=alert(1)>',
  '',
];

const withText = (text: string) => ({
  ...record,
  theCase: {
    ...theCase,
    decision: { ...theCase.decision, title: text, atRisk: text },
    resolved: { ...theCase.resolved, note: untrusted(text) } as NonNullable<
      typeof theCase.resolved
    >,
  },
  accountName: text,
  entries: [
    ...record.entries,
    entry('case.commented', '09:12', { actor: 'slack:T0/U0LEE', detail: { text } }),
    entry('made.up', '09:13', { because: text }),
  ],
});

test.each(hostile)('%s adds nothing that Markdown parses', (text) => {
  const benign = reviewMarkdown('C1', reviewSections(withText('benign')));
  const markdown = reviewMarkdown('C1', reviewSections(withText(text)));
  /** What is outside code spans, line by line. */
  const parsed = (all: string): readonly string[] =>
    all.split('\n').map((line) => line.replaceAll(/`[^`]*`/g, '`…`'));
  expect(parsed(markdown)).toEqual(parsed(benign));
});

test('a record that is very long fits into one message, which says that there is more', () => {
  const long = {
    ...record,
    entries: Array.from({ length: 400 }, (_, n) =>
      entry('case.commented', '09:12', { id: `e${n}`, detail: { text: '<&>'.repeat(300) } }),
    ),
  };
  const sections = reviewSections(long);
  const [message] = reviewMessages(
    {
      ...theCase,
      token: 'token0123456789abcdef',
      review: { draft: 1, at: record.now, because: 'it has to be', sections: forThread(sections) },
    },
    'T0CORDON',
  );
  const { text, blocks } = message ?? { text: '', blocks: [] };
  expect(problems('message', { channel: 'C0SECURITY', text, blocks })).toEqual([]);
  expect(JSON.stringify(blocks)).toMatch(/\d+ more: /);
  // It lies in the case, which is written as a whole.
  expect(JSON.stringify(forThread(sections)).length).toBeLessThan(20_000);
  expect(reviewMarkdown('C1', sections).length).toBeLessThan(100_000);
});
