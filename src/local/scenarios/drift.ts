/** Scenarios in which somebody changes AWS between plan, approval and undo. */
import type { LocalWorld } from '../local-world.ts';
import { exampleInstance } from './guardduty-event.ts';
import type { Scenario } from './scenario.ts';

const place = (world: LocalWorld) => world.aws.partition('123456789012', 'eu-west-1');

export const attachInterface: Scenario = {
  id: 'attach-interface',
  title: 'Drift: a third interface appears',
  description:
    'Run it between request and approval: what was approved is no longer all of the server, so the approval is void and a new plan is posted.',
  run: async (world) => {
    const partition = place(world);
    const instance = partition.instances.get(exampleInstance.instance);
    const like = partition.interfaces.get(exampleInstance.interfaces[1]);
    if (!instance || !like) return;
    const index = [...partition.interfaces.values()].filter(
      (one) => one.instance === instance.id,
    ).length;
    const id = `eni-0a1b2c3d4e5f6071${index + 1}`;
    partition.interfaces.set(id, { ...like, id, deviceIndex: index, ip: `10.0.3.${18 + index}` });
  },
};

export const changeGroups: Scenario = {
  id: 'change-groups',
  title: 'Drift: only a before-value changes',
  description:
    'Run it between request and approval: another security group on one interface. The end state is the same, so it runs, and the card discloses the change.',
  run: async (world) => {
    const one = place(world).interfaces.get(exampleInstance.interfaces[1]);
    if (one) one.groups = [...new Set([...one.groups, 'sg-0a1b2c3d4e5f60711'])];
  },
};

export const changeAfterContainment: Scenario = {
  id: 'drift-before-undo',
  title: 'Drift: somebody opens the isolated server',
  description:
    'Run it on a contained server: one interface gets its old group back by hand. Undo refuses and shows the difference.',
  run: async (world) => {
    const one = place(world).interfaces.get(exampleInstance.interfaces[0]);
    if (one) one.groups = ['sg-0a1b2c3d4e5f60712'];
  },
};

export const tamperQuarantine: Scenario = {
  id: 'tamper-quarantine',
  title: 'Attack: the quarantine group is opened',
  description:
    'An attacker adds an ingress rule to the quarantine group. The next plan refuses to use it.',
  run: async (world) => {
    for (const group of place(world).groups.values())
      if (group.name.startsWith('cordon-quarantine'))
        group.ingress = [
          { protocol: 'tcp', from: 22, to: 22, peer: { kind: 'ipv4', value: '0.0.0.0/0' } },
        ];
  },
};
