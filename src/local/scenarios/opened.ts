/** Scenarios in which somebody opens something to the world: the change, then CloudTrail's event. */
import type { LocalWorld } from '../local-world.ts';
import { backup, goldenImage } from '../world/seed-copies.ts';
import type { SecurityRule } from '../world/state.ts';
import { callEvent } from './call-event.ts';
import type { Scenario } from './scenario.ts';

const place = (world: LocalWorld) => world.aws.partition('123456789012', 'eu-west-1');

const admin = 'sg-0a1b2c3d4e5f60712';
const stranger = '210987654321';

const ssh = (kind: 'ipv4' | 'ipv6', value: string): SecurityRule => ({
  protocol: 'tcp',
  from: 22,
  to: 22,
  peer: { kind, value },
  description: 'temporary, for debugging',
});

export const openedGroup: Scenario = {
  id: 'open-group',
  title: 'A security group is opened to the world',
  description:
    'ci-deploy lets SSH in from everywhere, on both IP versions. One responder may revoke those rules, and undo brings them back.',
  run: async (world) => {
    const group = place(world).groups.get(admin);
    const opened = [ssh('ipv4', '0.0.0.0/0'), ssh('ipv6', '::/0')];
    if (group)
      group.ingress = [...group.ingress.filter(({ peer }) => !/\/0$/.test(peer.value)), ...opened];
    const request = {
      groupId: admin,
      ipPermissions: {
        items: [
          {
            ipProtocol: 'tcp',
            fromPort: 22,
            toPort: 22,
            ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] },
            ipv6Ranges: { items: [{ cidrIpv6: '::/0' }] },
          },
        ],
      },
    };
    const call = { name: 'AuthorizeSecurityGroupIngress', request, number: 1 };
    await world.events([callEvent(call, world.clock.now())]);
  },
};

export const publicSnapshot: Scenario = {
  id: 'public-snapshot',
  title: 'A backup is made public',
  description:
    'ci-deploy shares the backup of checkout-api with everybody and with a strange account. One responder may make it private again.',
  run: async (world) => {
    const snapshot = place(world).snapshots.get(backup);
    if (snapshot) snapshot.sharedWith = ['all', stranger];
    const request = {
      snapshotId: backup,
      attributeType: 'CREATE_VOLUME_PERMISSION',
      createVolumePermission: { add: { items: [{ group: 'all' }, { userId: stranger }] } },
    };
    const call = { name: 'ModifySnapshotAttribute', request, number: 2 };
    await world.events([callEvent(call, world.clock.now())]);
  },
};

export const sharedImage: Scenario = {
  id: 'shared-image',
  title: 'A machine image is given away',
  description:
    'ci-deploy shares the golden image with an account that nobody knows. One responder may make it private again; accounts of ours keep it.',
  run: async (world) => {
    const image = place(world).images.get(goldenImage);
    if (image) image.sharedWith = ['111122223333', stranger];
    const request = {
      imageId: goldenImage,
      attributeType: 'launchPermission',
      launchPermission: { add: { items: [{ userId: stranger }] } },
    };
    const call = { name: 'ModifyImageAttribute', request, number: 3 };
    await world.events([callEvent(call, world.clock.now())]);
  },
};
