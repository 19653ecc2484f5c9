/** Scenarios that send events. */
import {
  compromisedServer,
  guardDutyEvent,
  leakedKey,
  portScan,
  type Story,
} from './guardduty-event.ts';
import type { Scenario } from './scenario.ts';

const sends = (about: Omit<Scenario, 'run'>, story: Story): Scenario => ({
  ...about,
  run: async (world) => {
    await world.events([guardDutyEvent(story, world.clock.now())]);
  },
});

export const compromisedServerAlert = sends(
  {
    id: 'compromised-server',
    title: 'Server under attack',
    description:
      'checkout-api talks to a control server. Isolate it as Maria, approve as Ana, then undo.',
  },
  compromisedServer,
);

export const leakedKeyAlert = sends(
  {
    id: 'leaked-key',
    title: 'Leaked access key',
    description:
      'The key of ci-deploy is used from a bad address. One responder may deactivate it.',
  },
  leakedKey,
);

export const portScanAlert = sends(
  {
    id: 'port-scan',
    title: 'Noisy port scan',
    description:
      'checkout-worker checks a partner, as agreed: suppress it with a reason and an end.',
  },
  portScan,
);

export const repeatedAlert: Scenario = {
  id: 'repeat',
  title: 'The same finding again',
  description: 'GuardDuty saw it three more times: the card is edited, no second one is posted.',
  run: async (world) => {
    const again = { ...compromisedServer, count: compromisedServer.count + 3, minutes: 24 };
    await world.events([guardDutyEvent(again, world.clock.now() + 60_000)]);
  },
};
