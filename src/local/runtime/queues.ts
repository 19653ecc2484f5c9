/**
 * SQS in memory: sending behind the real SDK client, and pumps that call the real handlers with
 * Lambda's event, partial batch failures, visibility, redelivery and dead letters included.
 */
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

interface Queue {
  readonly settings: QueueSettings;
  messages: Message[];
  readonly deduplication: Map<string, number>;
  readonly dead: Message[];
  pumping: boolean;
  held: number;
}

/** As infra/ sets them: a failed message comes back after that, and is dead after so many tries. */
const visibilityMs = 30_000;
const mostReceives = 5;
const deduplicationMs = 300_000;

export interface Queues {
  send(
    name: string,
    input: Pick<
      SendMessageCommandInput,
      'MessageBody' | 'DelaySeconds' | 'MessageGroupId' | 'MessageDeduplicationId'
    >,
  ): string;
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

/** In a FIFO queue a message waits for the ones before it of its group. */
const ready = (queue: Queue, now: number): readonly Message[] => {
  if (queue.held > 0) return [];
  const blocked = new Set<string>();
  const taken: Message[] = [];
  for (const message of queue.messages) {
    const group = queue.settings.fifo ? message.group : undefined;
    if (group && blocked.has(group)) continue;
    if (message.visibleAt > now) {
      if (group) blocked.add(group);
      continue;
    }
    taken.push(message);
    if (taken.length === queue.settings.batch) break;
  }
  return taken;
};

export const createQueues = (
  settings: readonly QueueSettings[],
  { clock, activity }: { readonly clock: Clock; readonly activity: Activity },
): Queues => {
  const queues = new Map<string, Queue>(
    settings.map((one) => [
      one.name,
      { settings: one, messages: [], deduplication: new Map(), dead: [], pumping: false, held: 0 },
    ]),
  );
  let sent = 0;

  const wakeAt = (moment: number): void => clock.at(moment, () => pump());

  const serve = async (queue: Queue, batch: readonly Message[]): Promise<void> => {
    const now = clock.now();
    for (const message of batch) {
      message.received += 1;
      message.visibleAt = now + visibilityMs;
    }
    const answer = await answered(queue, batch);
    for (const message of batch) {
      if (!answer.has(message.id)) queue.messages = queue.messages.filter((one) => one !== message);
      else if (message.received >= mostReceives) {
        queue.messages = queue.messages.filter((one) => one !== message);
        queue.dead.push(message);
      } else wakeAt(message.visibleAt);
    }
  };

  /** The ids that failed: named by the handler, or all when it throws. */
  const answered = async (
    queue: Queue,
    batch: readonly Message[],
  ): Promise<ReadonlySet<string>> => {
    try {
      const response = await queue.settings.handler({
        Records: batch.map((message) => record(queue, message)),
      });
      return new Set(response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    } catch {
      return new Set(batch.map(({ id }) => id));
    }
  };

  const drain = async (queue: Queue): Promise<void> => {
    try {
      for (;;) {
        const batch = ready(queue, clock.now());
        if (batch.length === 0) return;
        await serve(queue, batch);
      }
    } finally {
      queue.pumping = false;
    }
  };

  const pump = (): void => {
    for (const queue of queues.values())
      if (!queue.pumping && ready(queue, clock.now()).length > 0) {
        queue.pumping = true;
        activity.track(drain(queue));
      }
  };

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
      const queue = named(name);
      const now = clock.now();
      sent += 1;
      const id = `message-${sent}`;
      const key = input.MessageDeduplicationId;
      if (key) {
        if ((queue.deduplication.get(key) ?? 0) > now) return id;
        queue.deduplication.set(key, now + deduplicationMs);
      }
      const visibleAt = now + (input.DelaySeconds ?? 0) * 1000;
      queue.messages.push({
        id,
        body: input.MessageBody ?? '',
        group: input.MessageGroupId,
        sentAt: now,
        visibleAt,
        received: 0,
      });
      if (visibleAt > now) wakeAt(visibleAt);
      else pump();
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
