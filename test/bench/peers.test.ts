/** The peers' policies, on a clock that leaps: what each does to a storm that is too large. */
import { expect, test } from 'vitest';
import { randomFrom } from '../../bench/random.ts';
import { clientRetry } from '../../bench/storm/peers/client-retry.ts';
import { type LeapingClock, leapingClock } from '../../bench/storm/peers/clock.ts';
import { drop } from '../../bench/storm/peers/drop.ts';
import { groupInterval } from '../../bench/storm/peers/group-interval.ts';
import { paced } from '../../bench/storm/peers/paced.ts';
import type { PeerFinding, Policy } from '../../bench/storm/peers/policy.ts';
import { peerSlack } from '../../bench/storm/peers/slack.ts';
import { sleepDrop } from '../../bench/storm/peers/sleep-drop.ts';

/** 200 findings in ten seconds over four groups. */
const storm: readonly PeerFinding[] = Array.from({ length: 200 }, (_, n) => ({
  group: n % 4,
  at: n * 50,
}));

const played = async (policy: Policy) => {
  const clock: LeapingClock = leapingClock();
  clock.leap();
  const from = clock.now();
  const random = randomFrom(1);
  const slack = peerSlack(clock, random);
  const findings = storm.map(({ group, at }) => ({ group, at: at + from }));
  const { delays, gbSeconds, writeUnits } = await policy.run({ clock, slack, random, findings });
  return {
    lost: findings.length - delays.length,
    slowest: Math.max(...delays) / 1000,
    limited: slack.limited(),
    posts: slack.calls() - slack.limited(),
    gbSeconds,
    writeUnits,
  };
};

test('dropping on a 429 shows what fits and loses the rest', async () => {
  const { lost, limited, posts, slowest } = await played(drop);
  expect(posts).toBeGreaterThanOrEqual(14);
  expect(posts).toBeLessThanOrEqual(16);
  expect(lost).toBe(200 - posts);
  expect(limited).toBe(lost);
  expect(slowest).toBeLessThan(0.2);
});

test('sleeping before dropping loses as many as are answered with 429', async () => {
  const { lost, limited, posts } = await played(sleepDrop);
  expect(lost).toBe(limited);
  expect(posts).toBe(200 - lost);
  expect(lost).toBeGreaterThan(50);
});

test('the client that retries gives up on most, at the price of many calls', async () => {
  const { lost, limited, gbSeconds } = await played(clientRetry);
  expect(lost).toBeGreaterThan(0);
  expect(limited).toBeGreaterThan(1000);
  expect(gbSeconds).toBeGreaterThan(100);
});

test('pacing loses nothing, and the last one comes when its turn comes', async () => {
  const { lost, posts, slowest, writeUnits } = await played(paced);
  expect({ lost, posts, writeUnits }).toEqual({ lost: 0, posts: 200, writeUnits: 200 });
  expect(slowest).toBeGreaterThan(180);
});

test('grouping by intervals loses nothing and shows late findings after five minutes at most', async () => {
  const { lost, posts, slowest, gbSeconds } = await played(groupInterval);
  expect({ lost, posts, gbSeconds }).toEqual({ lost: 0, posts: 4, gbSeconds: undefined });
  expect(slowest).toBeGreaterThan(30);
  expect(slowest).toBeLessThan(31);
});

test('a clock that leaps wakes everybody in order, and keeps the time between', async () => {
  const clock = leapingClock();
  clock.leap();
  const from = clock.now();
  const woken: string[] = [];
  const sleeper = async (name: string, ...pauses: readonly number[]) => {
    for (const pause of pauses) {
      await clock.sleep(pause);
      woken.push(`${name} ${Math.round(clock.now() - from)}`);
    }
  };
  await Promise.all([sleeper('a', 3000, 3000), sleeper('b', 1000, 4000), sleeper('c', 86_400_000)]);
  expect(woken).toEqual(['b 1000', 'a 3000', 'b 5000', 'a 6000', 'c 86400000']);
});
