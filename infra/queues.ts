/** Cordon's queues, each with its dead letters and alarms (design §2). */

import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  DeduplicationScope,
  FifoThroughputLimit,
  Queue,
  QueueEncryption,
} from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { named } from '../src/app/names.ts';
import { type QueueSettings, queueSettings } from '../src/app/queue-settings.ts';
import { minute, type Pager } from './pager.ts';

export type QueueName = keyof typeof queueSettings;

interface Patience {
  /** What does not move for as long pages people; seconds. */
  readonly ageSeconds: number;
  /** And so does more than this. */
  readonly depth: number;
  readonly holds: string;
}

/** Slack answers, alarms and reminders depend on these; none of them needs the code to page. */
const patience: Readonly<Record<QueueName, Patience>> = {
  ingest: { ageSeconds: 120, depth: 20_000, holds: 'events from AWS' },
  jobs: { ageSeconds: 60, depth: 200, holds: 'what people pressed in Slack' },
  work: { ageSeconds: 180, depth: 1_000, holds: 'what became due' },
  notify: { ageSeconds: 300, depth: 1_000, holds: 'wake-ups of the function that draws in Slack' },
};

interface Common {
  readonly enforceSSL: true;
  readonly encryption: QueueEncryption;
  readonly encryptionMasterKey?: IKey;
}

const common = (key: IKey | undefined): Common => ({
  enforceSSL: true,
  ...(key
    ? { encryption: QueueEncryption.KMS, encryptionMasterKey: key }
    : { encryption: QueueEncryption.SQS_MANAGED }),
});

/** Where events and schedules end up that could not be delivered; it pages at the first. */
export const deadLetters = (
  scope: Construct,
  id: string,
  {
    pager,
    key,
    says,
  }: { readonly pager: Pager; readonly key: IKey | undefined; readonly says: string },
): Queue => {
  const queue = new Queue(scope, id, {
    queueName: named(`${id}-dead`),
    retentionPeriod: Duration.days(14),
    ...common(key),
  });
  pager.alarm({
    name: `${id}-dead`,
    says,
    metric: queue.metricApproximateNumberOfMessagesVisible({
      period: minute,
      statistic: 'Maximum',
    }),
    from: 1,
  });
  return queue;
};

export class Queues extends Construct {
  readonly byName: Readonly<Record<QueueName, Queue>>;
  readonly dead: readonly Queue[];

  constructor(scope: Construct, pager: Pager, key: IKey | undefined) {
    super(scope, 'Queues');
    const dead: Queue[] = [];
    const make = (name: QueueName): Queue => {
      const made = this.#queue(name, pager, key);
      dead.push(made.dead);
      return made.queue;
    };
    this.byName = {
      ingest: make('ingest'),
      jobs: make('jobs'),
      work: make('work'),
      notify: make('notify'),
    };
    this.dead = dead;
  }

  #queue(
    name: QueueName,
    pager: Pager,
    key: IKey | undefined,
  ): { readonly queue: Queue; readonly dead: Queue } {
    const settings: QueueSettings = queueSettings[name];
    // Of one person the order counts; a request that Slack sends twice is kept once.
    const fifo = name === 'jobs';
    const suffix = fifo ? '.fifo' : '';
    const dead = new Queue(this, `${name}-dead`, {
      queueName: `${named(name)}-dead${suffix}`,
      retentionPeriod: Duration.days(14),
      ...(fifo ? { fifo } : {}),
      ...common(key),
    });
    const queue = new Queue(this, name, {
      queueName: `${named(name)}${suffix}`,
      visibilityTimeout: Duration.seconds(settings.visibilitySeconds),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: dead, maxReceiveCount: settings.tries },
      ...(fifo
        ? {
            fifo,
            deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
            fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
          }
        : {}),
      ...common(key),
    });
    alarms(name, { queue, dead }, pager);
    return { queue, dead };
  }
}

const alarms = (
  name: QueueName,
  { queue, dead }: { readonly queue: Queue; readonly dead: Queue },
  pager: Pager,
): void => {
  const { ageSeconds, depth, holds } = patience[name];
  const most = { period: minute, statistic: 'Maximum' };
  pager.alarm({
    name: `queue-${name}-age`,
    says: `Cordon's queue ${name} (${holds}) has not moved for ${ageSeconds} s. docs/operate.md, "A queue stands still".`,
    metric: queue.metricApproximateAgeOfOldestMessage(most),
    from: ageSeconds,
    periods: 2,
  });
  pager.alarm({
    name: `queue-${name}-depth`,
    says: `Cordon's queue ${name} (${holds}) holds ${depth} messages or more. docs/operate.md, "A queue stands still".`,
    metric: queue.metricApproximateNumberOfMessagesVisible(most),
    from: depth,
    periods: 2,
  });
  pager.alarm({
    name: `queue-${name}-dead`,
    says: `Cordon gave up on a message of ${name} (${holds}). docs/operate.md, "Dead letters".`,
    metric: dead.metricApproximateNumberOfMessagesVisible(most),
    from: 1,
  });
};
