/** The lives of the actions on buckets, and on what was copied and shared. */
import { blockPublicAccess } from '../../../src/actions/block-public-access.ts';
import { makeImagePrivate } from '../../../src/actions/make-image-private.ts';
import { quarantineBucket } from '../../../src/actions/quarantine-bucket.ts';
import { unshareSnapshot } from '../../../src/actions/unshare-snapshot.ts';
import type { Resource } from '../../../src/findings/finding.ts';
import { openBucket } from '../../../src/local/world/seed-buckets.ts';
import { backup, goldenImage } from '../../../src/local/world/seed-copies.ts';
import type { World } from '../../../src/local/world/world.ts';
import { account, region } from '../bench.ts';
import { placeOf } from '../example-network.ts';
import type { Lifecycle } from '../life.ts';

const bucket = (id: string): Resource => ({ kind: 'bucket', id, account, region });

const everySetting = [
  'BlockPublicAcls',
  'BlockPublicPolicy',
  'IgnorePublicAcls',
  'RestrictPublicBuckets',
];

const setBlock = (id: string, block: readonly string[]) => (world: World) => {
  const found = placeOf(world).buckets.get(id);
  if (found) found.block = block;
};

/** Partly blocked, so that undo writes settings instead of taking them away. */
const website = (world: World): void =>
  void placeOf(world).buckets.set(
    'example-website',
    openBucket('example-website', { block: ['BlockPublicAcls'] }),
  );

const closed: Lifecycle = {
  action: blockPublicAccess,
  target: bucket('example-invoices'),
  look: (world) => placeOf(world).buckets.get('example-invoices')?.block?.toSorted(),
  contained: everySetting,
  tamper: setBlock('example-invoices', []),
  drift: setBlock('example-invoices', ['BlockPublicAcls']),
};

const closedWebsite: Lifecycle = {
  ...closed,
  target: bucket('example-website'),
  arrange: website,
  look: (world) => placeOf(world).buckets.get('example-website')?.block?.toSorted(),
  tamper: setBlock('example-website', []),
  drift: setBlock('example-website', ['IgnorePublicAcls']),
};

const policyOf = (id: string) => (world: World) => placeOf(world).buckets.get(id)?.policy;
const denied = (id: string) => (world: World) => {
  const policy = policyOf(id)(world);
  return policy?.includes('CordonQuarantine') ? 'denied' : policy;
};
const setPolicy = (id: string) => (world: World) => {
  const found = placeOf(world).buckets.get(id);
  if (found) found.policy = '{"Version":"2012-10-17","Statement":[]}';
};

const quarantined = (id: string): Lifecycle => ({
  action: quarantineBucket,
  target: bucket(id),
  arrange: website,
  look: denied(id),
  contained: 'denied',
  drift: setPolicy(id),
});

const stranger = '210987654321';

const copyIn = (world: World, { kind, id }: Resource) => {
  const { snapshots, images } = placeOf(world);
  const found = kind === 'snapshot' ? snapshots.get(id) : images.get(id);
  if (!found) throw new Error(`The example has no ${kind} ${id}`);
  return found;
};

const unshared = (action: Lifecycle['action'], target: Resource): Lifecycle => ({
  action,
  target,
  arrange: (world) => void Object.assign(copyIn(world, target), { sharedWith: ['all', stranger] }),
  look: (world) => copyIn(world, target).sharedWith.toSorted(),
  contained: [],
  drift: (world) => void Object.assign(copyIn(world, target), { sharedWith: ['109876543210'] }),
});

export const dataLives: readonly Lifecycle[] = [
  closed,
  closedWebsite,
  quarantined('example-invoices'),
  quarantined('example-website'),
  unshared(unshareSnapshot, { kind: 'snapshot', id: backup, account, region }),
  unshared(makeImagePrivate, { kind: 'image', id: goldenImage, account, region }),
];
