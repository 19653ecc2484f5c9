/** The counts of posture and digest: what limits a call, and what waiting on a leaping clock costs. */
import { expect, test } from 'vitest';
import { isMet, verdictOn } from '../../bench/house/target.ts';
import { tally } from '../../bench/posture/tally.ts';
import { leapingClock } from '../../bench/storm/peers/clock.ts';

const call = (service: string, operation: string, account: string) => ({
  ...{ n: 1, at: '', function: 'worker', role: 'read', region: 'eu-west-1', input: {} },
  ...{ service, operation, account },
});
const times = (count: number, ...about: Parameters<typeof call>) =>
  Array.from({ length: count }, () => call(...about));

test('each account and Region has a limit of its own, and the busiest tells the seconds', () => {
  const rows = tally([
    ...times(66, 'securityhub', 'GetFindings', '999988887777'),
    ...times(4, 'securityhub', 'DescribeHub', '999988887777'),
    ...times(12, 'iam', 'GetUser', '123456789012'),
    ...times(15, 'iam', 'GetRole', '111122223333'),
  ]);
  expect(rows).toEqual([
    { name: 'securityhub:GetFindings', calls: 66, most: 66, perSecond: 3, burst: 6, seconds: 20 },
    { name: 'iam', calls: 27, most: 15, perSecond: 5, burst: 10, seconds: 1 },
    { name: 'securityhub', calls: 4, most: 4, perSecond: 10, burst: 30, seconds: 0 },
  ]);
});

test('a clock that leaps goes on for those who begin to wait later', async () => {
  const clock = leapingClock();
  clock.leap();
  const began = clock.now();
  await clock.sleep(3_600_000);
  // Nothing waits now, and something real goes on.
  await new Promise((resolve) => setTimeout(resolve, 1));
  await clock.sleep(3_600_000);
  expect(clock.now() - began).toBeCloseTo(7_200_000, 3);
});

test('a verdict is a line with figure, bound and target', () => {
  const target = { what: 'calls', figure: 3, unit: 's', bound: 'at most', target: 2 } as const;
  expect(verdictOn({ ...target, decides: true })).toBe('MISSED  calls: 3 s (at most 2 s)');
  expect(isMet({ ...target, bound: 'at least', decides: true })).toBe(true);
});
