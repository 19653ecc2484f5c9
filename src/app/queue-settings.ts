/**
 * How Lambda takes from each queue: the deployment sets its event source mappings from this, and the
 * storm benchmark runs with the same numbers.
 * docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */

export interface QueueSettings {
  /** Most messages to one invocation: 10 without a window and of FIFO queues, else 10,000. */
  readonly batchSize: number;
  /** How long a batch may be gathered. Seconds, 0 to 300; none of FIFO queues. */
  readonly windowSeconds: number;
  /** Invocations at once; AWS allows 2 and more (services-sqs-scaling.html). */
  readonly maximumConcurrency: number;
  /**
   * How long a message that was taken stays hidden; then it comes back, unless it was handled.
   * Seconds, at least the function's time limit.
   */
  readonly visibilitySeconds: number;
  /** What was handed out so often and never handled is a dead letter. */
  readonly tries: number;
}

export const queueSettings = {
  // A burst is folded batch by batch: one write a case, however many of its findings came.
  // What dies with its function is seen again after the visibility, so ingest's is short: still ten
  // times what a full batch takes. And findings outlast ten minutes in which the tables cannot be had.
  ingest: {
    batchSize: 200,
    windowSeconds: 1,
    maximumConcurrency: 2,
    visibilitySeconds: 3,
    tries: 200,
  },
  // As long as a turn of the pacer may work: what it was woken for is not handed out beside it.
  notify: {
    batchSize: 10,
    windowSeconds: 0,
    maximumConcurrency: 2,
    visibilitySeconds: 18,
    tries: 5,
  },
  jobs: {
    batchSize: 10,
    windowSeconds: 0,
    maximumConcurrency: 10,
    visibilitySeconds: 30,
    tries: 5,
  },
  work: {
    batchSize: 10,
    windowSeconds: 0,
    maximumConcurrency: 10,
    visibilitySeconds: 30,
    tries: 5,
  },
} as const satisfies Readonly<Record<string, QueueSettings>>;
