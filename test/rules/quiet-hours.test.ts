import { describe, expect, it } from 'vitest';
import { isQuiet, type QuietHours } from '../../src/rules/quiet-hours.ts';

const madrid: QuietHours = {
  timeZone: 'Europe/Madrid',
  from: '20:00',
  to: '08:00',
  weekends: true,
};
const at = (iso: string, hours: QuietHours = madrid): boolean => isQuiet(hours, Date.parse(iso));

describe('quiet hours past midnight', () => {
  // 2026-11-24 is a Tuesday; Madrid is one hour ahead of UTC.
  it.each([
    ['a minute before they begin', '2026-11-24T18:59:59Z', false],
    ['when they begin', '2026-11-24T19:00:00Z', true],
    ['a minute before midnight', '2026-11-24T22:59:00Z', true],
    ['at midnight', '2026-11-24T23:00:00Z', true],
    ['a minute after midnight', '2026-11-24T23:01:00Z', true],
    ['in the last minute', '2026-11-25T06:59:59Z', true],
    ['when they end', '2026-11-25T07:00:00Z', false],
    ['at noon', '2026-11-25T11:00:00Z', false],
  ])('%s', (_name, iso, quiet) => expect(at(iso)).toBe(quiet));
});

describe('quiet hours within one day', () => {
  const lunch = { ...madrid, from: '13:00', to: '14:30' };
  it.each([
    ['before', '2026-11-24T11:59:00Z', false],
    ['from the first minute', '2026-11-24T12:00:00Z', true],
    ['to the last', '2026-11-24T13:29:00Z', true],
    ['after', '2026-11-24T13:30:00Z', false],
    ['at night', '2026-11-24T23:30:00Z', false],
  ])('%s', (_name, iso, quiet) => expect(at(iso, lunch)).toBe(quiet));
});

describe('weekends', () => {
  it.each([
    ['Friday afternoon', '2026-11-27T15:00:00Z', false],
    ['Saturday begins at midnight there, not in UTC', '2026-11-27T23:00:00Z', true],
    ['Saturday at noon', '2026-11-28T11:00:00Z', true],
    ['Sunday at noon', '2026-11-29T11:00:00Z', true],
    ['Monday before eight', '2026-11-30T06:59:00Z', true],
    ['Monday at eight', '2026-11-30T07:00:00Z', false],
  ])('%s', (_name, iso, quiet) => expect(at(iso)).toBe(quiet));

  it('are like other days when they are not quiet', () => {
    const working = { ...madrid, weekends: false };
    expect(at('2026-11-28T11:00:00Z', working)).toBe(false);
    expect(at('2026-11-28T19:00:00Z', working)).toBe(true);
  });
});

describe('the time zone', () => {
  it.each([
    ['UTC', false],
    ['Asia/Tokyo', true],
    ['America/Los_Angeles', true],
    ['Asia/Kolkata', true],
  ])('decides what 14:45 UTC on a Tuesday is: %s', (timeZone, quiet) =>
    expect(at('2026-11-24T14:45:00Z', { ...madrid, timeZone })).toBe(quiet),
  );

  it('has its own weekend', () => {
    const friday = '2026-11-27T15:30:00Z';
    const daytime = { ...madrid, from: '03:00', to: '04:00' };
    expect(at(friday, { ...daytime, timeZone: 'Asia/Tokyo' })).toBe(true);
    expect(at(friday, { ...daytime, timeZone: 'Europe/Madrid' })).toBe(false);
  });
});

describe('when the clocks change', () => {
  it.each([
    ['eight in the morning is 07:00 UTC in winter', '2026-03-27T07:00:00Z', false],
    ['and 06:00 UTC in summer', '2026-03-30T06:00:00Z', false],
    ['a minute earlier it is quiet', '2026-03-30T05:59:00Z', true],
    ['eight in the evening is 18:00 UTC in summer', '2026-10-23T18:00:00Z', true],
    ['and 19:00 UTC in winter', '2026-10-26T18:59:00Z', false],
  ])('%s', (_name, iso, quiet) => expect(at(iso)).toBe(quiet));

  const night = { ...madrid, from: '02:15', to: '02:45', weekends: false };
  it.each([
    ['an hour that comes twice is quiet twice: first', '2026-10-25T00:30:00Z', true],
    ['and again', '2026-10-25T01:30:00Z', true],
    ['an hour that is skipped is never: before', '2026-03-29T00:59:00Z', false],
    ['and after', '2026-03-29T01:00:00Z', false],
  ])('%s', (_name, iso, quiet) => expect(at(iso, night)).toBe(quiet));
});
