/** Disks of the example organisation, a backup and a machine image. Every id is made up. */
import type { Partition } from './state.ts';

const volumes = [
  ['vol-0a1b2c3d4e5f60711', 'i-0a1b2c3d4e5f60718', '/dev/xvda', 8],
  ['vol-0a1b2c3d4e5f60712', 'i-0a1b2c3d4e5f60718', '/dev/xvdb', 100],
  ['vol-0f1e2d3c4b5a69781', 'i-0f1e2d3c4b5a69788', '/dev/xvda', 8],
] as const;

export const backup = 'snap-0a1b2c3d4e5f60718';
export const goldenImage = 'ami-0a1b2c3d4e5f60718';

export const seedCopies = ({ volumes: disks, snapshots, images }: Partition): void => {
  for (const [id, instance, device, size] of volumes)
    disks.set(id, {
      ...{ id, instance, device, size, encrypted: true, tags: { Name: `${id} data` } },
      // As AWS does for the root volume where nothing else is said.
      deletedWithInstance: device === '/dev/xvda',
    });
  snapshots.set(backup, {
    id: backup,
    volume: 'vol-0a1b2c3d4e5f60712',
    size: 100,
    encrypted: false,
    description: 'Nightly backup of checkout-api',
    state: 'completed',
    tags: { Name: 'checkout-api nightly' },
    sharedWith: [],
  });
  images.set(goldenImage, {
    id: goldenImage,
    name: 'checkout-golden',
    snapshots: [backup],
    tags: {},
    sharedWith: [],
  });
};
