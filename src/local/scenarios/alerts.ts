/** Scenarios that send events. */
import { logCall } from '../world/trail-events.ts';
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

/** What the thief did with the key in the nine minutes before. */
const theft = [
  [8, 'ec2.amazonaws.com', 'DescribeInstances', undefined],
  [7, 's3.amazonaws.com', 'ListBuckets', undefined],
  [6, 'iam.amazonaws.com', 'CreateUser', 'AccessDenied'],
  [5, 'iam.amazonaws.com', 'AttachUserPolicy', 'AccessDenied'],
  [4, 'cloudtrail.amazonaws.com', 'StopLogging', 'AccessDenied'],
  [3, 'ec2.amazonaws.com', 'TerminateInstances', undefined],
] as const;

export const leakedKeyAlert: Scenario = {
  id: 'leaked-key',
  title: 'Leaked access key',
  description:
    'The key of ci-deploy is used from a bad address. Read the evidence in the thread: who it is, what it did, what is new. One responder may deactivate it.',
  run: async (world) => {
    const account = '123456789012';
    for (const [minutes, source, name, error] of theft)
      logCall(
        world.aws,
        { account, region: source.startsWith('iam') ? 'us-east-1' : 'eu-west-1' },
        {
          id: `theft-${name}`,
          at: new Date(world.clock.now() - minutes * 60_000).toISOString(),
          name,
          source,
          user: 'ci-deploy',
          key: 'AKIAIOSFODNN7EXAMPLE',
          from: '198.51.100.77',
          agent: 'aws-cli/2.27.1',
          ...(error ? { error } : {}),
        },
      );
    await world.events([guardDutyEvent(leakedKey, world.clock.now())]);
  },
};

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
