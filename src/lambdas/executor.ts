/** Behind the state machine: one stretch of an approved request. */
import { deploymentFrom } from '../app/deployment.ts';
import { executorFunction } from '../app/executor.ts';
import { onLambda } from '../app/on-lambda.ts';
import { config } from './config.ts';

export const handler = executorFunction(
  deploymentFrom(process.env, [
    'region',
    'requestsTable',
    'passkeysTable',
    'stepUpUrl',
    'notifyQueue',
    'externalId',
    'evidenceBucket',
  ]),
  onLambda(process.env),
  config,
);
