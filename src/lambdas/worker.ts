/** Behind the `jobs` and `work` queues: what people pressed, and what became due. */
import { deploymentFrom } from '../app/deployment.ts';
import { onLambda } from '../app/on-lambda.ts';
import { workerFunction } from '../app/worker.ts';
import { config } from './config.ts';

export const handler = workerFunction(
  deploymentFrom(process.env, [
    'region',
    'casesTable',
    'requestsTable',
    'passkeysTable',
    'stepUpUrl',
    'jobsQueue',
    'notifyQueue',
    'stateMachine',
    'slackSecret',
    'externalId',
  ]),
  onLambda(process.env),
  config,
);
