/**
 * SQS in memory: sending behind the real SDK client, and pumps that call the real handlers with
 * Lambda's event, partial batch failures, visibility, redelivery and dead letters included.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { SendMessageCommandInput } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Activity } from './activity.ts';
import type { Clock } from './clock.ts';

export interface QueueSettings {
  readonly name: string;
  readonly fifo: boolean;
  readonly batch: number;
  readonly handler: (event: SQSEvent) => Promise<SQSBatchResponse>;
}

interface Message {
  readonly id: string;
  readonly body: string;
  readonly group: string | undefined;
  readonly sentAt: number;
  visibleAt: number;
  received: number;
}

type Batch = readonly Message[];

interface Queue {
  readonly settings: QueueSettings;
  messages: Message[];
  readonly deduplication: Map<string, number>;
  readonly dead: Message[];
  pumping: boolean;
  held: number;
}

/** The longest and the fewest of src/app/queue-settings.ts: when a failed message comes back, and how often. */
const visibilityMs = 30_000;
const mostReceives = 5;
const deduplicationMs = 300_000;

type SendInput = Pick<
  SendMessageCommandInput,
  'MessageBody' | 'DelaySeconds' | 'MessageGroupId' | 'MessageDeduplicationId'
>;

export interface Queues {
  send(name: string, input: SendInput): string;
  /** Nothing is delivered from this queue until the answer is called: Slack shows an answer first. */
  hold(name: string): () => void;
  /** Starts the pumps that have something to do. */
  pump(): void;
  /** Waiting and dead messages, by queue. */
  depth(): Readonly<Record<string, { readonly waiting: number; readonly dead: number }>>;
}

const record = (queue: Queue, message: Message): SQSRecord => ({
  messageId: message.id,
  receiptHandle: message.id,
  body: message.body,
  attributes: {
    ApproximateReceiveCount: String(message.received),
    SentTimestamp: String(message.sentAt),
    SenderId: 'local',
    ApproximateFirstReceiveTimestamp: String(message.sentAt),
    ...(message.group ? { MessageGroupId: message.group } : {}),
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: `arn:aws:sqs:eu-west-1:999988887777:${queue.settings.name}`,
  awsRegion: 'eu-west-1',
});

/**
 * What is delivered now, each to an invocation of its own. In a FIFO queue a message waits for the ones before
 * it of its group, and groups do not wait for each other.
 * docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
const ready = ({ held, messages, settings }: Queue, now: number): readonly Batch[] => {
  if (held > 0) return [];
  if (!settings.fifo) {
    const visible = messages.filter(({ visibleAt }) => visibleAt <= now);
    return visible.length > 0 ? [visible.slice(0, settings.batch)] : [];
  }
  const first = new Map(messages.toReversed().map((message) => [message.group, message]));
  return messages
    .filter((message) => first.get(message.group) === message && message.visibleAt <= now)
    .map((message) => [message]);
};

/** The ids that failed: named by the handler, or all when it throws. */
const failedOf = async (
  queue: Queue,
  batch: Batch,
  activity: Activity,
): Promise<ReadonlySet<string>> => {
  try {
    const response = await queue.settings.handler({
      Records: batch.map((message) => record(queue, message)),
    });
    return new Set(response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  } catch (error) {
    activity.report(error);
    return new Set(batch.map(({ id }) => id));
  }
};

/** Delivers one batch: gone when it succeeded, back after the visibility timeout, or dead. */
const serve = async (
  queue: Queue,
  batch: Batch,
  { clock, activity }: { readonly clock: Clock; readonly activity: Activity },
): Promise<void> => {
  for (const message of batch) {
    message.received += 1;
    message.visibleAt = clock.now() + visibilityMs;
  }
  const failed = await failedOf(queue, batch, activity);
  const dead = batch.filter(({ id, received }) => failed.has(id) && received >= mostReceives);
  queue.dead.push(...dead);
  queue.messages = queue.messages.filter(
    (message) => !batch.includes(message) || (failed.has(message.id) && !dead.includes(message)),
  );
};

/** Adds a message, unless a FIFO queue took one of the same deduplication id in five minutes. */
const accept = (queue: Queue, id: string, input: SendInput, now: number): Message | undefined => {
  const key = input.MessageDeduplicationId;
  if (key && (queue.deduplication.get(key) ?? 0) > now) return undefined;
  if (key) queue.deduplication.set(key, now + deduplicationMs);
  const message: Message = {
    id,
    body: input.MessageBody ?? '',
    group: input.MessageGroupId,
    sentAt: now,
    visibleAt: now + (input.DelaySeconds ?? 0) * 1000,
    received: 0,
  };
  queue.messages.push(message);
  return message;
};

const emptyQueue = (settings: QueueSettings): Queue => ({
  settings,
  messages: [],
  deduplication: new Map(),
  dead: [],
  pumping: false,
  held: 0,
});

export const createQueues = (
  settings: readonly QueueSettings[],
  { clock, activity }: { readonly clock: Clock; readonly activity: Activity },
): Queues => {
  const queues = new Map(settings.map((one) => [one.name, emptyQueue(one)]));
  let sent = 0;
  // Whoever receives knows nothing of who sent: as between functions that run on two machines.
  const apart = AsyncLocalStorage.snapshot();

  const drain = async (queue: Queue): Promise<void> => {
    try {
      for (;;) {
        const batches = ready(queue, clock.now());
        if (batches.length === 0) return;
        await Promise.all(batches.map((batch) => serve(queue, batch, { clock, activity })));
        for (const message of batches.flat())
          if (queue.messages.includes(message)) wakeAt(message.visibleAt);
      }
    } finally {
      queue.pumping = false;
    }
  };

  const pump = (): void => {
    for (const queue of queues.values())
      if (!queue.pumping && ready(queue, clock.now()).length > 0) {
        queue.pumping = true;
        apart(() => activity.track(drain(queue)));
      }
  };

  const wakeAt = (moment: number): void => clock.at(moment, pump);

  const named = (name: string): Queue => {
    const queue = queues.get(name);
    if (!queue) throw new Error(`no queue ${name}`);
    return queue;
  };

  return {
    pump,
    hold(name) {
      const queue = named(name);
      queue.held += 1;
      return () => {
        queue.held -= 1;
        pump();
      };
    },
    send(name, input) {
      sent += 1;
      const id = `message-${sent}`;
      const message = accept(named(name), id, input, clock.now());
      if (message && message.visibleAt > clock.now()) wakeAt(message.visibleAt);
      pump();
      return id;
    },
    depth: () =>
      Object.fromEntries(
        [...queues].map(([name, queue]) => [
          name,
          { waiting: queue.messages.length, dead: queue.dead.length },
        ]),
      ),
  };
};
