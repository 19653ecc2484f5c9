/** DynamoDB is not cold when a storm comes: the stand-in's code is run in on tables of its own. */
import type { Ledger } from './ledger.ts';

const table = 'warm-up';
const rounds = 1_500;

const headersFor = (operation: string) => ({
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': `DynamoDB_20120810.${operation}`,
  'x-amz-date': '20260101T000000Z',
  authorization: 'AWS4-HMAC-SHA256 Credential=bench/1/2/3/4, SignedHeaders=host, Signature=none',
});

export const warmUp = async (ledgerOf: (names: readonly string[]) => Ledger): Promise<void> => {
  const ledger = ledgerOf([table]);
  await ledger.createTables();
  const ask = async (operation: string, input: object): Promise<void> => {
    const body = JSON.stringify({ TableName: table, ...input });
    const { status, body: answer } = await ledger.serve(headersFor(operation), body);
    if (status !== 200) throw new Error(`the tables do not warm up: ${answer}`);
  };
  for (let n = 0; n < rounds; n += 1) {
    const key = { pk: { S: `FINDING#${n}` }, sk: { S: 'CASE' } };
    await ask('PutItem', {
      Item: { ...key, dirtyPk: { S: 'DIRTY#0' }, dirtySk: { S: `3#${n}` }, text: { S: 'text' } },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    if (n % 5 > 0) continue;
    await ask('GetItem', { Key: key, ConsistentRead: true });
    await ask('Query', {
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': key.pk, ':from': { S: 'A' }, ':to': { S: 'Z' } },
      ConsistentRead: true,
    });
  }
};
