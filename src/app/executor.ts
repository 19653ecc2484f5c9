/** executor: the only function that assumes a response role. It never talks to Slack. */
import { withEvidence } from '../aws/evidence-folder.ts';
import type { CordonConfig } from '../config/config.ts';
import type { ExecutorAnswer } from '../execution/state-machine.ts';
import { executeRequest } from '../flows/execute-request.ts';
import { accountSessions } from './account-sessions.ts';
import { configInForce } from './config-in-force.ts';
import type { Deployment } from './deployment.ts';
import { openVault } from './evidence-vault.ts';
import { askIssuer } from './issuer.ts';
import type { Outside } from './outside.ts';
import { wakeUp } from './queues.ts';
import { authorityTables } from './tables.ts';
import { withRehearsals } from './with-rehearsals.ts';

export const executorFunction = (
  deployment: Pick<
    Deployment,
    | 'region'
    | 'requestsTable'
    | 'passkeysTable'
    | 'stepUpUrl'
    | 'notifyQueue'
    | 'externalId'
    | 'evidenceBucket'
  >,
  outside: Outside,
  config: CordonConfig,
): ((event: { readonly request: string }) => Promise<ExecutorAnswer>) => {
  const tables = authorityTables(deployment, outside);
  const accounts = withEvidence(accountSessions('executor', deployment, { outside, config }), () =>
    openVault(deployment, outside),
  );
  const inForce = configInForce(config, tables.organization, outside);
  const ports = {
    chance: outside.chance,
    ...tables,
    site: { url: deployment.stepUpUrl },
    issuer: askIssuer(outside),
    wake: wakeUp(deployment, outside),
    aws: withRehearsals({
      accounts,
      drills: tables.drills,
      functionName: 'executor',
      config,
      now: outside.chance.now,
    }),
  };
  return async ({ request }) => {
    const answer = await executeRequest({ ...ports, config: await inForce() }, request);
    outside.log('execution', { request, status: answer.status });
    return answer;
  };
};
