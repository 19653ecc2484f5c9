/** ingest: events become findings, decisions and cases. It never talks to Slack. */
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { CordonConfig } from '../config/config.ts';
import type { Handled } from '../flows/alerts/handle-events.ts';
import { takeIn } from '../flows/alerts/take-in.ts';
import { configInForce } from './config-in-force.ts';
import type { Deployment } from './deployment.ts';
import type { MetricName } from './metrics.ts';
import type { Outside } from './outside.ts';
import { wakeUp, workQueue } from './queues.ts';
import { tables } from './tables.ts';

/** A body that is no JSON is an event like any other: ignored, counted, with its reason. */
const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
};

const counts: Readonly<Record<Handled['kind'], MetricName>> = {
  case: 'EventsInCases',
  digest: 'EventsDigest',
  failed: 'EventsFailed',
  ignored: 'EventsIgnored',
  suppressed: 'EventsSuppressed',
};

/** Seconds since the queue took the one that has waited longest. */
const oldest = (records: readonly SQSRecord[], now: number): number =>
  Math.max(0, ...records.map(({ attributes }) => (now - Number(attributes.SentTimestamp)) / 1000));

export const ingestFunction = (
  deployment: Pick<
    Deployment,
    'region' | 'casesTable' | 'requestsTable' | 'notifyQueue' | 'workQueue'
  >,
  outside: Outside,
  config: CordonConfig,
): ((event: SQSEvent) => Promise<SQSBatchResponse>) => {
  const { cases, suppressions, about, heartbeats, places } = tables(deployment, outside);
  const inForce = configInForce(config, places, outside);
  const ports = {
    chance: outside.chance,
    cases,
    suppressions,
    about,
    heartbeats,
    wake: wakeUp(deployment, outside),
    work: workQueue(deployment, outside),
  };
  return async ({ Records }) => {
    try {
      const handled = await takeIn(
        { ...ports, config: await inForce() },
        Records.map(({ body }) => parsed(body)),
        Records.some(({ attributes }) => Number(attributes.ApproximateReceiveCount) > 1),
      );
      const outcomes = new Map<Handled['kind'], number>();
      for (const { kind } of handled)
        if (kind !== 'rehearsed') outcomes.set(kind, (outcomes.get(kind) ?? 0) + 1);
      outside.log('events.handled', Object.fromEntries(outcomes));
      outside.measure({
        EventsReceived: handled.filter(({ kind }) => kind !== 'rehearsed').length,
        ...Object.fromEntries([...outcomes].map(([kind, count]) => [counts[kind], count])),
        IntakeSeconds: oldest(Records, outside.chance.now()),
      });
      return {
        batchItemFailures: Records.filter((_, place) => handled[place]?.kind === 'failed').map(
          ({ messageId }) => ({ itemIdentifier: messageId }),
        ),
      };
    } catch (error) {
      outside.log('events.failed', { error: error instanceof Error ? error.name : 'unknown' });
      return {
        batchItemFailures: Records.map(({ messageId }) => ({ itemIdentifier: messageId })),
      };
    }
  };
};
