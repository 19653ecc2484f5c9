/** Makes the functions, keys, trails and the like exist that a finding names, as it says they are. */
import type { Resource, ResourceKind } from '../../findings/finding.ts';
import { at, identifier } from '../../findings/read.ts';
import type { ServiceState } from './service-state.ts';
import type { Partition } from './state.ts';
import type { World } from './world.ts';

type Make = (
  target: Resource,
  place: { readonly world: World; readonly partition: Partition; readonly event: unknown },
) => void;

const call = (event: unknown): string => identifier(at(event, 'detail', 'eventName'));

/** Enters it where it is not there yet. */
const enter = <T>(things: Map<string, T>, id: string, thing: T): void => {
  if (!things.has(id)) things.set(id, thing);
};

/** `cluster/id` in two. */
const clustered = (id: string): readonly [string, string] => {
  const [cluster = '', ...rest] = id.split('/');
  return [cluster, rest.join('/')];
};

const ensureService = (services: ServiceState['services'], id: string): void => {
  const [cluster, name] = clustered(id);
  enter(services, id, {
    ...{ cluster, name, strategy: 'REPLICA', launchType: 'FARGATE', status: 'ACTIVE' },
    ...{ tags: {}, desired: 2, running: 2 },
  });
};

const makers: Readonly<Partial<Record<ResourceKind, Make>>> = {
  function: ({ id, account }, { partition }) =>
    enter(partition.services.functions, id, {
      ...{ name: id, role: `arn:aws:iam::${account}:role/${id}`, timeout: 60, tags: {} },
      ...{ provisioned: new Map(), sources: [] },
    }),
  service: ({ id }, { partition }) => ensureService(partition.services.services, id),
  task: ({ id }, { partition, event }) => {
    const [cluster, name] = clustered(id);
    const details = at(event, 'detail', 'resource', 'ecsClusterDetails', 'taskDetails');
    const image = identifier(at(details, 'containers', '0', 'image')) || 'example:1';
    enter(partition.services.tasks, id, {
      ...{ cluster, id: name, image, tags: {}, status: 'RUNNING', launchType: 'FARGATE' },
      group: String(at(details, 'group') ?? 'family:example'),
    });
  },
  database: ({ id }, { partition }) =>
    enter(partition.services.databases, id, {
      ...{ id, engine: 'postgres', port: 5432, publiclyAccessible: true },
      ...{ status: 'available', tags: {}, groups: [] },
    }),
  'database-snapshot': ({ id }, { partition }) =>
    enter(partition.services.dbSnapshots, id, {
      ...{ id, of: id, kind: 'instance', encrypted: false, tags: {}, sharedWith: ['all'] },
    }),
  'kms-key': ({ id }, { partition, event }) =>
    enter(partition.services.keys, id, {
      ...{ id, manager: 'CUSTOMER', tags: {} },
      state: call(event) === 'ScheduleKeyDeletion' ? 'PendingDeletion' : 'Disabled',
    }),
  secret: ({ id, account, region }, { partition }) =>
    enter(partition.services.secrets, id, {
      ...{ name: id, suffix: 'a1B2c3', tags: {}, current: 'EXAMPLE1-90ab-cdef-fedc-ba987EXAMPLE' },
      rotationFunction: `arn:aws:lambda:${region}:${account}:function:rotate-example`,
    }),
  trail: ({ id, region }, { partition, event }) =>
    enter(partition.services.trails, id, {
      ...{ name: id, homeRegion: region, bucket: 'example-trail', tags: {} },
      logging: call(event) !== 'StopLogging',
    }),
  recorder: ({ id }, { partition, event }) =>
    enter(partition.services.recorders, id, {
      name: id,
      recording: call(event) !== 'StopConfigurationRecorder',
    }),
  detector: ({ id }, { partition, event }) => {
    partition.detector ??= { id, findings: new Map(), enabled: call(event) !== 'UpdateDetector' };
  },
  account: ({ id }, { world }) => {
    const organization = world.account(world.securityAccount).organization;
    if (organization) enter(organization.attached, id, ['p-FullAWSAccess']);
  },
};

/** What is already there stays as it is. */
export const materialiseService = (world: World, target: Resource, event: unknown): void =>
  makers[target.kind]?.(target, {
    ...{ world, event },
    partition: world.partition(target.account, target.region),
  });
