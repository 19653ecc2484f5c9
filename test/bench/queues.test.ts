/** The stand-in for SQS and its event source mapping, on a clock that the test moves. */
import type { SQSEvent } from 'aws-lambda';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createQueue, type Queue, type QueueOptions } from '../../bench/storm/queues.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

interface Handed {
  readonly at: number;
  readonly bodies: readonly string[];
}

/** A queue whose function takes `worksMs`, then answers what `outcome` says. */
const watched = (
  settings: Partial<QueueOptions['settings']>,
  {
    fifo = false,
    worksMs = 0,
    outcome = () => ({ batchItemFailures: [] }),
  }: {
    readonly fifo?: boolean;
    readonly worksMs?: number;
    readonly outcome?: (event: SQSEvent) => Awaited<ReturnType<QueueOptions['invoke']>>;
  } = {},
): { readonly queue: Queue; readonly handed: Handed[] } => {
  const handed: Handed[] = [];
  const from = Date.now();
  const queue = createQueue({
    name: 'q',
    fifo,
    settings: {
      batchSize: 10,
      windowSeconds: 0,
      maximumConcurrency: 2,
      visibilitySeconds: 30,
      tries: 5,
      ...settings,
    },
    async invoke(event) {
      handed.push({ at: Date.now() - from, bodies: event.Records.map(({ body }) => body) });
      if (worksMs > 0) await new Promise((resolve) => setTimeout(resolve, worksMs));
      return outcome(event);
    },
  });
  return { queue, handed };
};

const sendAll = (queue: Queue, ...bodies: readonly string[]): void => {
  for (const body of bodies) queue.send({ body });
};

test('without a window a message is handed over at once', async () => {
  const { queue, handed } = watched({});
  sendAll(queue, 'a');
  await vi.advanceTimersByTimeAsync(0);
  expect(handed).toEqual([{ at: 0, bodies: ['a'] }]);
  expect(queue.depth()).toBe(0);
});

test('a window gathers what comes within it', async () => {
  const { queue, handed } = watched({ windowSeconds: 1 });
  sendAll(queue, 'a');
  await vi.advanceTimersByTimeAsync(600);
  sendAll(queue, 'b');
  await vi.advanceTimersByTimeAsync(600);
  sendAll(queue, 'c');
  await vi.advanceTimersByTimeAsync(1000);
  expect(handed).toEqual([
    { at: 1000, bodies: ['a', 'b'] },
    { at: 2200, bodies: ['c'] },
  ]);
});

test('a full batch does not wait for its window', async () => {
  const { queue, handed } = watched({ windowSeconds: 1, batchSize: 2 });
  sendAll(queue, 'a', 'b', 'c');
  await vi.advanceTimersByTimeAsync(0);
  expect(handed).toEqual([{ at: 0, bodies: ['a', 'b'] }]);
});

test('no more invocations run at once than allowed', async () => {
  const { queue, handed } = watched({ batchSize: 1 }, { worksMs: 100 });
  sendAll(queue, 'a', 'b', 'c');
  await vi.advanceTimersByTimeAsync(100);
  expect(handed.map(({ at }) => at)).toEqual([0, 0, 100]);
});

test('a delayed message comes when its delay is over', async () => {
  const { queue, handed } = watched({});
  queue.send({ body: 'a', delaySeconds: 5 });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(handed).toEqual([{ at: 5000, bodies: ['a'] }]);
});

test('what failed comes back after the visibility timeout, the rest of its batch does not', async () => {
  let first = true;
  const { queue, handed } = watched(
    {},
    {
      outcome(event) {
        const failed = first ? event.Records.slice(0, 1) : [];
        first = false;
        return {
          batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })),
        };
      },
      worksMs: 10,
    },
  );
  sendAll(queue, 'filler', 'filler');
  await vi.advanceTimersByTimeAsync(0);
  handed.length = 0;
  sendAll(queue, 'a');
  await vi.advanceTimersByTimeAsync(29_000);
  expect(handed.map(({ bodies }) => bodies)).toEqual([['a']]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(handed.map(({ bodies }) => bodies)).toEqual([['a'], ['filler']]);
  expect(queue.failed()).toBe(1);
});

test('after five deaths a message is a dead letter', async () => {
  const { queue, handed } = watched(
    {},
    {
      outcome() {
        throw new Error('killed');
      },
    },
  );
  sendAll(queue, 'a');
  await vi.advanceTimersByTimeAsync(300_000);
  expect(handed).toHaveLength(5);
  expect({ dead: queue.dead(), depth: queue.depth(), failed: queue.failed() }).toEqual({
    dead: 1,
    depth: 0,
    failed: 5,
  });
});

test('of a FIFO queue the next of a group waits for the one before, other groups do not', async () => {
  const { queue, handed } = watched({}, { fifo: true, worksMs: 100 });
  queue.send({ body: 'a1', group: 'a' });
  queue.send({ body: 'a2', group: 'a' });
  queue.send({ body: 'b1', group: 'b' });
  await vi.advanceTimersByTimeAsync(300);
  expect(handed).toEqual([
    { at: 0, bodies: ['a1'] },
    { at: 0, bodies: ['b1'] },
    { at: 100, bodies: ['a2'] },
  ]);
});

test('of two messages with one deduplication id the second is not taken', async () => {
  const { queue, handed } = watched({}, { fifo: true });
  queue.send({ body: 'a', group: 'g', deduplication: 'd' });
  queue.send({ body: 'a', group: 'g', deduplication: 'd' });
  await vi.advanceTimersByTimeAsync(100);
  expect(handed).toHaveLength(1);
});

test('a queue that was stopped hands over nothing more', async () => {
  const { queue, handed } = watched({ windowSeconds: 1 });
  sendAll(queue, 'a');
  queue.stop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(handed).toEqual([]);
});
