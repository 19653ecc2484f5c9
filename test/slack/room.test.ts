import { expect, test } from 'vitest';
import { fairShare } from '../../src/slack/room.ts';

test.each([
  ['nothing', [], 300, 100, 300],
  ['what fits stays whole', ['a'.repeat(40), 'b'.repeat(60)], 300, 100, 300],
  [
    'long ones share what short ones leave',
    ['a'.repeat(10), 'b'.repeat(90), 'c'.repeat(90)],
    300,
    100,
    45,
  ],
  ['escaped, a text is as long as Slack stores it', ['<'.repeat(20), '<'.repeat(20)], 300, 100, 50],
  ['more of them than there is room for', Array.from({ length: 9 }, () => 'long'), 300, 5, 1],
])('%s', (_, texts, most, room, share) => {
  expect(fairShare(texts, most, room)).toBe(share);
});
