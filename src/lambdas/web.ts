/** Behind the HTTP API: what Slack sends. */
import { deploymentFrom } from '../app/deployment.ts';
import { onLambda } from '../app/on-lambda.ts';
import { webFunction } from '../app/web.ts';

export const handler = webFunction(
  deploymentFrom(process.env, ['region', 'jobsQueue', 'slackSecret']),
  onLambda(process.env),
);
