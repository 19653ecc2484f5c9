/** What was visible when, and what was counted wrongly. */
import { describe, expect, test } from 'vitest';
import { percentile, spread } from '../../bench/storm/percentile.ts';
import {
  cardDelays,
  type MessageState,
  type SentFinding,
  seen,
  slowestSent,
} from '../../bench/storm/shown.ts';

const finding = (id: string, group: number, sentAt: number, acceptedAt?: number): SentFinding => ({
  id,
  group,
  sentAt,
  acceptedAt: acceptedAt ?? sentAt,
});
const card = (at: number, group: number | undefined, findings: number, ts = `${group}`) =>
  ({ at, ts, kind: 'card', group, findings }) satisfies MessageState;
const rollUp = (at: number, findings: number, ts = 'r') =>
  ({ at, ts, kind: 'roll-up', group: undefined, findings }) satisfies MessageState;

const three = [finding('a', 0, 0), finding('b', 0, 100), finding('c', 1, 200)];
const delays = (findings: readonly SentFinding[], states: readonly MessageState[]) =>
  seen(findings, 2, states).delays.map(({ id, delay }) => `${id} ${delay}`);

describe('a finding is visible once it is counted', () => {
  test.each<[string, readonly SentFinding[], readonly MessageState[], readonly string[]]>([
    ['by its card', three, [card(1000, 0, 2), card(1500, 1, 1)], ['a 1000', 'b 900', 'c 1300']],
    ['by a later edit', three, [card(500, 0, 1), card(900, 0, 2)], ['a 500', 'b 800']],
    ['by the roll-up', three, [card(500, 0, 1), rollUp(700, 3)], ['a 500', 'b 600', 'c 500']],
    [
      'by the larger of both, not by their sum',
      three,
      [card(500, 0, 2), rollUp(600, 1)],
      ['a 500', 'b 400'],
    ],
    [
      'by two roll-ups together',
      three,
      [rollUp(500, 2, 'r1'), rollUp(900, 1, 'r2')],
      ['a 500', 'b 400', 'c 700'],
    ],
    [
      'once, even if a message counts less later',
      three,
      [rollUp(500, 3), rollUp(600, 1)],
      ['a 500', 'b 400', 'c 300'],
    ],
    [
      'in the order in which ingest took them',
      [finding('a', 0, 0, 5000), finding('b', 0, 100, 200)],
      [card(300, 0, 1), card(6000, 0, 2)],
      ['b 200', 'a 6000'],
    ],
  ])('%s', (_, findings, states, expected) => {
    expect(delays(findings, states)).toEqual(expected);
  });

  test('what no message counts is lost', () => {
    expect(seen(three, 2, [card(1000, 0, 2)])).toMatchObject({ lost: 1, wrongGroups: 1 });
  });
});

describe('a wrong count', () => {
  const verdict = (states: readonly MessageState[]) => {
    const { wrongGroups, falseStates } = seen(three, 2, states);
    return { wrongGroups, falseStates };
  };
  test.each<[string, readonly MessageState[], object]>([
    [
      'is not there when all is right',
      [card(900, 0, 2), card(900, 1, 1), rollUp(900, 3)],
      { wrongGroups: 0, falseStates: 0 },
    ],
    [
      'is a card that says too little at the end',
      [card(900, 0, 1), card(900, 1, 1)],
      { wrongGroups: 1, falseStates: 0 },
    ],
    [
      'is a card that says too much',
      [card(900, 0, 2), card(900, 1, 2)],
      { wrongGroups: 1, falseStates: 1 },
    ],
    [
      'is a card that was ahead of its time',
      [card(50, 0, 2), card(900, 1, 1)],
      { wrongGroups: 0, falseStates: 1 },
    ],
    [
      'is a roll-up that says too much',
      [card(900, 0, 2), card(900, 1, 1), rollUp(900, 4)],
      { wrongGroups: 0, falseStates: 1 },
    ],
    [
      'is a card about nothing that was sent',
      [card(900, 0, 2), card(900, 1, 1), card(900, undefined, 1)],
      { wrongGroups: 0, falseStates: 1 },
    ],
    [
      'is not one when two cards share a group',
      [card(900, 0, 1, 'x'), card(900, 0, 1, 'y'), card(900, 1, 1)],
      { wrongGroups: 0, falseStates: 0 },
    ],
    [
      'is two cards that count the same finding',
      [card(900, 0, 2, 'x'), card(900, 0, 1, 'y'), card(900, 1, 1)],
      { wrongGroups: 1, falseStates: 1 },
    ],
  ])('%s', (_, states, expected) => {
    expect(verdict(states)).toEqual(expected);
  });
});

test('a group has its own card from the first post about it', () => {
  expect(cardDelays(three, 2, [rollUp(100, 3), card(1000, 0, 1), card(3000, 0, 2)])).toEqual([
    1000,
  ]);
});

describe('percentiles', () => {
  const hundred = Array.from({ length: 100 }, (_, n) => 100 - n);
  test.each([
    [0.5, 50],
    [0.99, 99],
    [1, 100],
    [0, 1],
  ])('%d of one to a hundred is %d', (share, expected) => {
    expect(percentile(hundred, share)).toBe(expected);
  });

  test('of nothing are nothing', () => {
    expect(spread([])).toEqual({ p50: undefined, p99: undefined, max: undefined });
  });

  test('of one value are that value', () => {
    expect(spread([7])).toEqual({ p50: 7, p99: 7, max: 7 });
  });
});

test('the slowest in a hundred say when they were sent, counted from the first', () => {
  const sent = Array.from({ length: 200 }, (_, n) => finding(`f${n}`, 0, 1000 + n));
  const waited = sent.map(({ id }, n) => ({ id, delay: n === 7 ? 90 : n === 150 ? 80 : n / 10 }));
  expect(slowestSent(sent, waited)).toEqual([7, 150]);
});
