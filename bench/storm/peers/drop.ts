/**
 * A: one function and one message for each finding; a 429 is logged and the finding is gone. So does
 * terraform-aws-modules/terraform-aws-notify-slack.
 */
import { gigabyteSeconds, type Policy } from './policy.ts';

const megabytes = 128;

export const drop: Policy = {
  name: 'A one message each, dropped on 429',
  async run({ clock, slack, findings }) {
    const delays: number[] = [];
    let worked = 0;
    await Promise.all(
      findings.map(async ({ at }) => {
        await clock.until(at);
        const from = clock.now();
        const answer = await slack.post();
        worked += clock.now() - from;
        if (answer.kind === 'posted') delays.push(answer.at - at);
      }),
    );
    return { delays, gbSeconds: gigabyteSeconds(worked, megabytes), writeUnits: 0 };
  },
};
