/**
 * Makes a snapshot of RDS private: everybody and foreign accounts may no longer restore or copy it.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBSnapshotAttribute.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBClusterSnapshotAttribute.html
 */
import type { ResourceOf } from '../findings/finding.ts';
import { defineAction } from './action.ts';
import type { Aws } from './aws.ts';
import {
  type Copy,
  type CopyCode,
  type CopyKind,
  copiesStay,
  privateAction,
  type Receiver,
} from './shared-copies.ts';
import { unlessNamed } from './unless-named.ts';

/** What it never stops. */
const limits: readonly string[] = [
  copiesStay,
  'Databases that were restored from it elsewhere go on: RDS calls that RestoreDBInstanceFromDBSnapshot and CopyDBSnapshot.',
];

/** RDS keeps snapshots of instances and of clusters apart, each with calls of its own. */
const ofInstance = ['DBSnapshotNotFoundFault', 'DBSnapshotNotFound'];
const ofCluster = ['DBClusterSnapshotNotFoundFault', 'DBClusterSnapshotNotFound'];

interface Described {
  readonly arn: string | undefined;
  readonly tags: readonly string[];
  readonly encrypted: boolean;
  readonly of: string | undefined;
}

const describe = ({ arn, tags, encrypted, of }: Described): Copy => ({
  owner: arn?.split(':')[4],
  tags,
  cannot: limits,
  lines: [
    `A snapshot of ${of}, ${encrypted ? 'encrypted' : 'not encrypted: whoever has a copy can read it'}.`,
  ],
});

const tagKeys = (tags: readonly { readonly Key?: string | undefined }[] = []): readonly string[] =>
  tags.flatMap(({ Key }) => Key ?? []);

const find = async (id: string, aws: Aws): Promise<Copy | undefined> => {
  const one = (
    await unlessNamed(ofInstance, aws.call('rds:DescribeDBSnapshots', { DBSnapshotIdentifier: id }))
  )?.DBSnapshots?.[0];
  if (one)
    return describe({
      arn: one.DBSnapshotArn,
      tags: tagKeys(one.TagList),
      encrypted: one.Encrypted ?? false,
      of: one.DBInstanceIdentifier,
    });
  const input = { DBClusterSnapshotIdentifier: id };
  const cluster = (await unlessNamed(ofCluster, aws.call('rds:DescribeDBClusterSnapshots', input)))
    ?.DBClusterSnapshots?.[0];
  return (
    cluster &&
    describe({
      arn: cluster.DBClusterSnapshotArn,
      tags: tagKeys(cluster.TagList),
      encrypted: cluster.StorageEncrypted ?? false,
      of: cluster.DBClusterIdentifier,
    })
  );
};

interface Attribute {
  readonly AttributeName?: string | undefined;
  readonly AttributeValues?: string[] | undefined;
}

const restorers = (attributes: readonly Attribute[] = []): readonly Receiver[] =>
  attributes.find(({ AttributeName }) => AttributeName === 'restore')?.AttributeValues ?? [];

const instanceReceivers = async (
  id: string,
  aws: Aws,
): Promise<readonly Receiver[] | undefined> => {
  const answer = await unlessNamed(
    ofInstance,
    aws.call('rds:DescribeDBSnapshotAttributes', { DBSnapshotIdentifier: id }),
  );
  return answer && restorers(answer.DBSnapshotAttributesResult?.DBSnapshotAttributes);
};

const clusterReceivers = async (id: string, aws: Aws): Promise<readonly Receiver[]> => {
  const answer = await aws.call('rds:DescribeDBClusterSnapshotAttributes', {
    DBClusterSnapshotIdentifier: id,
  });
  return restorers(answer.DBClusterSnapshotAttributesResult?.DBClusterSnapshotAttributes);
};

const databaseSnapshots: CopyKind = {
  action: 'unshare-database-snapshot',
  word: 'database snapshot',
  tier: 1,
  find,
  receivers: async (id, aws) =>
    (await instanceReceivers(id, aws)) ?? (await clusterReceivers(id, aws)),
  change: async (id, { add, remove }, aws) => {
    const values = {
      AttributeName: 'restore',
      ...(add.length > 0 ? { ValuesToAdd: [...add] } : {}),
      ...(remove.length > 0 ? { ValuesToRemove: [...remove] } : {}),
    };
    const changed = await unlessNamed(
      ofInstance,
      aws.call('rds:ModifyDBSnapshotAttribute', { DBSnapshotIdentifier: id, ...values }),
    );
    if (!changed)
      await aws.call('rds:ModifyDBClusterSnapshotAttribute', {
        DBClusterSnapshotIdentifier: id,
        ...values,
      });
  },
};

const attributes = [
  'rds:DescribeDBClusterSnapshotAttributes',
  'rds:DescribeDBSnapshotAttributes',
] as const;
const changing = ['rds:ModifyDBClusterSnapshotAttribute', 'rds:ModifyDBSnapshotAttribute'] as const;

export const unshareDatabaseSnapshot = defineAction<ResourceOf<'database-snapshot'>, CopyCode>({
  ...privateAction(databaseSnapshots),
  title: 'Make database snapshot private',
  does: 'Takes the permission to restore a database snapshot from everybody outside the accounts of the configuration.',
  label: 'Make snapshot private',
  on: 'database-snapshot',
  permissions: {
    plan: [...attributes, 'rds:DescribeDBClusterSnapshots', 'rds:DescribeDBSnapshots'],
    execute: [...attributes, ...changing],
    verify: attributes,
    undo: [...attributes, ...changing],
  },
  offeredWith: ['suppress-finding'],
  limits,
  offeredFor: () => true,
  byHand: [
    'aws rds describe-db-snapshot-attributes --db-snapshot-identifier SNAPSHOT',
    'aws rds modify-db-snapshot-attribute --db-snapshot-identifier SNAPSHOT --attribute-name restore --values-to-remove all',
    '# Of a cluster: describe-db-cluster-snapshot-attributes and modify-db-cluster-snapshot-attribute.',
  ],
});
