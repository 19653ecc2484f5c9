/**
 * The simulated RDS: public addresses of databases, and who may restore a snapshot.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html
 */
import type {
  DescribeDBClusterSnapshotAttributesCommandInput,
  DescribeDBClusterSnapshotsCommandInput,
  DescribeDBInstancesCommandInput,
  DescribeDBSnapshotAttributesCommandInput,
  DescribeDBSnapshotsCommandInput,
  ModifyDBClusterSnapshotAttributeCommandInput,
  ModifyDBInstanceCommandInput,
  ModifyDBSnapshotAttributeCommandInput,
} from '@aws-sdk/client-rds';
import { AwsError } from './aws-error.ts';
import type { DbInstance, DbSnapshot } from './service-state.ts';
import type { Partition, Tags } from './state.ts';
import type { Call, Handlers } from './world.ts';

const modifyMs = 120_000;

const tagList = (tags: Tags) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

const settle = (one: DbInstance, now: number): void => {
  if (!one.becoming || one.becoming.at > now) return;
  one.status = one.becoming.to;
  delete one.becoming;
};

const findDatabase = ({ partition, world }: Call, id: string | undefined): DbInstance => {
  const found = partition.services.databases.get(id ?? '');
  if (!found) throw new AwsError('DBInstanceNotFoundFault', `DBInstance ${id} not found.`, 404);
  settle(found, world.now());
  return found;
};

const viewDatabase = ({ account, region }: Partition, one: DbInstance) => ({
  DBInstanceIdentifier: one.id,
  StorageEncrypted: one.encrypted ?? false,
  DBInstanceArn: `arn:aws:rds:${region}:${account}:db:${one.id}`,
  DBInstanceStatus: one.status,
  Engine: one.engine,
  PubliclyAccessible: one.publiclyAccessible,
  Endpoint: { Address: `${one.id}.abcdefghijkl.${region}.rds.amazonaws.com`, Port: one.port },
  TagList: tagList(one.tags),
  VpcSecurityGroups: one.groups.map((id) => ({ VpcSecurityGroupId: id, Status: 'active' })),
  ...(one.cluster ? { DBClusterIdentifier: one.cluster } : {}),
});

const faults = {
  instance: ['DBSnapshotNotFoundFault', 'DBSnapshot'],
  cluster: ['DBClusterSnapshotNotFoundFault', 'DBClusterSnapshot'],
} as const;

const findSnapshot = (
  { services }: Partition,
  kind: DbSnapshot['kind'],
  id: string | undefined,
): DbSnapshot => {
  const found = services.dbSnapshots.get(id ?? '');
  const [name, word] = faults[kind];
  if (found?.kind !== kind) throw new AwsError(name, `${word} ${id} not found.`, 404);
  return found;
};

const ownedOnly = ({ id, owner }: DbSnapshot): void => {
  if (owner) throw new AwsError('AccessDenied', `Not authorized for ${id}`, 403);
};

const snapshotArn = ({ account, region }: Partition, one: DbSnapshot): string =>
  `arn:aws:rds:${region}:${one.owner ?? account}:${one.kind === 'cluster' ? 'cluster-' : ''}snapshot:${one.id}`;

const restore = ({ sharedWith }: DbSnapshot) => [
  { AttributeName: 'restore', AttributeValues: [...sharedWith] },
];

const change = (
  snapshot: DbSnapshot,
  input: Pick<
    ModifyDBSnapshotAttributeCommandInput,
    'AttributeName' | 'ValuesToAdd' | 'ValuesToRemove'
  >,
): void => {
  ownedOnly(snapshot);
  const { ValuesToAdd = [], ValuesToRemove = [] } = input;
  const shared = [...new Set([...snapshot.sharedWith, ...ValuesToAdd])].filter(
    (each) => !ValuesToRemove.includes(each),
  );
  if (snapshot.encrypted && shared.includes('all'))
    throw new AwsError('InvalidParameterValue', 'Encrypted snapshots cannot be made public.');
  snapshot.sharedWith = shared;
};

export const rdsHandlers = {
  DescribeDBInstances(input: DescribeDBInstancesCommandInput, call: Call) {
    const { partition, world } = call;
    if (input.DBInstanceIdentifier)
      return {
        DBInstances: [viewDatabase(partition, findDatabase(call, input.DBInstanceIdentifier))],
      };
    const [filter] = input.Filters ?? [];
    if (filter && filter.Name !== 'db-cluster-id')
      throw new AwsError(
        'NotImplementedBySimulator',
        `The simulated RDS does not know the filter ${filter.Name}: add it in src/local/world/rds.ts`,
        501,
      );
    const found = [...partition.services.databases.values()].filter(
      ({ cluster = '' }) => !filter || filter.Values?.includes(cluster),
    );
    for (const one of found) settle(one, world.now());
    return { DBInstances: found.map((one) => viewDatabase(partition, one)) };
  },

  ModifyDBInstance(input: ModifyDBInstanceCommandInput, call: Call) {
    const one = findDatabase(call, input.DBInstanceIdentifier);
    if (one.status !== 'available')
      throw new AwsError(
        'InvalidDBInstanceState',
        `Database instance is not in available state: ${one.status}`,
      );
    if (input.PubliclyAccessible !== undefined) {
      one.publiclyAccessible = input.PubliclyAccessible;
      one.status = 'modifying';
      one.becoming = { to: 'available', at: call.world.now() + modifyMs };
    }
    return { DBInstance: viewDatabase(call.partition, one) };
  },

  DescribeDBSnapshots(input: DescribeDBSnapshotsCommandInput, { partition }: Call) {
    const one = findSnapshot(partition, 'instance', input.DBSnapshotIdentifier);
    return {
      DBSnapshots: [
        {
          DBSnapshotIdentifier: one.id,
          DBSnapshotArn: snapshotArn(partition, one),
          DBInstanceIdentifier: one.of,
          Encrypted: one.encrypted,
          TagList: tagList(one.tags),
        },
      ],
    };
  },

  DescribeDBClusterSnapshots(input: DescribeDBClusterSnapshotsCommandInput, { partition }: Call) {
    const one = findSnapshot(partition, 'cluster', input.DBClusterSnapshotIdentifier);
    return {
      DBClusterSnapshots: [
        {
          DBClusterSnapshotIdentifier: one.id,
          DBClusterSnapshotArn: snapshotArn(partition, one),
          DBClusterIdentifier: one.of,
          StorageEncrypted: one.encrypted,
          TagList: tagList(one.tags),
        },
      ],
    };
  },

  DescribeDBSnapshotAttributes(
    input: DescribeDBSnapshotAttributesCommandInput,
    { partition }: Call,
  ) {
    const one = findSnapshot(partition, 'instance', input.DBSnapshotIdentifier);
    ownedOnly(one);
    return {
      DBSnapshotAttributesResult: {
        DBSnapshotIdentifier: one.id,
        DBSnapshotAttributes: restore(one),
      },
    };
  },

  DescribeDBClusterSnapshotAttributes(
    input: DescribeDBClusterSnapshotAttributesCommandInput,
    { partition }: Call,
  ) {
    const one = findSnapshot(partition, 'cluster', input.DBClusterSnapshotIdentifier);
    ownedOnly(one);
    return {
      DBClusterSnapshotAttributesResult: {
        DBClusterSnapshotIdentifier: one.id,
        DBClusterSnapshotAttributes: restore(one),
      },
    };
  },

  ModifyDBSnapshotAttribute(input: ModifyDBSnapshotAttributeCommandInput, { partition }: Call) {
    const one = findSnapshot(partition, 'instance', input.DBSnapshotIdentifier);
    change(one, input);
    return { DBSnapshotAttributesResult: { DBSnapshotAttributes: restore(one) } };
  },

  ModifyDBClusterSnapshotAttribute(
    input: ModifyDBClusterSnapshotAttributeCommandInput,
    { partition }: Call,
  ) {
    const one = findSnapshot(partition, 'cluster', input.DBClusterSnapshotIdentifier);
    change(one, input);
    return { DBClusterSnapshotAttributesResult: { DBClusterSnapshotAttributes: restore(one) } };
  },
} satisfies Handlers;
