/** The lives of the actions on functions, containers, databases, keys, secrets and records. */
import { makeDatabasePrivate } from '../../../src/actions/make-database-private.ts';
import { restoreDetector } from '../../../src/actions/restore-detector.ts';
import { restoreKmsKey } from '../../../src/actions/restore-kms-key.ts';
import { restoreRecorder } from '../../../src/actions/restore-recorder.ts';
import { restoreTrailLogging } from '../../../src/actions/restore-trail-logging.ts';
import { rotateSecret } from '../../../src/actions/rotate-secret.ts';
import { scaleServiceToZero } from '../../../src/actions/scale-service-to-zero.ts';
import { stopFunction } from '../../../src/actions/stop-function.ts';
import { stopTask } from '../../../src/actions/stop-task.ts';
import { unshareDatabaseSnapshot } from '../../../src/actions/unshare-database-snapshot.ts';
import {
  exampleKey,
  exampleService,
  exampleTask,
  memberDetector,
  resizeImages,
} from '../../../src/local/world/seed-services.ts';
import type { World } from '../../../src/local/world/world.ts';
import { account, region } from '../bench.ts';
import { alter, one, servicesOf } from '../example-services.ts';
import type { Lifecycle } from '../life.ts';

const where = { account, region } as const;

const functionIn = (world: World) => one(servicesOf(world).functions, resizeImages);

const reserve = (reserved: number) => (world: World) =>
  alter(servicesOf(world).functions, resizeImages, { reserved });

export const stoppedFunction: Lifecycle = {
  action: stopFunction,
  target: { kind: 'function', id: resizeImages, ...where },
  look: (world) => {
    const { reserved, provisioned } = functionIn(world);
    return { reserved, provisioned: Object.fromEntries(provisioned) };
  },
  contained: { reserved: 0, provisioned: {} },
  tamper: reserve(10),
  drift: reserve(3),
};

const withProvisioned: Lifecycle = {
  ...stoppedFunction,
  arrange: (world) => {
    const found = functionIn(world);
    found.reserved = 20;
    found.provisioned.set('live', 5).set('7', 2);
  },
  tamper: (world) => void functionIn(world).provisioned.set('live', 1),
};

const serviceIn = (world: World) => one(servicesOf(world).services, exampleService);

export const scaledToZero: Lifecycle = {
  action: scaleServiceToZero,
  target: { kind: 'service', id: exampleService, ...where },
  look: (world) => ({
    desired: serviceIn(world).desired,
    suspended: serviceIn(world).scaling?.suspended.length,
  }),
  contained: { desired: 0, suspended: 3 },
  takes: 60,
  tamper: (world) => alter(servicesOf(world).services, exampleService, { desired: 3 }),
  drift: (world) => alter(servicesOf(world).services, exampleService, { desired: 2 }),
};

const stoppedTask: Lifecycle = {
  action: stopTask,
  target: { kind: 'task', id: exampleTask, ...where },
  look: (world) => one(servicesOf(world).tasks, exampleTask).status !== 'RUNNING',
  contained: true,
  takes: 60,
  final: true,
};

const setDatabase = (publiclyAccessible: boolean) => (world: World) =>
  alter(servicesOf(world).databases, 'orders', { publiclyAccessible });

export const privateDatabase: Lifecycle = {
  action: makeDatabasePrivate,
  target: { kind: 'database', id: 'orders', ...where },
  arrange: setDatabase(true),
  look: (world) => one(servicesOf(world).databases, 'orders').publiclyAccessible,
  contained: false,
  takes: 180,
  tamper: setDatabase(true),
  drift: (world) => void servicesOf(world).databases.clear(),
};

/** Three instances of one cluster, of which two are public. */
export const addCluster = (engine: string) => (world: World) => {
  const { databases } = servicesOf(world);
  for (const [id, publiclyAccessible] of [
    ['ledger-1', true],
    ['ledger-2', false],
    ['ledger-3', true],
  ] as const)
    databases.set(id, {
      ...one(databases, 'orders'),
      ...{ id, cluster: 'ledger', engine, publiclyAccessible },
    });
};

const privateCluster: Lifecycle = {
  ...privateDatabase,
  target: { kind: 'database', id: 'ledger', ...where },
  arrange: addCluster('aurora-postgresql'),
  look: (world) =>
    ['ledger-1', 'ledger-2', 'ledger-3'].map(
      (id) => one(servicesOf(world).databases, id).publiclyAccessible,
    ),
  contained: [false, false, false],
  tamper: (world) => alter(servicesOf(world).databases, 'ledger-2', { publiclyAccessible: true }),
};

const stranger = '210987654321';

const share = (receivers: readonly string[], kind: 'instance' | 'cluster') => (world: World) =>
  alter(servicesOf(world).dbSnapshots, 'orders-2026', { kind, sharedWith: receivers });

const unshared = (kind: 'instance' | 'cluster'): Lifecycle => ({
  action: unshareDatabaseSnapshot,
  target: { kind: 'database-snapshot', id: 'orders-2026', ...where },
  arrange: share(['all', stranger], kind),
  look: (world) => one(servicesOf(world).dbSnapshots, 'orders-2026').sharedWith,
  contained: [],
  tamper: share(['all'], kind),
  drift: share(['109876543210'], kind),
});

export const unsharedDatabase = unshared('instance');

const setKey = (state: 'Disabled' | 'PendingDeletion') => (world: World) =>
  alter(servicesOf(world).keys, exampleKey, {
    state,
    ...(state === 'PendingDeletion' ? { deletionAt: '2026-11-29T00:00:00.000Z' } : {}),
  });

export const keptKey: Lifecycle = {
  action: restoreKmsKey,
  target: { kind: 'kms-key', id: exampleKey, ...where },
  arrange: setKey('PendingDeletion'),
  look: (world) => one(servicesOf(world).keys, exampleKey).state,
  contained: 'Enabled',
  undone: 'Disabled',
  tamper: setKey('PendingDeletion'),
  drift: (world) => void servicesOf(world).keys.delete(exampleKey),
};

const enabledKey: Lifecycle = {
  ...keptKey,
  arrange: setKey('Disabled'),
  tamper: setKey('Disabled'),
};

const setTrail = (logging: boolean) => (world: World) =>
  alter(servicesOf(world).trails, 'organization', { logging });
const setDetector = (enabled: boolean) => (world: World) => {
  const found = world.partition(account, region).detector;
  if (found) found.enabled = enabled;
};
const setRecorder = (recording: boolean) => (world: World) =>
  alter(servicesOf(world).recorders, 'default', { recording });

/** What attackers switch off first. */
export const recordLives: readonly Lifecycle[] = [
  {
    action: restoreTrailLogging,
    target: { kind: 'trail', id: 'organization', ...where },
    arrange: setTrail(false),
    look: (world) => one(servicesOf(world).trails, 'organization').logging,
    contained: true,
    tamper: setTrail(false),
    drift: (world) => void servicesOf(world).trails.clear(),
  },
  {
    action: restoreDetector,
    target: { kind: 'detector', id: memberDetector, ...where },
    arrange: setDetector(false),
    look: (world) => world.partition(account, region).detector?.enabled,
    contained: true,
    tamper: setDetector(false),
    drift: (world) => void delete world.partition(account, region).detector,
  },
  {
    action: restoreRecorder,
    target: { kind: 'recorder', id: 'default', ...where },
    arrange: setRecorder(false),
    look: (world) => one(servicesOf(world).recorders, 'default').recording,
    contained: true,
    tamper: setRecorder(false),
    drift: (world) => void servicesOf(world).recorders.clear(),
  },
];

const oldVersion = 'EXAMPLE1-90ab-cdef-fedc-ba987EXAMPLE';

const rotated: Lifecycle = {
  action: rotateSecret,
  target: { kind: 'secret', id: 'orders-password', ...where },
  look: (world) => {
    const { pending, current } = one(servicesOf(world).secrets, 'orders-password');
    return (pending ?? current) !== oldVersion;
  },
  contained: true,
  takes: 30,
  final: true,
  repeatable: true,
};

export const serviceLives: readonly Lifecycle[] = [
  stoppedFunction,
  withProvisioned,
  scaledToZero,
  stoppedTask,
  privateDatabase,
  privateCluster,
  unsharedDatabase,
  unshared('cluster'),
  keptKey,
  enabledKey,
  ...recordLives,
  rotated,
];
