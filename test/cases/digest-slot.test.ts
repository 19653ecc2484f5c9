import { expect, test } from 'vitest';
import { slotAt } from '../../src/cases/digest-slot.ts';

test.each([
  [
    'a minute before, yesterday’s is the newest',
    'UTC',
    '2026-11-26T08:59:00Z',
    '2026-11-25',
    '2026-11-25T09:00:00.000Z',
    'daily',
  ],
  [
    'it is due in its minute',
    'UTC',
    '2026-11-26T09:00:00Z',
    '2026-11-26',
    '2026-11-26T09:00:00.000Z',
    'daily',
  ],
  [
    'by the wall clock of its zone in winter',
    'Europe/Madrid',
    '2026-11-26T08:00:00Z',
    '2026-11-26',
    '2026-11-26T08:00:00.000Z',
    'daily',
  ],
  [
    'and in summer',
    'Europe/Madrid',
    '2026-07-08T07:00:30Z',
    '2026-07-08',
    '2026-07-08T07:00:00.000Z',
    'daily',
  ],
  [
    'on Mondays it is about the week',
    'UTC',
    '2026-11-23T12:00:00Z',
    '2026-11-23',
    '2026-11-23T09:00:00.000Z',
    'weekly',
  ],
  [
    'the day is that of its zone',
    'Pacific/Auckland',
    '2026-11-22T20:30:00Z',
    '2026-11-23',
    '2026-11-22T20:00:00.000Z',
    'weekly',
  ],
])('%s', (_, timeZone, now, id, to, kind) => {
  const slot = slotAt({ at: '09:00', timeZone }, Date.parse(now));
  expect(slot).toMatchObject({ id, to, kind });
  const days = kind === 'weekly' ? 7 : 1;
  expect(Date.parse(slot.to) - Date.parse(slot.from)).toBe(days * 86_400_000);
});

test('a minute that the change of the clocks skips is made up for by the next one', () => {
  // Europe/Madrid goes from 02:00 to 03:00 on 2026-03-29.
  const slot = slotAt(
    { at: '02:30', timeZone: 'Europe/Madrid' },
    Date.parse('2026-03-29T05:00:00Z'),
  );
  expect(slot).toMatchObject({ id: '2026-03-29', to: '2026-03-29T01:00:00.000Z' });
});
