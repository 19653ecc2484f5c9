import { expect, test } from 'vitest';
import { pace } from '../../src/posture/pace.ts';

/** A clock that sleeping moves; calls made in each second. */
const clocked = () => {
  let at = 0;
  const time = {
    now: () => at,
    async sleep(milliseconds: number) {
      at += milliseconds;
    },
  };
  return { time, at: () => at };
};

test('Security Hub findings are read three a second after a burst of six', async () => {
  const { time, at } = clocked();
  const { turn } = pace(time);
  for (let n = 0; n < 6; n += 1) await turn('securityhub:GetFindings', 'a', 'eu-west-1');
  expect(at()).toBe(0);
  for (let n = 0; n < 9; n += 1) await turn('securityhub:GetFindings', 'a', 'eu-west-1');
  expect(at()).toBeGreaterThanOrEqual(2999);
  expect(at()).toBeLessThanOrEqual(3001);
});

test('each account has its own limits, and another operation of Security Hub too', async () => {
  const { time, at } = clocked();
  const { turn } = pace(time);
  for (let n = 0; n < 500; n += 1)
    for (let call = 0; call < 5; call += 1)
      await turn('iam:GetAccountSummary', String(n), 'eu-west-1');
  for (let n = 0; n < 30; n += 1)
    await turn('securityhub:GetFindingStatisticsV2', 'admin', 'eu-west-1');
  expect(at()).toBe(0);
});

test('what is shared by the organisation is slowest: 500 reads of Organizations take minutes', async () => {
  const { time, at } = clocked();
  const { turn } = pace(time);
  for (let n = 0; n < 500; n += 1) await turn('organizations:ListChildren', 'admin', 'eu-west-1');
  expect(at() / 1000).toBeCloseTo((500 - 10) / 2, 0);
});
