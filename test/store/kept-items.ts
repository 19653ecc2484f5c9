/** The items of a world's tables as text, and back: to keep what a release wrote. */
import {
  type AttributeValue,
  DynamoDBClient,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import type { LocalWorld } from '../../src/local/local-world.ts';

type Item = Record<string, AttributeValue>;

export type KeptItems = Readonly<Record<string, readonly unknown[]>>;

const tableNames = ['cordon-cases', 'cordon-requests', 'cordon-passkeys'] as const;

const clientOf = ({ dynamoEndpoint }: Pick<LocalWorld, 'dynamoEndpoint'>): DynamoDBClient =>
  new DynamoDBClient({
    region: 'eu-west-1',
    endpoint: dynamoEndpoint,
    credentials: { accessKeyId: 'owner', secretAccessKey: 'local' },
  });

/** Bytes as `{ base64 }`. */
const toText = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer'
    ? { base64: Buffer.from(Reflect.get(value, 'data')).toString('base64') }
    : value instanceof Uint8Array
      ? { base64: Buffer.from(value).toString('base64') }
      : value;

const fromText = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(fromText);
  if (typeof value !== 'object' || value === null) return value;
  if ('base64' in value) return new Uint8Array(Buffer.from(String(value.base64), 'base64'));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fromText(each)]));
};

export const itemsOf = async (world: Pick<LocalWorld, 'dynamoEndpoint'>): Promise<KeptItems> => {
  const client = clientOf(world);
  const kept: Record<string, unknown[]> = {};
  for (const TableName of tableNames) {
    const { Items = [] } = await client.send(new ScanCommand({ TableName }));
    kept[TableName] = Items.map((item): unknown => JSON.parse(JSON.stringify(item, toText))).sort(
      (a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)),
    );
  }
  return kept;
};

export const putItems = async (
  world: Pick<LocalWorld, 'dynamoEndpoint'>,
  kept: KeptItems,
): Promise<void> => {
  const client = clientOf(world);
  for (const [TableName, items] of Object.entries(kept))
    for (const item of items)
      await client.send(new PutItemCommand({ TableName, Item: fromText(item) as Item }));
};
