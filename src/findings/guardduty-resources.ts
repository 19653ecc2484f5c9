/**
 * What a GuardDuty finding is about, from `resource`.
 * https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Resource.html
 */
import { type Resource, type Untrusted, untrusted } from './finding.ts';
import { at, identifier, list, text } from './read.ts';

/** Account and Region of the finding. */
export interface Where {
  readonly account: string;
  readonly region: string;
}

type Reader = (resource: unknown, where: Where) => readonly Resource[];

/**
 * At most 19 resources (the finding itself is the twentieth), each once. The one that
 * `resourceType` names comes first, for the card has room for one.
 */
export const readResources = (
  resource: unknown,
  more: readonly Resource[],
  where: Where,
): readonly Resource[] => {
  const type = text(at(resource, 'resourceType'), 64).toLowerCase();
  const named = readers.filter(([name]) => name.toLowerCase() === type);
  const others = readers.filter(([name]) => name.toLowerCase() !== type);
  const found = [...named, ...others].flatMap(([, read]) => read(resource, where));
  const byId = new Map<string, Resource>();
  for (const item of [...found, ...more]) {
    const key = `${item.kind} ${item.account} ${item.id}`;
    if (!byId.has(key)) byId.set(key, item);
  }
  return [...byId.values()].slice(0, 19);
};

/** A name that is shown, none when it says no more than the id. */
export const named = (id: string, name: unknown): { readonly name?: Untrusted } => {
  const found = text(name, 256);
  return found && found !== id ? { name: untrusted(found) } : {};
};

/** An access key with its owner; keys that begin with ASIA belong to a session. */
export const accessKey = (id: string, owner: unknown, where: Where): Resource => {
  const user = text(at(owner, 'userName'), 256);
  const principalId = identifier(at(owner, 'principalId'));
  const userType = text(at(owner, 'userType'), 64);
  return {
    kind: 'access-key',
    id,
    ...where,
    temporary: id.startsWith('ASIA'),
    ...(user && { user: untrusted(user) }),
    ...(principalId && { principalId }),
    ...(userType && { userType }),
  };
};

const instance: Reader = (resource, where) => {
  const details = at(resource, 'instanceDetails');
  const id = identifier(at(details, 'instanceId'));
  const tags = list(at(details, 'tags'), 50);
  const name = tags.find((tag) => text(at(tag, 'key')) === 'Name');
  return id ? [{ kind: 'instance', id, ...where, ...named(id, at(name, 'value')) }] : [];
};

/** The key, or who used it when the finding names no key (a root or console sign-in). */
const keyOrPrincipal: Reader = (resource, where) => {
  const details = at(resource, 'accessKeyDetails');
  const id = identifier(at(details, 'accessKeyId'));
  if (id) return [accessKey(id, details, where)];
  const user = identifier(at(details, 'userName'));
  const userType = text(at(details, 'userType'));
  if (userType === 'Root') return [{ kind: 'account', id: where.account, ...where }];
  if (!user) return [];
  const kind = userType === 'AssumedRole' || userType === 'Role' ? 'role' : 'user';
  return [{ kind, id: user, ...where }];
};

/** A resource that is one object with an id and perhaps a name. */
const one =
  (
    kind: 'function' | 'cluster' | 'container' | 'database' | 'image' | 'other',
    details: string,
    fields: { readonly id: readonly string[]; readonly name?: string },
  ): Reader =>
  (resource, where) => {
    const found = at(resource, details);
    const id = fields.id.map((field) => identifier(at(found, field))).find(Boolean);
    return id ? [{ kind, id, ...where, ...named(id, fields.name && at(found, fields.name)) }] : [];
  };

const containers =
  (...path: readonly string[]): Reader =>
  (resource, where) =>
    list(at(resource, ...path)).flatMap((container) => {
      const id = identifier(at(container, 'id')) || identifier(at(container, 'name'));
      return id
        ? [{ kind: 'container', id, ...where, ...named(id, at(container, 'name')) } as const]
        : [];
    });

const buckets: Reader = (resource, where) =>
  list(at(resource, 's3BucketDetails')).flatMap((bucket) => {
    const id = identifier(at(bucket, 'name')) || identifier(at(bucket, 'arn'));
    return id ? [{ kind: 'bucket', id, ...where } as const] : [];
  });

/** By the value of `resourceType` that puts it first. */
const readers: readonly (readonly [resourceType: string, read: Reader])[] = [
  ['S3Bucket', buckets],
  ['S3Object', buckets],
  ['AccessKey', keyOrPrincipal],
  ['Instance', instance],
  ['Lambda', one('function', 'lambdaDetails', { id: ['functionName', 'functionArn'] })],
  ['Container', one('container', 'containerDetails', { id: ['id', 'name'], name: 'name' })],
  ['ECSCluster', one('cluster', 'ecsClusterDetails', { id: ['name', 'arn'] })],
  ['ECSTask', containers('ecsClusterDetails', 'taskDetails', 'containers')],
  ['EKSCluster', one('cluster', 'eksClusterDetails', { id: ['name', 'arn'] })],
  [
    'KubernetesWorkload',
    containers('kubernetesDetails', 'kubernetesWorkloadDetails', 'containers'),
  ],
  [
    'RDSDBInstance',
    one('database', 'rdsDbInstanceDetails', { id: ['dbInstanceIdentifier', 'dbInstanceArn'] }),
  ],
  [
    'RDSLimitlessDB',
    one('database', 'rdsLimitlessDbDetails', { id: ['dbShardGroupIdentifier', 'dbShardGroupArn'] }),
  ],
  ['EC2Image', one('image', 'ec2ImageDetails', { id: ['imageArn'] })],
  ['EBSSnapshot', one('other', 'ebsSnapshotDetails', { id: ['snapshotArn'] })],
  ['RecoveryPoint', one('other', 'recoveryPointDetails', { id: ['recoveryPointArn'] })],
];
