/** What moto does not do: Lambda's event source mappings. */
import { setTimeout } from 'node:timers/promises';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSBatchResponse } from 'aws-lambda';
import type { RunningFunctions } from './functions.ts';
import { home, region } from './places.ts';
import type { Runs } from './step-functions.ts';

export const queueUrl = (moto: string, name: string): string => `${moto}/${home}/${name}`;

/** As Lambda hands a message over. */
const recordOf = (message: Message, queue: string) => ({
  messageId: message.MessageId ?? '',
  receiptHandle: message.ReceiptHandle ?? '',
  body: message.Body ?? '',
  attributes: message.Attributes ?? {},
  messageAttributes: {},
  md5OfBody: message.MD5OfBody ?? '',
  eventSource: 'aws:sqs',
  eventSourceARN: `arn:aws:sqs:${region}:${home}:${queue}`,
  awsRegion: region,
});

export interface Pumps {
  readonly moto: string;
  readonly sqs: SQSClient;
  readonly functions: RunningFunctions;
  readonly runs: Runs;
  /** ARN. */
  readonly stateMachine: string;
}

const readers = {
  'cordon-ingest': 'ingest',
  'cordon-jobs.fifo': 'worker',
  'cordon-work': 'worker',
  'cordon-notify': 'notify',
} as const;

/** One batch of one queue, handled and deleted; answers how many there were. */
const pumpQueue = async (pumps: Pumps, queue: keyof typeof readers): Promise<number> => {
  const QueueUrl = queueUrl(pumps.moto, queue);
  const { Messages = [] } = await pumps.sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['All'],
    }),
  );
  if (Messages.length === 0) return 0;
  const { lambda } = pumps.functions[readers[queue]];
  const answer = (await lambda.invoke({
    Records: Messages.map((message) => recordOf(message, queue)),
  })) as SQSBatchResponse;
  if (answer.batchItemFailures.length > 0) throw new Error(`${queue}: a message failed`);
  for (const { ReceiptHandle } of Messages)
    await pumps.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  return Messages.length;
};

/** Messages of a queue: those it holds back (`DelaySeconds`), and one that it has just let go. */
const waitingIn = async ({ moto, sqs }: Pumps, queue: string): Promise<number> => {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl(moto, queue),
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesDelayed'],
    }),
  );
  return Math.max(...Object.values(Attributes ?? {}).map(Number));
};

/** What is held back for longer is of no story. */
const patienceMs = 8000;

/** Until nothing moves any more, and nothing is about to. */
export const settle = async (pumps: Pumps): Promise<void> => {
  const queues = Object.keys(readers) as (keyof typeof readers)[];
  for (let since = Date.now(); Date.now() - since < patienceMs; ) {
    const busy = await pumps.runs.running();
    let moved = 0;
    for (const queue of queues) moved += await pumpQueue(pumps, queue);
    if (moved + busy > 0) since = Date.now();
    if (moved > 0) continue;
    const waiting = await Promise.all(queues.map((queue) => waitingIn(pumps, queue)));
    if (busy + Math.max(...waiting) === 0) return;
    await setTimeout(250);
  }
};

/** As AWS does it by itself, for a command that only looks; ends with what is at work. */
export const keepMoving = (pumps: Pumps): { readonly stop: () => Promise<void> } => {
  let on = true;
  const loop = (async () => {
    while (on) {
      for (const queue of Object.keys(readers) as (keyof typeof readers)[])
        await pumpQueue(pumps, queue);
      await setTimeout(50);
    }
  })();
  return {
    stop: () => {
      on = false;
      return loop;
    },
  };
};
