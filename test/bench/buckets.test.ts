/** Slack's limits, call by call. */
import { describe, expect, test } from 'vitest';
import { slackLimits, take } from '../../bench/storm/buckets.ts';

describe('a bucket', () => {
  const limit = { burst: 2, perSecond: 1 };
  /** What each call at these moments is answered: granted, or the seconds to wait. */
  const answers = (moments: readonly number[], of = limit) => {
    let bucket: Parameters<typeof take>[1];
    return moments.map((now) => {
      const taken = take(of, bucket, now);
      bucket = taken.bucket;
      return taken.kind === 'granted' ? 'granted' : taken.retryAfter;
    });
  };
  test.each<[string, readonly number[], readonly unknown[]]>([
    ['grants its burst at once', [0, 0, 0], ['granted', 'granted', 1]],
    ['grants again when it has filled', [0, 0, 1000, 1000], ['granted', 'granted', 'granted', 1]],
    ['counts part of a second', [0, 0, 999, 1000], ['granted', 'granted', 1, 'granted']],
    [
      'never holds more than its burst',
      [0, 60_000, 60_000, 60_000],
      ['granted', 'granted', 'granted', 1],
    ],
    [
      'takes nothing for a refusal',
      [0, 0, 500, 500, 1000],
      ['granted', 'granted', 1, 1, 'granted'],
    ],
  ])('%s', (_, moments, expected) => {
    expect(answers(moments)).toEqual(expected);
  });

  test('says in whole seconds how long a slow one takes to fill', () => {
    expect(answers([0, 0], { burst: 1, perSecond: 0.3 })).toEqual(['granted', 4]);
  });

  test('is full again exactly when it said', () => {
    expect(answers([0, 0, 4000], { burst: 1, perSecond: 0.25 })).toEqual(['granted', 4, 'granted']);
  });
});

describe('Slack', () => {
  const granted = (method: string, calls: number, channel = 'C1', limits = slackLimits()): number =>
    Array.from({ length: calls }, () => limits.ask(method, channel, 0)).filter(
      (answer) => answer === undefined,
    ).length;

  test('takes five posts at once to a channel', () => {
    expect(granted('chat.postMessage', 20)).toBe(5);
  });

  test('counts each channel for itself', () => {
    const limits = slackLimits();
    granted('chat.postMessage', 20, 'C1', limits);
    expect(granted('chat.postMessage', 20, 'C2', limits)).toBe(5);
  });

  test('takes fifty edits a minute, over all channels', () => {
    const limits = slackLimits();
    expect(
      granted('chat.update', 40, 'C1', limits) + granted('chat.update', 40, 'C2', limits),
    ).toBe(50);
    expect(limits.ask('chat.update', 'C1', 1200)).toBeUndefined();
    expect(limits.ask('chat.update', 'C1', 1200)).toBe(2);
  });

  test('is not asked for methods that it has no limit for', () => {
    expect(() => slackLimits().ask('chat.delete', 'C1', 0)).toThrow('chat.delete');
  });
});
