/**
 * One DynamoDB table through the document client: the handful of conditional single-item calls
 * that everything else is made of. No transactions, no scans.
 */
import { ConditionalCheckFailedException, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { AuditDraft } from '../audit/entry.ts';
import {
  type IndexName,
  indexed,
  type Key,
  outboxMap,
  partition,
  refuseNewer,
  schemaVersion,
  shards,
  type Versioned,
} from './item.ts';

export type Item = Record<string, unknown>;

/** What newer code wrote is refused by each way of reading: see `refuseNewer`. */
export interface Table {
  get(key: Key): Promise<Item | undefined>;
  /** Those that there are, in no order; each key once. */
  getMany(keys: readonly Key[]): Promise<readonly Item[]>;
  /** Puts when `condition` holds; answers whether it did. */
  put(item: Item & Key, condition?: Condition): Promise<boolean>;
  update(key: Key, expression: string, condition: Condition): Promise<boolean>;
  remove(key: Key, condition?: Condition): Promise<boolean>;
  query(input: Query): Promise<readonly Item[]>;
  /** All index partitions, each limited to `limit`. */
  queryShards(index: IndexName, limit: number, before?: string): Promise<readonly Item[]>;
}

export interface Condition {
  readonly expression: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
}

interface Query {
  readonly pk: string;
  readonly index?: IndexName;
  readonly between?: readonly [string, string];
  readonly descending?: boolean;
  readonly limit?: number;
}

const attributesOf = (condition: Condition | undefined): object => ({
  ...(condition ? { ConditionExpression: condition.expression } : {}),
  ...(condition?.names ? { ExpressionAttributeNames: condition.names } : {}),
  ...(condition?.values ? { ExpressionAttributeValues: condition.values } : {}),
});

/** A failed condition is an answer, not an error. */
const held = async (call: Promise<unknown>): Promise<boolean> => {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

/** What does not change from page to page. */
const queryInput = (name: string, input: Query) => {
  const [from, to] = input.between ?? [];
  return {
    TableName: name,
    ...(input.index ? { IndexName: input.index } : { ConsistentRead: true }),
    KeyConditionExpression: input.between ? '#pk = :pk AND #sk BETWEEN :from AND :to' : '#pk = :pk',
    ExpressionAttributeNames: {
      '#pk': input.index ? `${input.index}Pk` : 'pk',
      ...(input.between ? { '#sk': input.index ? `${input.index}Sk` : 'sk' } : {}),
    },
    ExpressionAttributeValues: {
      ':pk': input.pk,
      ...(input.between ? { ':from': from, ':to': to } : {}),
    },
    ScanIndexForward: !input.descending,
  };
};

const queryAll = async (
  client: DynamoDBDocumentClient,
  name: string,
  input: Query,
): Promise<readonly Item[]> => {
  const most = input.limit ?? Number.POSITIVE_INFINITY;
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        ...queryInput(name, input),
        ...(input.limit ? { Limit: most - items.length } : {}),
        ...(start ? { ExclusiveStartKey: start } : {}),
      }),
    );
    page.Items?.forEach(refuseNewer);
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start && items.length < most);
  return items;
};

/** What DynamoDB takes in one BatchGetItem. */
const batchOf = 100;
/** It leaves out what is too much for one answer; that is asked for again. */
const mostRounds = 20;

const getBatch = async (
  client: DynamoDBDocumentClient,
  name: string,
  keys: readonly Key[],
): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let wanted: Record<string, unknown>[] = keys.map(({ pk, sk }) => ({ pk, sk }));
  for (let round = 0; wanted.length > 0 && round < mostRounds; round += 1) {
    const answer = await client.send(
      new BatchGetCommand({ RequestItems: { [name]: { Keys: wanted, ConsistentRead: true } } }),
    );
    items.push(...(answer.Responses?.[name] ?? []));
    wanted = answer.UnprocessedKeys?.[name]?.Keys ?? [];
  }
  if (wanted.length > 0) throw new Error(`${wanted.length} items of ${name} could not be read`);
  return items;
};

export const table = (dynamo: DynamoDBClient, name: string): Table => {
  const client = DynamoDBDocumentClient.from(dynamo, {
    marshallOptions: { removeUndefinedValues: true },
  });
  const at = (key: Key) => ({ TableName: name, Key: { pk: key.pk, sk: key.sk } });
  const query = (input: Query) => queryAll(client, name, input);
  return {
    query,
    async get(key) {
      const { Item } = await client.send(new GetCommand({ ...at(key), ConsistentRead: true }));
      if (Item) refuseNewer(Item);
      return Item;
    },
    async getMany(keys) {
      const distinct = [...new Map(keys.map((key) => [`${key.pk}/${key.sk}`, key])).values()];
      const batches = Array.from({ length: Math.ceil(distinct.length / batchOf) }, (_, n) =>
        getBatch(client, name, distinct.slice(n * batchOf, (n + 1) * batchOf)),
      );
      const items = (await Promise.all(batches)).flat();
      items.forEach(refuseNewer);
      return items;
    },
    put: (item, condition) =>
      held(
        client.send(new PutCommand({ TableName: name, Item: item, ...attributesOf(condition) })),
      ),
    update: (key, expression, condition) =>
      held(
        client.send(
          new UpdateCommand({
            ...at(key),
            UpdateExpression: expression,
            ...attributesOf(condition),
          }),
        ),
      ),
    remove: (key, condition) =>
      held(client.send(new DeleteCommand({ ...at(key), ...attributesOf(condition) }))),
    async queryShards(index, limit, before) {
      const pages = await Promise.all(
        Array.from({ length: shards }, (_, shard) =>
          query({
            pk: partition(index, shard),
            index,
            limit,
            ...(before ? { between: [' ', `${before}~`] as const } : {}),
          }),
        ),
      );
      return pages.flat();
    },
  };
};

/** Reads back what `versionedItem` wrote. */
export const readVersioned = <T extends Versioned>(item: Item | undefined): T | undefined =>
  item
    ? ({
        ...(item['item'] as Omit<T, 'outbox'>),
        outbox: Object.values(item['drafts'] as Record<string, AuditDraft>),
      } as unknown as T)
    : undefined;

export const versionedItem = <T extends Versioned>(
  key: Key,
  value: T,
  { due, layout = schemaVersion }: { readonly due: string | undefined; readonly layout?: number },
): Item & Key => {
  const { outbox, ...item } = value;
  return {
    ...key,
    v: layout,
    version: value.version,
    item,
    drafts: outboxMap(outbox),
    ...indexed(value, due),
  };
};

export const isNew: Condition = { expression: 'attribute_not_exists(pk)' };

/** The version the next state was computed from is still the stored one. */
export const unchangedSince = (version: number): Condition => ({
  expression: '#version = :was',
  names: { '#version': 'version' },
  values: { ':was': version },
});
