/**
 * D: a queue and one sender, one message each; after a 429 it waits as long as Slack asks and sends
 * the same one again. Nothing is lost, and the last one comes hours later.
 */
import { gigabyteSeconds, type Policy } from './policy.ts';

const megabytes = 256;

export const paced: Policy = {
  name: 'D one message each, paced by a queue',
  async run({ clock, slack, findings }) {
    const delays: number[] = [];
    let worked = 0;
    for (const { at } of findings) {
      await clock.until(at);
      const from = clock.now();
      for (;;) {
        const answer = await slack.post();
        if (answer.kind === 'posted') {
          delays.push(answer.at - at);
          break;
        }
        await clock.sleep(answer.retryAfter * 1000);
      }
      worked += clock.now() - from;
    }
    // It remembers each finding, because a queue delivers some twice: one unit each.
    return {
      delays,
      gbSeconds: gigabyteSeconds(worked, megabytes),
      writeUnits: findings.length,
    };
  },
};
