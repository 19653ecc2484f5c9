/** Behind the `jobs` and `work` queues: what people pressed, and what became due. */
import type { SQSEvent } from 'aws-lambda';
import { type AccountCheck, accountCheck, isAccountCheck } from '../app/check-account.ts';
import { isOrganizationCheck, organizationCheck } from '../app/check-organization.ts';
import { deploymentFrom } from '../app/deployment.ts';
import { onLambda } from '../app/on-lambda.ts';
import { workerFunction } from '../app/worker.ts';
import { config } from './config.ts';

const deployment = deploymentFrom(process.env, [
  'region',
  'casesTable',
  'requestsTable',
  'passkeysTable',
  'stepUpUrl',
  'ingestQueue',
  'jobsQueue',
  'notifyQueue',
  'stateMachine',
  'slackSecret',
  'externalId',
  'evidenceBucket',
]);
const outside = onLambda(process.env);
const work = workerFunction(deployment, outside, config);
const check = accountCheck('worker', deployment, { outside, config });
const checkOrganization = organizationCheck(deployment, outside, config);

export const handler = (event: SQSEvent | AccountCheck | { readonly check: 'organization' }) => {
  if (isOrganizationCheck(event)) return checkOrganization();
  return isAccountCheck(event) ? check(event) : work(event);
};
