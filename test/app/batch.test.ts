import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { expect, test } from 'vitest';
import { eachRecord } from '../../src/app/batch.ts';

const record = (messageId: string, group?: string): SQSRecord => ({
  messageId,
  receiptHandle: '',
  body: '',
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: '0',
    SenderId: '',
    ApproximateFirstReceiveTimestamp: '0',
    ...(group ? { MessageGroupId: group } : {}),
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:eu-west-1:999988887777:cordon-jobs.fifo',
  awsRegion: 'eu-west-1',
});

const run = async (records: readonly SQSRecord[], failing: string) => {
  const handled: string[] = [];
  const event: SQSEvent = { Records: [...records] };
  const { batchItemFailures } = await eachRecord(event, { log: () => {} }, async (one) => {
    if (one.messageId === failing) throw new Error('throttled');
    handled.push(one.messageId);
  });
  return { handled, back: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) };
};

test('what one person pressed after a click that failed waits for it; another person’s click does not', async () => {
  const clicks = [record('stop', 'ana'), record('finish', 'ana'), record('approve', 'ben')];
  expect(await run(clicks, 'stop')).toEqual({ handled: ['approve'], back: ['stop', 'finish'] });
});

test('of a queue without order only what failed comes back', async () => {
  const events = [record('first'), record('second'), record('third')];
  expect(await run(events, 'second')).toEqual({ handled: ['first', 'third'], back: ['second'] });
});
