/** Behind the schedule: once a minute. */
import { deploymentFrom } from '../app/deployment.ts';
import { onLambda } from '../app/on-lambda.ts';
import { tickFunction } from '../app/tick.ts';
import { config } from './config.ts';

export const handler = tickFunction(
  deploymentFrom(process.env, [
    'region',
    'casesTable',
    'requestsTable',
    'notifyQueue',
    'workQueue',
    'evidenceBucket',
    'pagerTopic',
  ]),
  onLambda(process.env),
  config,
);
