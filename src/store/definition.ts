/** Keys and indexes of a table, the same for both; the local world and infra/ create them from it. */
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import type { IndexName } from './item.ts';

/** What each sparse index carries besides its keys. */
const indexes = { due: [], outbox: ['drafts'], dirty: [], open: [] } as const satisfies Readonly<
  Record<IndexName, readonly string[]>
>;

export const tableDefinition = (name: string): CreateTableCommandInput => ({
  TableName: name,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    'pk',
    'sk',
    ...Object.keys(indexes).flatMap((index) => [`${index}Pk`, `${index}Sk`]),
  ].map((attribute) => ({ AttributeName: attribute, AttributeType: 'S' })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: Object.entries(indexes).map(([index, carried]) => ({
    IndexName: index,
    KeySchema: [
      { AttributeName: `${index}Pk`, KeyType: 'HASH' },
      { AttributeName: `${index}Sk`, KeyType: 'RANGE' },
    ],
    Projection:
      carried.length > 0
        ? { ProjectionType: 'INCLUDE', NonKeyAttributes: [...carried] }
        : { ProjectionType: 'KEYS_ONLY' },
  })),
});
