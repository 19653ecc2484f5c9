/** A scenario in which something runs by itself, unless somebody stops it. */
import { compromisedServer, guardDutyEvent } from './guardduty-event.ts';
import type { Scenario } from './scenario.ts';

const account = '111122223333';
const instance = 'i-0c5d6e7f8a9b01234';

export const automationCountdown: Scenario = {
  id: 'automation',
  title: 'Automation counts down on a sandbox server',
  description:
    'load-test is tagged as a sandbox, and the configuration isolates those by itself. Stop it as Maria, run it at once as Ana, or let the two minutes pass and review it; /cordon automation shows it, and switches it off.',
  run: async (world) => {
    const event = guardDutyEvent(
      {
        ...compromisedServer,
        id: '5e2d9a4c7b1f4d0ea3c8b6f1d2e3a4b5',
        title: `Command and Control server IP address queried by EC2 instance ${instance}.`,
        description: `EC2 instance ${instance} is querying a known Command & Control server.`,
        resource: {
          resourceType: 'Instance',
          instanceDetails: {
            instanceId: instance,
            tags: [
              { key: 'Name', value: 'load-test' },
              { key: 'environment', value: 'sandbox' },
            ],
            networkInterfaces: [
              { networkInterfaceId: 'eni-0c5d6e7f8a9b01234', privateIpAddress: '10.1.0.12' },
            ],
          },
        },
      },
      world.clock.now(),
    );
    await world.events([JSON.parse(JSON.stringify(event).replaceAll('123456789012', account))]);
  },
};
