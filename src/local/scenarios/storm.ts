/** Scenario of a storm: far more at once than anybody can read, or Slack takes. */

import { compromisedServer, guardDutyEvent, portScan, type Story } from './guardduty-event.ts';
import type { Scenario } from './scenario.ts';

/** What the storm is made of; tests and the guide name them. */
export const stormSize = { servers: 12, findings: 120, low: 8 } as const;

const types = [
  'Backdoor:EC2/C&CActivity.B',
  'CryptoCurrency:EC2/BitcoinTool.B',
  'Trojan:EC2/DNSDataExfiltration',
  'Recon:EC2/Portscan',
] as const;

const hex = (n: number, digits: number): string => n.toString(16).padStart(digits, '0');

const about = (server: number) => ({
  resourceType: 'Instance',
  instanceDetails: {
    instanceId: `i-0bad${hex(server, 13)}`,
    tags: [{ key: 'Name', value: `build-agent-${server + 1}` }],
    networkInterfaces: [],
  },
});

/** Fewer for each server than for the one before, as it is in real ones. */
const serverOf = (n: number): number =>
  n < stormSize.servers ? n : Math.floor(stormSize.servers * ((n * 0.618) % 1) ** 2);

const stories = (seed: number): readonly Story[] => [
  ...Array.from({ length: stormSize.findings }, (_, n): Story => {
    const type = types[n % types.length] ?? types[0];
    return {
      ...compromisedServer,
      id: `5${hex(seed, 15)}${hex(n, 16)}`,
      type,
      severity: serverOf(n) % 3 === 0 ? 8 : 5,
      title: `${type} on a build agent.`,
      resource: about(serverOf(n)),
    };
  }),
  ...Array.from(
    { length: stormSize.low },
    (_, n): Story => ({
      ...portScan,
      id: `6${hex(seed, 15)}${hex(n, 16)}`,
      type: 'Recon:EC2/PortProbeUnprotectedPort',
      severity: 2,
    }),
  ),
];

export const storm: Scenario = {
  id: 'storm',
  title: 'A storm',
  description: `${stormSize.findings} findings about ${stormSize.servers} servers at once, and ${stormSize.low} for the digest. One roll-up counts them all, each case gets its card as fast as Slack allows, and a last message adds up. Watch the balance.`,
  run: async (world) => {
    const now = world.clock.now();
    const seed = Math.floor(now / 1000);
    await world.events(stories(seed).map((story) => guardDutyEvent(story, now)));
  },
};
