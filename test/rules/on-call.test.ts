import { describe, expect, test } from 'vitest';
import { calledAt } from '../../src/rules/on-call.ts';

const rotation = {
  timeZone: 'Europe/Madrid',
  from: '2026-10-19',
  at: '09:00',
  days: 7,
  users: ['U0MARIA', 'U0LEE', 'U0ANA'],
};
const called = (now: string) =>
  calledAt({ users: ['U0SAM'], groups: ['S0SEC'], rotation }, Date.parse(now));

describe('a rotation', () => {
  test.each([
    ['before its first day', '2026-09-01T12:00:00Z', 'U0MARIA'],
    ['at its start', '2026-10-19T07:00:00Z', 'U0MARIA'],
    ['a minute before the handover, in summer time', '2026-10-26T07:59:00Z', 'U0MARIA'],
    ['at the handover, after the clocks went back', '2026-10-26T08:00:00Z', 'U0LEE'],
    ['in the third week', '2026-11-04T12:00:00Z', 'U0ANA'],
    ['after the last of them', '2026-11-10T12:00:00Z', 'U0MARIA'],
  ])('%s calls one person', (_when, now, user) => {
    expect(called(now)).toEqual([user]);
  });
});

test('without a rotation the groups and users are called', () => {
  expect(calledAt({ users: ['U0SAM'], groups: ['S0SEC'] }, 0)).toEqual(['S0SEC', 'U0SAM']);
});
