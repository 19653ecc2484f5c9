/**
 * C: one function for each finding, with Slack's Web API client as it comes: after a 429 it waits as
 * long as Slack asks, backs off and tries again, ten times (`tenRetriesInAboutThirtyMinutes` of
 * @slack/web-api). The function is ended after 30 s; Lambda runs it again after one minute and after
 * two, then gives up (docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html).
 */
import type { Random } from '../../random.ts';
import type { Clock } from './clock.ts';
import { gigabyteSeconds, type Policy } from './policy.ts';
import type { PeerSlack } from './slack.ts';

const megabytes = 128;
const timeLimitMs = 30_000;
const runAgainAfterMs = [60_000, 120_000] as const;
const client = { retries: 10, factor: 1.96821, firstMs: 1000 } as const;

type Tools = { readonly clock: Clock; readonly slack: PeerSlack; readonly random: Random };

/** Answers when it was posted; undefined when the time was up or the client gave up. */
const invocation = async ({ clock, slack, random }: Tools): Promise<number | undefined> => {
  const end = clock.now() + timeLimitMs;
  for (let attempt = 0; attempt <= client.retries; attempt += 1) {
    const answer = await slack.post();
    if (answer.kind === 'posted') return answer.at;
    const backOff = (1 + random.next()) * client.firstMs * client.factor ** attempt;
    const next = clock.now() + answer.retryAfter * 1000 + backOff;
    await clock.until(Math.min(next, end));
    if (next >= end) return undefined;
  }
  return undefined;
};

export const clientRetry: Policy = {
  name: 'C client retry, 30 s, two more tries',
  async run(world) {
    const { clock, findings } = world;
    const delays: number[] = [];
    let worked = 0;
    const handle = async (at: number): Promise<void> => {
      await clock.until(at);
      for (const wait of [...runAgainAfterMs, undefined]) {
        const from = clock.now();
        const posted = await invocation(world);
        worked += clock.now() - from;
        if (posted !== undefined) {
          delays.push(posted - at);
          return;
        }
        if (wait !== undefined) await clock.sleep(wait);
      }
    };
    await Promise.all(findings.map(({ at }) => handle(at)));
    // It remembers each finding, so that a second run does not post it twice: one unit each.
    return {
      delays,
      gbSeconds: gigabyteSeconds(worked, megabytes),
      writeUnits: findings.length,
    };
  },
};
