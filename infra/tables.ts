/** The tables, with the keys and indexes of src/store/definition.ts. */

import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { named } from '../src/app/names.ts';
import { tableDefinition } from '../src/store/definition.ts';

const text = (name: string | undefined) => ({ name: name ?? '', type: AttributeType.STRING });

export class Tables extends Construct {
  readonly cases: Table;
  readonly requests: Table;
  readonly passkeys: Table;

  constructor(scope: Construct, key: IKey | undefined) {
    super(scope, 'Tables');
    this.cases = this.#table('cases', key);
    this.requests = this.#table('requests', key);
    this.passkeys = this.#table('passkeys', key);
  }

  #table(name: 'cases' | 'requests' | 'passkeys', key: IKey | undefined): Table {
    const { KeySchema = [], GlobalSecondaryIndexes = [] } = tableDefinition(named(name));
    const [partitionKey, sortKey] = KeySchema.map(({ AttributeName }) => text(AttributeName));
    if (!partitionKey || !sortKey) throw new Error('a table needs two keys');
    const table = new Table(this, name, {
      tableName: named(name),
      partitionKey,
      sortKey,
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      // Only rubbish carries it: every deadline is compared in code.
      timeToLiveAttribute: 'ttl',
      ...(key
        ? { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: key }
        : { encryption: TableEncryption.DEFAULT }),
    });
    for (const {
      IndexName = '',
      KeySchema: [first, second] = [],
      Projection,
    } of GlobalSecondaryIndexes)
      table.addGlobalSecondaryIndex({
        indexName: IndexName,
        partitionKey: text(first?.AttributeName),
        sortKey: text(second?.AttributeName),
        ...(Projection?.ProjectionType === 'INCLUDE'
          ? {
              projectionType: ProjectionType.INCLUDE,
              nonKeyAttributes: [...(Projection.NonKeyAttributes ?? [])],
            }
          : { projectionType: ProjectionType.KEYS_ONLY }),
      });
    return table;
  }
}
