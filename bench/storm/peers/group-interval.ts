/**
 * E: findings of a group wait for each other, then one message tells all of them; what comes later
 * waits for the group's next interval. A 429 is not tried again before that. So does Prometheus
 * Alertmanager with its defaults for Slack; it does not run on Lambda.
 */
import type { Clock } from './clock.ts';
import type { PeerFinding, Policy } from './policy.ts';
import type { PeerSlack } from './slack.ts';

const groupWaitMs = 30_000;
const groupIntervalMs = 300_000;

const flushGroup = async (
  clock: Clock,
  slack: PeerSlack,
  findings: readonly PeerFinding[],
): Promise<readonly number[]> => {
  const delays: number[] = [];
  let next = (findings[0]?.at ?? 0) + groupWaitMs;
  while (delays.length < findings.length) {
    await clock.until(next);
    next += groupIntervalMs;
    const waiting = findings.slice(delays.length).filter(({ at }) => at <= clock.now());
    if (waiting.length === 0) continue;
    const answer = await slack.post();
    if (answer.kind === 'posted') for (const { at } of waiting) delays.push(answer.at - at);
  }
  return delays;
};

export const groupInterval: Policy = {
  name: 'E groups and intervals, 30 s and 300 s',
  async run({ clock, slack, findings }) {
    const groups = new Map<number, PeerFinding[]>();
    for (const finding of findings) {
      const group = groups.get(finding.group);
      if (group) group.push(finding);
      else groups.set(finding.group, [finding]);
    }
    const delays = await Promise.all(
      [...groups.values()].map((group) => flushGroup(clock, slack, group)),
    );
    return { delays: delays.flat(), gbSeconds: undefined, writeUnits: 0 };
  },
};
