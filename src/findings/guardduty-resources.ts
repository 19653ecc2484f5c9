/**
 * What a GuardDuty finding is about, from `resource`.
 * https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Resource.html
 */
import type { Resource } from './finding.ts';
import { at, identifier, isObject, list, text } from './read.ts';
import { distinct, keyOrPrincipal, named, nameTag, resourceNamed, type Where } from './resource.ts';
import { tagged } from './tags.ts';

type Reader = (resource: unknown, where: Where) => readonly Resource[];

/**
 * At most 49 resources (the finding itself is one more), each once. The one that
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
  return distinct([...found, ...more], 49);
};

const instance: Reader = (resource, where) => {
  const details = at(resource, 'instanceDetails');
  const id = identifier(at(details, 'instanceId'));
  const name = nameTag(at(details, 'tags'));
  return id
    ? [{ kind: 'instance', id, ...where, ...named(id, name), ...tagged(at(details, 'tags')) }]
    : [];
};

/** A resource that is one object with an id and perhaps a name. */
const one =
  (
    kind: 'function' | 'cluster' | 'container' | 'database',
    details: string,
    fields: { readonly id: readonly string[]; readonly name?: string },
  ): Reader =>
  (resource, where) => {
    const found = at(resource, details);
    const id = fields.id.map((field) => identifier(at(found, field))).find(Boolean);
    const name = fields.name && at(found, fields.name);
    return id ? [{ kind, id, ...where, ...named(id, name), ...tagged(at(found, 'tags')) }] : [];
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
  list(at(resource, 's3BucketDetails'), 50).flatMap((bucket) => {
    const id = identifier(at(bucket, 'name')) || identifier(at(bucket, 'arn'));
    return id ? [{ kind: 'bucket', id, ...where, ...tagged(at(bucket, 'tags')) } as const] : [];
  });

const taskContainers = containers('ecsClusterDetails', 'taskDetails', 'containers');
const workloadContainers = containers(
  'kubernetesDetails',
  'kubernetesWorkloadDetails',
  'containers',
);

/** Things of which GuardDuty says no more than the ARN. */
const byArn =
  (field: string, ...path: readonly string[]): Reader =>
  (resource, where) => {
    const found = at(resource, ...path);
    return (Array.isArray(found) ? list(found) : [found]).flatMap((one) =>
      resourceNamed({ id: at(one, field), where }),
    );
  };

const workload: Reader = (resource, where) => {
  const found = at(resource, 'kubernetesDetails', 'kubernetesWorkloadDetails');
  const path = [at(found, 'namespace'), at(found, 'name')].map((part) => text(part, 128));
  const id = path.filter(Boolean).join('/');
  return path[1] ? [{ kind: 'workload', id, ...where, ...named(id, path[1]) }] : [];
};

const task: Reader = (resource, where) => {
  const found = at(resource, 'ecsClusterDetails', 'taskDetails');
  const [, service] = /^service:([\w-]{1,255})$/.exec(text(at(found, 'group'), 300)) ?? [];
  const cluster = /:cluster\/([\w-]{1,255})$/.exec(
    text(at(resource, 'ecsClusterDetails', 'arn'), 300),
  );
  return [
    ...resourceNamed({
      id: at(found, 'arn'),
      type: 'AWS::ECS::Task',
      tags: at(found, 'tags'),
      where,
    }),
    // The service that runs the task again when only the task is stopped.
    ...(service && cluster
      ? [{ kind: 'service', id: `${cluster[1]}/${service}`, ...where } as const]
      : []),
  ];
};

/**
 * What a call was about, by type: `{"AWS::CloudTrail::Trail": "main"}`. The caller's key is known already.
 * https://docs.aws.amazon.com/guardduty/latest/APIReference/API_AwsApiCallAction.html
 */
export const affectedResources = (action: unknown, where: Where): readonly Resource[] => {
  const affected = at(action, 'awsApiCallAction', 'affectedResources');
  return Object.entries(isObject(affected) ? affected : {})
    .slice(0, 10)
    .flatMap(([type, id]) => resourceNamed({ id, type, where }));
};

/** By the value of `resourceType` that puts it first. */
const readers: readonly (readonly [resourceType: string, read: Reader])[] = [
  ['S3Bucket', buckets],
  ['S3Object', buckets],
  ['AccessKey', (resource, where) => keyOrPrincipal(at(resource, 'accessKeyDetails'), where)],
  ['Instance', instance],
  ['Lambda', one('function', 'lambdaDetails', { id: ['functionName', 'functionArn'] })],
  ['Container', one('container', 'containerDetails', { id: ['id', 'name'], name: 'name' })],
  ['ECSCluster', one('cluster', 'ecsClusterDetails', { id: ['name', 'arn'] })],
  ['ECSTask', (resource, where) => [...task(resource, where), ...taskContainers(resource, where)]],
  ['EKSCluster', one('cluster', 'eksClusterDetails', { id: ['name', 'arn'] })],
  [
    'KubernetesWorkload',
    (resource, where) => [...workload(resource, where), ...workloadContainers(resource, where)],
  ],
  [
    'RDSDBInstance',
    one('database', 'rdsDbInstanceDetails', { id: ['dbInstanceIdentifier', 'dbInstanceArn'] }),
  ],
  [
    'RDSLimitlessDB',
    one('database', 'rdsLimitlessDbDetails', { id: ['dbShardGroupIdentifier', 'dbShardGroupArn'] }),
  ],
  ['EC2Image', byArn('imageArn', 'ec2ImageDetails')],
  ['EBSSnapshot', byArn('snapshotArn', 'ebsSnapshotDetails')],
  ['EBSVolume', byArn('volumeArn', 'ebsVolumeDetails', 'scannedVolumeDetails')],
  ['RecoveryPoint', byArn('recoveryPointArn', 'recoveryPointDetails')],
  ['BedrockGuardrail', byArn('guardrailArn', 'bedrockGuardrailDetails')],
  ['BedrockModel', byArn('modelId', 'modelDetails')],
];
