import { expect, test } from 'vitest';
import {
  addFollowUp,
  followUpIdOf,
  isDay,
  isOverdue,
  turnFollowUp,
} from '../../src/reviews/follow-up.ts';

const said = { actor: 'slack:T0/U0MARIA', by: 'U0MARIA', at: '2026-11-22T09:00:00.000Z' };

const open = addFollowUp(
  {
    id: followUpIdOf('digest'),
    caseId: 'C0EXAMPLE1',
    text: 'Turn IMDSv1 off',
    owner: 'U0LEE',
    due: '2026-12-01',
    token: 'token',
  },
  said,
);

test.each([
  ['2026-12-01', true],
  ['2026-02-29', false],
  ['2028-02-29', true],
  ['2026-13-01', false],
  ['tomorrow', false],
  ['', false],
])('%s is a day: %s', (text, day) => {
  expect(isDay(text)).toBe(day);
});

test('one submission is one follow-up, however often it is delivered', () => {
  expect(followUpIdOf('digest')).toBe(open.id);
  expect(followUpIdOf('another')).not.toBe(open.id);
  expect(open.id).toMatch(/^F[0-9A-F]{11}$/);
});

test('each turn is one version with one audit entry; turning it to what it is changes nothing', () => {
  const done = turnFollowUp(open, 'done', { ...said, by: 'U0LEE' });
  expect(done).toMatchObject({ version: 2, state: 'done', done: { at: said.at, by: 'U0LEE' } });
  expect(turnFollowUp(done ?? open, 'done', said)).toBeUndefined();
  const again = turnFollowUp(done ?? open, 'open', said);
  expect(again).not.toHaveProperty('done');
  expect(again?.outbox.map(({ kind, id }) => [kind, id])).toEqual([
    ['follow-up.added', `${open.id}/000001`],
    ['follow-up.done', `${open.id}/000002`],
    ['follow-up.reopened', `${open.id}/000003`],
  ]);
});

test('it is overdue after its day, while it is open', () => {
  expect([isOverdue(open, '2026-12-01'), isOverdue(open, '2026-12-02')]).toEqual([false, true]);
  expect(isOverdue({ ...open, state: 'done' }, '2026-12-02')).toBe(false);
});
