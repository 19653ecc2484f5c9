/**
 * B: one worker after a queue, one message each; after a 429 it sleeps as long as Slack asks and then
 * takes the next one, without sending again. So does Cloud Custodian's c7n-mailer, which also looks
 * only every five minutes: here it is always looking.
 */
import { gigabyteSeconds, type Policy } from './policy.ts';

const megabytes = 1024;

export const sleepDrop: Policy = {
  name: 'B sleeps Retry-After, then drops',
  async run({ clock, slack, findings }) {
    const delays: number[] = [];
    let worked = 0;
    for (const { at } of findings) {
      await clock.until(at);
      const from = clock.now();
      const answer = await slack.post();
      if (answer.kind === 'posted') delays.push(answer.at - at);
      else await clock.sleep(answer.retryAfter * 1000);
      worked += clock.now() - from;
    }
    return { delays, gbSeconds: gigabyteSeconds(worked, megabytes), writeUnits: 0 };
  },
};
