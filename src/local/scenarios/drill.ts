/** A drill, as the person on call would begin it. */
import type { Scenario } from './scenario.ts';

export const aDrill: Scenario = {
  id: 'drill',
  title: 'A drill: a stolen key, rehearsed',
  description:
    'Maria asks Ana and Lee to rehearse. Work on the card as on a real one: nothing of it changes the AWS on the right. Something goes wrong on purpose; resolve it, then the thread tells the score.',
  run: async (world) => {
    await world.gesture(
      world.slack.command({
        user: 'U0MARIA',
        channel: world.config.channel,
        text: 'drill stolen-key @ana @lee',
      }),
    );
  },
};
