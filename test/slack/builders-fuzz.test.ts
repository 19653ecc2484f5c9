/** Whatever is written into whatever a screen shows: Slack takes the screen, and nothing of it is more than text. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { problems } from '../../src/slack/limits.ts';
import { brokenOut, hostile } from '../stories/hostile.ts';
import { screensWith } from './hostile-screens.ts';
import type { Written } from './hostile-words.ts';

const wrong = (written: Written): readonly string[] =>
  screensWith(written).flatMap(([name, surface, payload]) => [
    ...problems(surface, payload).map(({ pointer, problem }) => `${name}${pointer} ${problem}`),
    ...brokenOut(payload).map((problem) => `${name}: ${problem}`),
  ]);

const text = fc.oneof(
  fc.constantFrom(...hostile.map(([, one]) => one.slice(0, 4000))),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({
    unit: fc.constantFrom('<', '&', '`', '*', '\n', '!', '@', '|', 'a', '\u202e'),
    maxLength: 300,
  }),
);

const written: fc.Arbitrary<Written> = fc.record({
  texts: fc.array(text, { minLength: 1, maxLength: 5 }),
  many: fc.integer({ min: 1, max: 12 }),
  state: fc.constantFrom(
    'announced',
    'pending',
    'approved',
    'executing',
    'stopping',
    'contained',
    'failed',
    'denied',
    'expired',
    'withdrawn',
    'undoing',
    'undone',
    'undo-failed',
  ),
  tier: fc.constantFrom(1, 2, 3),
});

/** What a seed found, or a reader did. */
test.each<[what: string, written: Written]>([
  [
    'lists so long that a message had no room',
    { texts: ['<&>'.repeat(150)], many: 9, state: 'pending', tier: 2 },
  ],
  [
    'a mention in the text beside the blocks of an answer',
    { texts: ['EVIL <!channel>'], many: 1, state: 'announced', tier: 1 },
  ],
  ['nothing at all', { texts: [''], many: 1, state: 'failed', tier: 3 }],
])('%s: found once', (_, one) => {
  expect(wrong(one)).toEqual([]);
});

test('whatever is written on a screen, Slack takes it and nothing of it is more than text', () => {
  fc.assert(
    fc.property(written, (one) => {
      expect(wrong(one)).toEqual([]);
    }),
    { seed: 20261122, numRuns: 12 },
  );
});
