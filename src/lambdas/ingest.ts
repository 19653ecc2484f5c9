/** Behind the `ingest` queue: events from EventBridge. */
import { deploymentFrom } from '../app/deployment.ts';
import { ingestFunction } from '../app/ingest.ts';
import { onLambda } from '../app/on-lambda.ts';
import { config } from './config.ts';

export const handler = ingestFunction(
  deploymentFrom(process.env, [
    'region',
    'casesTable',
    'requestsTable',
    'notifyQueue',
    'workQueue',
  ]),
  onLambda(process.env),
  config,
);
