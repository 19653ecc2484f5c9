/** The items of a world's tables as text, and back: to keep what a release wrote. */
import {
  type AttributeValue,
  DeleteItemCommand,
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

export const fromText = (value: unknown): unknown => {
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

const messagesOf = (items: KeptItems): ReadonlyMap<string, readonly string[]> =>
  new Map(
    (items['cordon-cases'] ?? []).flatMap((item) => {
      const { pk, sk, messages } = item as Readonly<Record<string, Record<string, unknown>>>;
      if (sk?.['S'] !== 'SHOWN') return [];
      const texts = JSON.stringify(messages).match(/\d{10}\.\d{6}/g) ?? [];
      return [[String(pk?.['S']), texts]];
    }),
  );

/**
 * The tables as a release left them, in a world that was played to the same point: AWS and Slack stay as they are. The
 * messages of a case are those that this world's Slack has in the same place.
 */
export const replaceItems = async (
  world: Pick<LocalWorld, 'dynamoEndpoint'>,
  kept: KeptItems,
): Promise<void> => {
  const now = await itemsOf(world);
  const client = clientOf(world);
  for (const [TableName, items] of Object.entries(now))
    for (const item of items) {
      const { pk, sk } = fromText(item) as Item;
      if (pk && sk) await client.send(new DeleteItemCommand({ TableName, Key: { pk, sk } }));
    }
  const here = messagesOf(now);
  const text = [...messagesOf(kept)].reduce(
    (all, [id, messages]) =>
      messages.reduce(
        (one, ts, place) => one.replaceAll(ts, `ts:${here.get(id)?.[place] ?? ts}`),
        all,
      ),
    JSON.stringify(kept),
  );
  await putItems(world, JSON.parse(text.replaceAll('ts:', '')));
};
