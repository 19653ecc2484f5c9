/**
 * SQS in memory with Lambda's event source mapping in front of a function, in real time: batches,
 * window, concurrency, visibility, partial failures, dead letters.
 * docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
import { createHash } from 'node:crypto';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { QueueSettings } from '../../src/app/queue-settings.ts';

interface Message {
  readonly id: string;
  readonly body: string;
  readonly group: string | undefined;
  readonly sentAt: number;
  received: number;
  handled: boolean;
}

export interface QueueOptions {
  readonly name: string;
  readonly fifo: boolean;
  readonly settings: QueueSettings;
  readonly invoke: (event: SQSEvent) => Promise<SQSBatchResponse | undefined>;
  /** Told which messages a successful invocation handled. */
  readonly onHandled?: (messages: readonly Handled[]) => void;
  /** Told which messages of an invocation that died, or gave them back, are delivered again later. */
  readonly onFailed?: (messages: readonly Handled[]) => void;
}

interface Handled {
  readonly body: string;
  /** How often it was handed out. */
  readonly received: number;
}

interface Sent {
  readonly body: string;
  readonly delaySeconds?: number | undefined;
  readonly group?: string | undefined;
  readonly deduplication?: string | undefined;
}

export interface Queue {
  /** Answers the message's id. */
  send(message: Sent): string;
  /** Messages that wait, are hidden or in flight. */
  depth(): number;
  dead(): number;
  /** Deliveries that were given back, or whose invocation died. */
  failed(): number;
  /** Nothing more is delivered. */
  stop(): void;
}

const recordOf = (name: string, message: Message): SQSRecord => ({
  messageId: message.id,
  receiptHandle: message.id,
  body: message.body,
  attributes: {
    ApproximateReceiveCount: String(message.received),
    SentTimestamp: String(message.sentAt),
    SenderId: 'bench',
    ApproximateFirstReceiveTimestamp: String(message.sentAt),
    ...(message.group ? { MessageGroupId: message.group } : {}),
  },
  messageAttributes: {},
  md5OfBody: createHash('md5').update(message.body).digest('hex'),
  eventSource: 'aws:sqs',
  eventSourceARN: `arn:aws:sqs:eu-west-1:999988887777:${name}`,
  awsRegion: 'eu-west-1',
});

/** Those of a batch that were handled: an invocation that died or threw handled none. */
const handledOf = (
  batch: readonly Message[],
  response: SQSBatchResponse | undefined | 'failed',
): readonly Message[] => {
  if (response === 'failed') return [];
  const failed = new Set(response?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  return batch.filter(({ id }) => !failed.has(id));
};

/** What can be handed out. Of a FIFO queue, one message of a group at a time. */
const createShelf = (fifo: boolean) => {
  let available: Message[] = [];
  const inHand = new Set<string>();
  const groupOf = ({ group }: Message): string | undefined => (fifo ? group : undefined);
  return {
    count: () => available.length,
    offer: (message: Message) => available.push(message),
    take(most: number): readonly Message[] {
      const batch: Message[] = [];
      const left: Message[] = [];
      for (const message of available) {
        const group = groupOf(message);
        if (batch.length === most || (group && inHand.has(group))) left.push(message);
        else {
          batch.push(message);
          if (group) inHand.add(group);
        }
      }
      available = left;
      return batch;
    },
    /** Handled, or back: the next of its group may go. */
    release(message: Message): void {
      const group = groupOf(message);
      if (group) inHand.delete(group);
    },
  };
};

/** Timers that can all be ended. */
const createTimers = () => {
  const timers = new Set<NodeJS.Timeout>();
  return {
    after(milliseconds: number, work: () => void): void {
      const timer = setTimeout(() => {
        timers.delete(timer);
        work();
      }, milliseconds);
      timers.add(timer);
    },
    end(): void {
      for (const timer of timers) clearTimeout(timer);
    },
  };
};

/** Hands what is on the shelf to the function: gathers a batch, keeps to the concurrency. */
const createMapping = (
  settings: QueueSettings,
  shelf: ReturnType<typeof createShelf>,
  serve: (batch: readonly Message[]) => Promise<void>,
) => {
  const timers = createTimers();
  let gatheringSince = 0;
  let [gathering, busy, stopped] = [false, 0, false];
  /** One timer, however many messages come meanwhile. */
  const whenGathered = (milliseconds: number): void => {
    if (gathering) return;
    gathering = true;
    timers.after(milliseconds, () => {
      gathering = false;
      deliver();
    });
  };
  const hand = async (batch: readonly Message[]): Promise<void> => {
    busy += 1;
    await serve(batch);
    busy -= 1;
    deliver();
  };
  const deliver = (): void => {
    while (!stopped && busy < settings.maximumConcurrency && shelf.count() > 0) {
      const wait = gatheringSince + settings.windowSeconds * 1000 - Date.now();
      if (shelf.count() < settings.batchSize && wait > 0) {
        whenGathered(wait);
        return;
      }
      const batch = shelf.take(settings.batchSize);
      gatheringSince = Date.now();
      if (batch.length === 0) return;
      void hand(batch);
    }
  };
  return {
    offer(message: Message): void {
      if (shelf.count() === 0) gatheringSince = Date.now();
      shelf.offer(message);
      deliver();
    },
    stop(): void {
      stopped = true;
      timers.end();
    },
  };
};

export const createQueue = (options: QueueOptions): Queue => {
  const { name, fifo, settings } = options;
  const all = new Set<Message>();
  const known = new Set<string>();
  const timers = createTimers();
  const shelf = createShelf(fifo);
  let [dead, failed, count] = [0, 0, 0];

  const cameBack = (message: Message): void => {
    if (message.handled) return;
    shelf.release(message);
    if (message.received < settings.tries) mapping.offer(message);
    else {
      dead += 1;
      all.delete(message);
    }
  };
  const serve = async (batch: readonly Message[]): Promise<void> => {
    for (const message of batch) {
      message.received += 1;
      timers.after(settings.visibilitySeconds * 1000, () => cameBack(message));
    }
    const response = await options
      .invoke({ Records: batch.map((message) => recordOf(name, message)) })
      .catch(() => 'failed' as const);
    const handled = handledOf(batch, response);
    failed += batch.length - handled.length;
    for (const message of handled) {
      message.handled = true;
      all.delete(message);
      shelf.release(message);
    }
    options.onHandled?.(handled);
    options.onFailed?.(batch.filter((message) => !message.handled));
  };
  const mapping = createMapping(settings, shelf, serve);
  return {
    send({ body, delaySeconds = 0, group, deduplication }) {
      count += 1;
      const id = `${name}-${count}`;
      if (deduplication !== undefined && known.has(deduplication)) return id;
      if (deduplication !== undefined) known.add(deduplication);
      const sentAt = Date.now();
      const message: Message = { id, body, group, sentAt, received: 0, handled: false };
      all.add(message);
      if (delaySeconds > 0) timers.after(delaySeconds * 1000, () => mapping.offer(message));
      else mapping.offer(message);
      return id;
    },
    depth: () => all.size,
    dead: () => dead,
    failed: () => failed,
    stop() {
      mapping.stop();
      timers.end();
    },
  };
};
