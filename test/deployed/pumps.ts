/** What moto does not do: Lambda's event source mappings and Step Functions' loop. */
import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import {
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSBatchResponse } from 'aws-lambda';
import type { ExecutorAnswer } from '../../src/execution/state-machine.ts';
import type { RunningFunctions } from './functions.ts';

const account = '999988887777';
const region = 'eu-west-1';

export const queueUrl = (moto: string, name: string): string => `${moto}/${account}/${name}`;

/** As Lambda hands a message over. */
const recordOf = (message: Message, queue: string) => ({
  messageId: message.MessageId ?? '',
  receiptHandle: message.ReceiptHandle ?? '',
  body: message.Body ?? '',
  attributes: message.Attributes ?? {},
  messageAttributes: {},
  md5OfBody: message.MD5OfBody ?? '',
  eventSource: 'aws:sqs',
  eventSourceARN: `arn:aws:sqs:${region}:${account}:${queue}`,
  awsRegion: region,
});

export interface Pumps {
  readonly moto: string;
  readonly sqs: SQSClient;
  readonly sfn: SFNClient;
  readonly functions: RunningFunctions;
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

const followed = new Set<string>();

/** Calls the executor for each execution that the worker started in moto, until it is done. */
const runExecutions = async ({ sfn, functions, stateMachine }: Pumps): Promise<number> => {
  const { executions = [] } = await sfn.send(
    new ListExecutionsCommand({ stateMachineArn: stateMachine }),
  );
  const fresh = executions.filter(({ executionArn = '' }) => !followed.has(executionArn));
  for (const { executionArn = '' } of fresh) {
    followed.add(executionArn);
    const { input = '{}' } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    let answer: ExecutorAnswer;
    do answer = (await functions.executor.lambda.invoke(JSON.parse(input))) as ExecutorAnswer;
    while (answer.status === 'again');
  }
  return fresh.length;
};

/** Until nothing moves any more. */
export const settle = async (pumps: Pumps): Promise<void> => {
  for (let quiet = 0; quiet < 2; ) {
    let moved = await runExecutions(pumps);
    for (const queue of Object.keys(readers) as (keyof typeof readers)[])
      moved += await pumpQueue(pumps, queue);
    quiet = moved === 0 ? quiet + 1 : 0;
    if (moved === 0) await new Promise((resolve) => setTimeout(resolve, 1200));
  }
};

/** As AWS does it by itself, for a command that only looks; ends with what is at work. */
export const keepMoving = (pumps: Pumps): { readonly stop: () => Promise<void> } => {
  let on = true;
  const loop = (async () => {
    while (on) {
      for (const queue of Object.keys(readers) as (keyof typeof readers)[])
        await pumpQueue(pumps, queue);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  return {
    stop: () => {
      on = false;
      return loop;
    },
  };
};
