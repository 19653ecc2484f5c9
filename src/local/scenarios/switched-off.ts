/** Scenarios in which somebody switches off what watches, or opens and dooms what is kept. */
import type { LocalWorld } from '../local-world.ts';
import { exampleKey, memberDetector } from '../world/seed-services.ts';
import { type Call, callEvent } from './call-event.ts';
import type { Scenario } from './scenario.ts';

const place = (world: LocalWorld) => world.aws.partition('123456789012', 'eu-west-1');
const servicesOf = (world: LocalWorld) => place(world).services;

/** The change in AWS, then CloudTrail's event about the call. */
const done = (
  words: Omit<Scenario, 'run'>,
  call: Call,
  change: (world: LocalWorld) => void,
): Scenario => ({
  ...words,
  run: async (world) => {
    change(world);
    await world.events([callEvent(call, world.clock.now())]);
  },
});

/** Sets values of one thing of the example. */
const set = <T extends object>(thing: T | undefined, values: Partial<T>): void => {
  if (thing) Object.assign(thing, values);
};

export const stoppedTrail = done(
  {
    id: 'stopped-trail',
    title: 'The trail is stopped',
    description: 'ci-deploy stops the logging of API calls. One responder may start it again.',
  },
  { name: 'StopLogging', service: 'cloudtrail', request: { name: 'organization' }, number: 4 },
  (world) =>
    set(servicesOf(world).trails.get('organization'), {
      logging: false,
      stoppedAt: new Date(world.clock.now()).toISOString(),
    }),
);

export const suspendedDetector = done(
  {
    id: 'suspended-detector',
    title: 'GuardDuty is suspended',
    description:
      'ci-deploy disables the detector of its account. One responder may enable it again.',
  },
  {
    name: 'UpdateDetector',
    service: 'guardduty',
    request: { detectorId: memberDetector, enable: false },
    number: 5,
  },
  (world) => set(place(world).detector, { enabled: false }),
);

export const stoppedRecorder = done(
  {
    id: 'stopped-recorder',
    title: 'Config stops recording',
    description: 'ci-deploy stops the configuration recorder. One responder may start it again.',
  },
  {
    name: 'StopConfigurationRecorder',
    service: 'config',
    request: { configurationRecorderName: 'default' },
    number: 6,
  },
  (world) => set(servicesOf(world).recorders.get('default'), { recording: false }),
);

export const doomedKey = done(
  {
    id: 'doomed-key',
    title: 'A key is going to be deleted',
    description:
      'ci-deploy plans the deletion of an encryption key in seven days. One responder may cancel that and enable the key.',
  },
  {
    name: 'ScheduleKeyDeletion',
    service: 'kms',
    request: { keyId: exampleKey, pendingWindowInDays: 7 },
    number: 7,
  },
  (world) =>
    set(servicesOf(world).keys.get(exampleKey), {
      state: 'PendingDeletion',
      deletionAt: new Date(world.clock.now() + 7 * 86_400_000).toISOString(),
    }),
);

export const openedSecret = done(
  {
    id: 'opened-secret',
    title: 'A secret is opened to a strange account',
    description:
      'ci-deploy lets an account that nobody knows read orders-password. Rotate it: there is no way back to the old value.',
  },
  {
    name: 'PutResourcePolicy',
    service: 'secretsmanager',
    request: {
      secretId: 'orders-password',
      resourcePolicy: JSON.stringify({
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: '210987654321' },
            Action: 'secretsmanager:GetSecretValue',
            Resource: '*',
          },
        ],
      }),
    },
    number: 8,
  },
  () => undefined,
);

export const publicDatabase = done(
  {
    id: 'public-database',
    title: 'A database gets a public address',
    description: 'ci-deploy makes the database orders public. One responder may make it private.',
  },
  {
    name: 'ModifyDBInstance',
    service: 'rds',
    request: { dBInstanceIdentifier: 'orders', publiclyAccessible: true },
    number: 9,
  },
  (world) => set(servicesOf(world).databases.get('orders'), { publiclyAccessible: true }),
);

export const publicDatabaseSnapshot = done(
  {
    id: 'public-database-snapshot',
    title: 'A backup of a database is made public',
    description:
      'ci-deploy shares a snapshot of orders with everybody. One responder may take it back.',
  },
  {
    name: 'ModifyDBSnapshotAttribute',
    service: 'rds',
    request: {
      dBSnapshotIdentifier: 'orders-2026',
      attributeName: 'restore',
      valuesToAdd: ['all'],
    },
    number: 10,
  },
  (world) => set(servicesOf(world).dbSnapshots.get('orders-2026'), { sharedWith: ['all'] }),
);

export const rootAtWork = done(
  {
    id: 'root-at-work',
    title: 'The root user makes a bucket',
    description:
      'Somebody works as root of prod-payments. If nobody of yours does, quarantine the account: two approvers confirm with their passkeys.',
  },
  {
    name: 'CreateBucket',
    service: 's3',
    by: 'root',
    request: { bucketName: 'example-new' },
    number: 11,
  },
  () => undefined,
);
