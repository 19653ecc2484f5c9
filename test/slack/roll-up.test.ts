import { expect, test } from 'vitest';
import { demandValid } from '../../src/local/slack/api-error.ts';
import { rollUpCard, stormOver } from '../../src/slack/cards/roll-up.ts';
import { wordsIn } from '../stories/screen.ts';

const nothing = {
  received: 0,
  shown: 0,
  grouped: 0,
  suppressed: 0,
  digest: 0,
  ignored: 0,
  waiting: 0,
  undecided: 0,
};

const said = (balance: typeof nothing): string => {
  const messages = stormOver({
    findings: balance.received,
    cases: balance.shown,
    startedAt: '2026-11-22T09:00:00.000Z',
    endedAt: '2026-11-22T09:10:00.000Z',
    balance,
  });
  for (const { text, blocks } of messages) demandValid('message', { text, blocks });
  return wordsIn(messages.at(-1)?.blocks);
};

test('what came in a storm is added up at its end', () => {
  expect(said({ ...nothing, received: 3, shown: 2, grouped: 1 })).toMatch(/3 received = .*2.*1/);
});

test('a storm of what had come before it ends too, with nothing to add up', () => {
  expect(said(nothing)).toContain('nothing more came meanwhile');
});

test('what arrived and is not decided yet is counted, and told apart', () => {
  const card = rollUpCard({
    startedAt: '2026-11-22T09:00:00.000Z',
    at: Date.parse('2026-11-22T09:00:05Z'),
    findings: 1200,
    reading: 300,
    waiting: 200,
    waitingCases: 7,
    lines: [],
  });
  demandValid('message', { text: card.text, blocks: card.blocks });
  expect(card.findings).toBe(1500);
  const words = wordsIn(card.blocks);
  expect(words).toContain('*1,500 findings* since');
  expect(words).toContain('1,000 findings on cards, *200 findings in 7 cases* waiting');
  expect(words).toContain('CRITICAL first, 300 being read.');
});
