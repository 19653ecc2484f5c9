/** Functions, keys, databases and the like of the example organisation. Every id is made up. */
import { rootId } from './organizations.ts';
import type { Account, Partition } from './state.ts';

export const resizeImages = 'resize-images';
export const exampleKey = '1234abcd-12ab-34cd-56ef-1234567890ab';
export const memberDetector = '34cd90ef12ab56789012cdef34567890';
export const exampleTask = 'shop/0123456789abcdef0123456789abcdef';
export const exampleService = 'shop/checkout';

const seedCompute = ({ account, region, services }: Partition): void => {
  services.ssm.agents.set('i-0a1b2c3d4e5f60718', 'Linux');
  services.functions.set(resizeImages, {
    name: resizeImages,
    role: `arn:aws:iam::${account}:role/resize-images`,
    timeout: 60,
    tags: {},
    provisioned: new Map(),
    sources: [`arn:aws:sqs:${region}:${account}:uploaded-images`],
  });
  services.services.set(exampleService, {
    cluster: 'shop',
    name: 'checkout',
    strategy: 'REPLICA',
    launchType: 'FARGATE',
    targetGroup: `arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/checkout/0123456789abcdef`,
    status: 'ACTIVE',
    tags: {},
    desired: 3,
    running: 3,
    scaling: { minimum: 2, maximum: 12, suspended: [] },
  });
  services.tasks.set(exampleTask, {
    cluster: 'shop',
    id: '0123456789abcdef0123456789abcdef',
    group: 'service:checkout',
    launchType: 'FARGATE',
    image: `${account}.dkr.ecr.${region}.amazonaws.com/checkout:42`,
    tags: {},
    status: 'RUNNING',
  });
};

const seedData = ({ services }: Partition): void => {
  services.keys.set(exampleKey, {
    id: exampleKey,
    state: 'Enabled',
    manager: 'CUSTOMER',
    tags: {},
  });
  services.secrets.set('orders-password', {
    name: 'orders-password',
    suffix: 'a1B2c3',
    rotationFunction:
      'arn:aws:lambda:eu-west-1:123456789012:function:SecretsManagerPostgreSQLRotation',
    tags: {},
    current: 'EXAMPLE1-90ab-cdef-fedc-ba987EXAMPLE',
    lastAccessed: '2026-11-22T00:00:00.000Z',
  });
  services.databases.set('orders', {
    id: 'orders',
    engine: 'postgres',
    port: 5432,
    publiclyAccessible: false,
    status: 'available',
    tags: {},
    groups: ['sg-0a1b2c3d4e5f60712'],
  });
  services.dbSnapshots.set('orders-2026', {
    id: 'orders-2026',
    of: 'orders',
    kind: 'instance',
    encrypted: false,
    tags: {},
    sharedWith: [],
  });
};

const seedRecords = ({ region, services }: Partition): void => {
  services.trails.set('organization', {
    name: 'organization',
    homeRegion: region,
    bucket: 'example-trail',
    logging: true,
    tags: {},
  });
  services.recorders.set('default', { name: 'default', recording: true });
};

export const seedServices = (partition: Partition, administrator: string): void => {
  seedCompute(partition);
  seedData(partition);
  seedRecords(partition);
  partition.detector = { id: memberDetector, administrator, findings: new Map() };
};

/** The security account may manage the organisation's policies for it. */
export const seedOrganization = (security: Account, accounts: readonly string[]): void => {
  const everything = {
    id: 'p-FullAWSAccess',
    name: 'FullAWSAccess',
    description: 'Allows access to every operation',
    content:
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
  };
  security.organization = {
    id: 'o-exampleorgid',
    management: '555566667777',
    policies: new Map([[everything.id, everything]]),
    attached: new Map([...accounts, rootId].map((id) => [id, [everything.id]])),
    units: new Map(),
    names: new Map(),
    states: new Map(),
    tags: new Map(),
  };
};
