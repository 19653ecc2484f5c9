/** Behind the state machine: one stretch of an approved request. */
import { type AccountCheck, accountCheck, isAccountCheck } from '../app/check-account.ts';
import { deploymentFrom } from '../app/deployment.ts';
import { executorFunction } from '../app/executor.ts';
import { onLambda } from '../app/on-lambda.ts';
import { config } from './config.ts';

const deployment = deploymentFrom(process.env, [
  'region',
  'requestsTable',
  'passkeysTable',
  'stepUpUrl',
  'notifyQueue',
  'externalId',
  'evidenceBucket',
]);
const outside = onLambda(process.env);
const execute = executorFunction(deployment, outside, config);
const check = accountCheck('executor', deployment, { outside, config });

export const handler = (event: { readonly request: string } | AccountCheck) =>
  isAccountCheck(event) ? check(event) : execute(event);
