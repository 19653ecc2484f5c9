/** Behind the step-up address: the page on which an approver confirms with a passkey. */
import { deploymentFrom } from '../app/deployment.ts';
import { onLambda } from '../app/on-lambda.ts';
import { stepUpFunction } from '../app/step-up.ts';
import { config } from './config.ts';

export const handler = stepUpFunction(
  deploymentFrom(process.env, [
    'region',
    'requestsTable',
    'passkeysTable',
    'workQueue',
    'pagerTopic',
    'stepUpUrl',
  ]),
  onLambda(process.env),
  config,
);
