import { describe, expect, test } from 'vitest';
import {
  clockTime,
  dayLabel,
  formatSlackDate,
} from '../../../src/local/page/block-kit/slack-date.ts';

const now = Date.parse('2026-11-22T09:12:00Z');
const context = { now, timeZone: 'UTC' };
const unix = (iso: string): number => Date.parse(iso) / 1000;

describe('a Slack date', () => {
  test.each([
    ['{date_num}', '2026-11-22T09:02:03Z', '2026-11-22'],
    ['{date}', '2026-11-22T09:02:03Z', 'November 22nd, 2026'],
    ['{date_short}', '2026-11-03T09:02:03Z', 'Nov 3, 2026'],
    ['{date_long}', '2026-11-11T09:02:03Z', 'Wednesday, November 11th, 2026'],
    ['{date_pretty} at {time}', '2026-11-22T09:02:03Z', 'Today at 9:02 AM'],
    ['due {date_short_pretty}', '2026-11-23T00:00:00Z', 'due tomorrow'],
    ['{date_short_pretty}', '2026-11-20T00:00:00Z', 'Nov 20, 2026'],
    ['{time_secs}', '2026-11-22T21:02:03Z', '9:02:03 PM'],
    ['{ago}', '2026-11-22T09:11:00Z', '1 minute ago'],
    ['{ago}', '2026-11-22T13:12:00Z', 'in 4 hours'],
  ])('%s of %s is %s', (format, iso, shown) => {
    expect(formatSlackDate(unix(iso), format, context)).toBe(shown);
  });

  test('an unknown token asks for the fallback', () => {
    expect(formatSlackDate(unix('2026-11-22T09:02:03Z'), '{moon}', context)).toBeUndefined();
  });
});

describe('times of messages', () => {
  test('a message shows its time in the zone of the reader', () => {
    expect(clockTime(now, { now, timeZone: 'Asia/Tokyo' })).toBe('6:12 PM');
  });

  test.each([
    ['2026-11-22T00:00:00Z', 'Today'],
    ['2026-11-21T23:59:59Z', 'Yesterday'],
    ['2026-11-13T12:00:00Z', 'Friday, November 13th'],
  ])('the divider over %s says %s', (iso, label) => {
    expect(dayLabel(Date.parse(iso), context)).toBe(label);
  });
});
