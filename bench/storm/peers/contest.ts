/** All policies over the same findings at the same time, each with a Slack of its own. */
import { randomFrom } from '../../random.ts';
import type { Contestant } from '../contestant.ts';
import { spread } from '../percentile.ts';
import { clientRetry } from './client-retry.ts';
import type { LeapingClock } from './clock.ts';
import { drop } from './drop.ts';
import { groupInterval } from './group-interval.ts';
import { paced } from './paced.ts';
import type { PeerFinding, Policy } from './policy.ts';
import { peerSlack } from './slack.ts';
import { sleepDrop } from './sleep-drop.ts';

const policies: readonly Policy[] = [drop, sleepDrop, clientRetry, paced, groupInterval];

const contestant = async (
  policy: Policy,
  seed: number,
  { clock, findings }: { readonly clock: LeapingClock; readonly findings: readonly PeerFinding[] },
): Promise<Contestant> => {
  const random = randomFrom(seed);
  const slack = peerSlack(clock, random);
  const { delays, gbSeconds, writeUnits } = await policy.run({ clock, slack, random, findings });
  const leapt = clock.leaptAt();
  return {
    name: policy.name,
    findings: findings.length,
    lost: findings.length - delays.length,
    wrong: 0,
    limited: slack.limited(),
    calls: slack.calls(),
    posts: slack.calls() - slack.limited(),
    updates: 0,
    visible: spread(delays.map((delay) => delay / 1000)),
    writeUnits,
    gbSeconds,
    leaptAfter: leapt === undefined || leapt >= clock.now() ? undefined : leapt / 1000,
  };
};

export const contest = (
  clock: LeapingClock,
  findings: readonly PeerFinding[],
  seed: number,
): Promise<readonly Contestant[]> =>
  Promise.all(policies.map((policy, n) => contestant(policy, seed + n, { clock, findings })));
