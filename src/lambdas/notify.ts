/** Behind the `notify` queue: wake-ups of the pacer. */
import { deploymentFrom } from '../app/deployment.ts';
import { notifyFunction } from '../app/notify.ts';
import { onLambda } from '../app/on-lambda.ts';
import { config } from './config.ts';

export const handler = notifyFunction(
  deploymentFrom(process.env, [
    'region',
    'casesTable',
    'requestsTable',
    'notifyQueue',
    'slackSecret',
  ]),
  onLambda(process.env),
  config,
);
