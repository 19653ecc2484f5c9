/**
 * What a GuardDuty finding is about, from `resource`.
 * https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Resource.html
 */
import type { Resource } from './finding.ts';
import { at, identifier, list, text } from './read.ts';
import { distinct, keyOrPrincipal, named, nameTag, type Where } from './resource.ts';

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
  const first = readers.filter(([name]) => name.toLowerCase() === type);
  const others = readers.filter(([name]) => name.toLowerCase() !== type);
  const found = [...first, ...others].flatMap(([, read]) => read(resource, where));
  return distinct([...found, ...more], 19);
};

const instance: Reader = (resource, where) => {
  const details = at(resource, 'instanceDetails');
  const id = identifier(at(details, 'instanceId'));
  const name = nameTag(at(details, 'tags'));
  return id ? [{ kind: 'instance', id, ...where, ...named(id, name) }] : [];
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
  ['AccessKey', (resource, where) => keyOrPrincipal(at(resource, 'accessKeyDetails'), where)],
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
