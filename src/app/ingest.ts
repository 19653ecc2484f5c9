/** ingest: events become findings, decisions and cases. It never talks to Slack. */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { CordonConfig } from '../config/config.ts';
import { handleEvent } from '../flows/handle-event.ts';
import { eachRecord } from './batch.ts';
import type { Deployment } from './deployment.ts';
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

export const ingestFunction = (
  deployment: Pick<
    Deployment,
    'region' | 'casesTable' | 'requestsTable' | 'notifyQueue' | 'workQueue'
  >,
  outside: Outside,
  config: CordonConfig,
): ((event: SQSEvent) => Promise<SQSBatchResponse>) => {
  const ports = {
    config,
    chance: outside.chance,
    cases: tables(deployment, outside).cases,
    wake: wakeUp(deployment, outside),
    work: workQueue(deployment, outside),
  };
  return (event) =>
    eachRecord(event, outside, async (record) => {
      const handled = await handleEvent(ports, parsed(record.body));
      outside.log('event.handled', { outcome: handled.kind });
    });
};
