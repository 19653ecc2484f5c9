/** Counts what each DynamoDB request costs, before and after handing it to the engine. */
import type { IncomingHttpHeaders } from 'node:http';
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import type { Answer, Ask } from '../../src/local/runtime/engine.ts';
import { type Books, createBooks, keyText } from './books.ts';
import { readUnits } from './capacity.ts';
import type { Attributes } from './item-size.ts';

export interface Units {
  readonly write: number;
  readonly read: number;
  /** Write units by what was written: `cases CASE# CASE`, `cases index dirty`. */
  readonly written: Readonly<Record<string, number>>;
  /** Requests by operation. */
  readonly requests: Readonly<Record<string, number>>;
  /** Requests that could not be counted, and were refused: with any, the figures are not valid. */
  readonly uncounted: readonly string[];
}

export interface Ledger {
  createTables(): Promise<void>;
  /** Refuses what it cannot count: a figure that leaves something out would be wrong. */
  serve(headers: IncomingHttpHeaders, body: string): Promise<Answer>;
  units(): Units;
}

interface Input {
  readonly TableName: string;
  readonly Item?: Attributes;
  readonly Key?: Attributes;
  readonly ConsistentRead?: boolean;
  readonly ReturnValues?: string;
  readonly FilterExpression?: string;
  readonly ProjectionExpression?: string;
  readonly Select?: string;
}

/** How the benchmark itself asks. */
const ownHeaders = (operation: string): IncomingHttpHeaders => ({
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': `DynamoDB_20120810.${operation}`,
  'x-amz-date': '20260101T000000Z',
  authorization: 'AWS4-HMAC-SHA256 Credential=bench/1/2/3/4, SignedHeaders=host, Signature=none',
});

/** Work on the same key happens one after the other, as in DynamoDB. */
const inTurns = () => {
  const tails = new Map<string, Promise<unknown>>();
  return <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const turn = (tails.get(key) ?? Promise.resolve()).then(work);
    const tail = turn.catch(() => undefined);
    tails.set(key, tail);
    void tail.then(() => {
      if (tails.get(key) === tail) tails.delete(key);
    });
    return turn;
  };
};

interface Done {
  readonly answer: Answer;
  /** What a success left there. */
  readonly after: Attributes | undefined;
}

/** Asks for the new state on the way, where the caller asked for nothing. */
const update = async (ask: Ask, headers: IncomingHttpHeaders, input: Input): Promise<Done> => {
  if (input.ReturnValues && input.ReturnValues !== 'NONE') {
    const answer = await ask(headers, JSON.stringify(input));
    const { TableName, Key } = input;
    const read = JSON.stringify({ TableName, Key, ConsistentRead: true });
    return { answer, after: JSON.parse((await ask(ownHeaders('GetItem'), read)).body).Item };
  }
  const answer = await ask(headers, JSON.stringify({ ...input, ReturnValues: 'ALL_NEW' }));
  if (answer.status !== 200) return { answer, after: undefined };
  return { answer: { status: 200, body: '{}' }, after: JSON.parse(answer.body).Attributes };
};

const writes = (books: Books, ask: Ask) => {
  const turn = inTurns();
  const at = (input: Input, key: Attributes, send: () => Promise<Done>): Promise<Answer> =>
    turn(keyText(input.TableName, key), async () => {
      const before = books.stored(input.TableName, key);
      const { answer, after } = await send();
      if (answer.status === 200) books.enter(input.TableName, key, after);
      else if (answer.body.includes('ConditionalCheckFailedException'))
        books.enter(input.TableName, key, before);
      return answer;
    });
  const one = (operation: string, headers: IncomingHttpHeaders, input: Input): Promise<Answer> => {
    const send = () => ask(headers, JSON.stringify(input));
    if (operation === 'PutItem')
      return at(input, input.Item ?? {}, async () => ({ answer: await send(), after: input.Item }));
    if (operation === 'DeleteItem')
      return at(input, input.Key ?? {}, async () => ({ answer: await send(), after: undefined }));
    return at(input, input.Key ?? {}, () => update(ask, headers, input));
  };
  type Entry = {
    readonly PutRequest?: { readonly Item: Attributes };
    readonly DeleteRequest?: { readonly Key: Attributes };
  };
  return {
    one,
    /** One after the other by single requests: the same units, and each in its turn. */
    async batch(body: string): Promise<Answer> {
      const { RequestItems }: { RequestItems: Record<string, readonly Entry[]> } = JSON.parse(body);
      for (const [TableName, entries] of Object.entries(RequestItems))
        for (const { PutRequest, DeleteRequest } of entries) {
          const operation = PutRequest ? 'PutItem' : 'DeleteItem';
          const what = PutRequest ?? { Key: DeleteRequest?.Key ?? {} };
          const answer = await one(operation, ownHeaders(operation), { TableName, ...what });
          if (answer.status !== 200) return answer;
        }
      return { status: 200, body: '{"UnprocessedItems":{}}' };
    },
  };
};

const refused: Answer = { status: 400, body: '{"__type":"NotCountedByTheBenchmark"}' };

const hidesWhatItRead = (input: Input): boolean =>
  Boolean(input.FilterExpression || input.ProjectionExpression) || input.Select === 'COUNT';

/** Units of a `GetItem` or `Query`, by what it answered. */
const readOne = (input: Input, answer: string): number => {
  const found = JSON.parse(answer);
  const items: readonly Attributes[] = found.Items ?? (found.Item ? [found.Item] : []);
  return readUnits(items, input.ConsistentRead === true);
};

/** Each item by itself, and each that is not there. */
const readBatch = (body: string, answer: string): number => {
  const input: { RequestItems: Record<string, { Keys: unknown[]; ConsistentRead?: boolean }> } =
    JSON.parse(body);
  const found: Record<string, readonly Attributes[]> = JSON.parse(answer).Responses ?? {};
  return Object.entries(input.RequestItems).reduce((sum, [table, { Keys, ConsistentRead }]) => {
    const items = found[table] ?? [];
    const units = (read: readonly Attributes[]) => readUnits(read, ConsistentRead === true);
    const there = items.reduce((total, item) => total + units([item]), 0);
    return sum + there + (Keys.length - items.length) * units([]);
  }, 0);
};

export const createLedger = (definitions: readonly CreateTableCommandInput[], ask: Ask): Ledger => {
  const books = createBooks(definitions);
  const write = writes(books, ask);
  const requests: Record<string, number> = {};
  const uncounted: string[] = [];
  let read = 0;
  const reading = async (
    headers: IncomingHttpHeaders,
    body: string,
    unitsOf: (answer: string) => number,
  ): Promise<Answer> => {
    const answer = await ask(headers, body);
    if (answer.status === 200) read += unitsOf(answer.body);
    return answer;
  };
  return {
    async createTables() {
      for (const definition of definitions) {
        const answer = await ask(ownHeaders('CreateTable'), JSON.stringify(definition));
        if (answer.status !== 200) throw new Error(answer.body);
        const asked = JSON.stringify({ TableName: definition.TableName });
        while (!(await ask(ownHeaders('DescribeTable'), asked)).body.includes('"ACTIVE"'));
      }
    },
    async serve(headers, body) {
      const operation = String(headers['x-amz-target']).split('.').at(-1) ?? '';
      requests[operation] = (requests[operation] ?? 0) + 1;
      const input: Input = JSON.parse(body);
      switch (operation) {
        case 'PutItem':
        case 'DeleteItem':
        case 'UpdateItem':
          return write.one(operation, headers, input);
        case 'BatchWriteItem':
          return write.batch(body);
        case 'BatchGetItem':
          return reading(headers, body, (answer) => readBatch(body, answer));
        case 'GetItem':
        case 'Query':
          if (!hidesWhatItRead(input))
            return reading(headers, body, (answer) => readOne(input, answer));
      }
      uncounted.push(operation);
      return refused;
    },
    units() {
      const written = books.written();
      const total = Object.values(written).reduce((sum, units) => sum + units, 0);
      return { write: total, read, written, requests: { ...requests }, uncounted };
    },
  };
};
