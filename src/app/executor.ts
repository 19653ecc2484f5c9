/** executor: the only function that assumes a response role. It never talks to Slack. */
import { awsAccounts } from '../aws/accounts.ts';
import type { CordonConfig } from '../config/config.ts';
import type { ExecutorAnswer } from '../execution/state-machine.ts';
import { executeRequest } from '../flows/execute-request.ts';
import type { Deployment } from './deployment.ts';
import type { Outside } from './outside.ts';
import { wakeUp } from './queues.ts';
import { tables } from './tables.ts';

export const executorFunction = (
  deployment: Pick<
    Deployment,
    'region' | 'casesTable' | 'requestsTable' | 'notifyQueue' | 'externalId'
  >,
  outside: Outside,
  config: CordonConfig,
): ((event: { readonly request: string }) => Promise<ExecutorAnswer>) => {
  const ports = {
    config,
    chance: outside.chance,
    requests: tables(deployment, outside).requests,
    wake: wakeUp(deployment, outside),
    aws: awsAccounts({
      functionName: 'executor',
      homeRegion: deployment.region,
      externalId: deployment.externalId,
      now: outside.chance.now,
      ...(outside.credentials ? { credentials: outside.credentials } : {}),
      ...(outside.onClient ? { onClient: outside.onClient } : {}),
    }),
  };
  return async ({ request }) => {
    const answer = await executeRequest(ports, request);
    outside.log('execution', { request, status: answer.status });
    return answer;
  };
};
