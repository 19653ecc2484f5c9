/** Cordon as it is deployed, on one machine: built functions, their queues, stand-ins around them. */
import { execFileSync } from 'node:child_process';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SQSBatchResponse } from 'aws-lambda';
import { functionSettings } from '../../src/app/function-settings.ts';
import { queueSettings } from '../../src/app/queue-settings.ts';
import { entryIn } from '../house/lambda.ts';
import type { Random } from '../random.ts';
import { type AwsServer, startAws } from './aws-server.ts';
import { createPool, type Pool } from './pool.ts';
import { createQueue, type Queue, type QueueOptions } from './queues.ts';
import { type SlackServer, startSlack } from './slack-server.ts';
import { startTables, type Tables } from './tables.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

const functionNames = ['ingest', 'notify', 'worker', 'web'] as const;
type FunctionName = (typeof functionNames)[number];

export const signingSecret = 'an example signing secret';
export const secret = JSON.stringify({
  token: 'xoxb-example',
  signingSecrets: [signingSecret],
  botId: 'B0CORDON',
  botUserId: 'U0CORDON',
});

export const buildFunctions = (folder: string): void => {
  execFileSync(process.execPath, ['build.mjs', ...functionNames, '--out', folder], { cwd: root });
};

export interface DeploymentOptions {
  /** Where the functions were built to. */
  readonly built: string;
  /** Where each function's log goes; nowhere when absent. */
  readonly logs?: string | undefined;
  readonly random: Random;
  readonly groupOf: (drawn: string) => number | undefined;
  readonly onIngestFailed: NonNullable<QueueOptions['onFailed']>;
}

export interface Deployment {
  readonly functions: Readonly<Record<FunctionName, Pool>>;
  readonly queues: Readonly<Record<'ingest' | 'notify' | 'jobs' | 'work', Queue>>;
  readonly slack: SlackServer;
  readonly aws: AwsServer;
  readonly tables: Tables;
  close(): Promise<void>;
}

const queueUrl = (name: string): string =>
  `https://sqs.eu-west-1.amazonaws.com/999988887777/cordon-${name}`;

export const environmentOf = (
  endpoints: { readonly aws: string; readonly tables: string; readonly slack: string },
  tables: { readonly cases: string; readonly requests: string },
): Readonly<Record<string, string>> => ({
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'example',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  AWS_ENDPOINT_URL: endpoints.aws,
  AWS_ENDPOINT_URL_DYNAMODB: endpoints.tables,
  SLACK_API_URL: endpoints.slack,
  CORDON_CASES_TABLE: tables.cases,
  CORDON_REQUESTS_TABLE: tables.requests,
  CORDON_PASSKEYS_TABLE: 'cordon-passkeys',
  CORDON_STEP_UP_URL: 'https://step-up.example.com/step-up',
  CORDON_INGEST_QUEUE_URL: queueUrl('ingest'),
  CORDON_JOBS_QUEUE_URL: queueUrl('jobs.fifo'),
  CORDON_WORK_QUEUE_URL: queueUrl('work'),
  CORDON_NOTIFY_QUEUE_URL: queueUrl('notify'),
  CORDON_STATE_MACHINE_ARN: 'arn:aws:states:eu-west-1:999988887777:stateMachine:cordon',
  CORDON_EVIDENCE_BUCKET: 'cordon-evidence-example',
  CORDON_PAGER_TOPIC_ARN: 'arn:aws:sns:eu-west-1:999988887777:cordon-pager',
  CORDON_SLACK_SECRET_ID: 'cordon-slack',
  CORDON_EXTERNAL_ID: 'example-external-id',
});

/** The functions by name, each with its processes; a log file each. */
const startFunctions = (
  { built, logs }: DeploymentOptions,
  environment: Readonly<Record<string, string>>,
): Readonly<Record<FunctionName, Pool>> => {
  const started = functionNames.map((name) => [
    name,
    createPool({
      node: process.execPath,
      file: entryIn(join(built, name)),
      environment,
      memoryMb: functionSettings[name].memoryMb,
      ...(logs ? { output: openSync(join(logs, `${name}.log`), 'a') } : {}),
    }),
  ]);
  return Object.fromEntries(started) as Record<FunctionName, Pool>;
};

export const startDeployment = async (options: DeploymentOptions): Promise<Deployment> => {
  const tableNames = { cases: 'cordon-cases', requests: 'cordon-requests' };
  const [tables, slack] = await Promise.all([
    startTables(Object.values(tableNames)),
    startSlack({ random: options.random, groupOf: options.groupOf }),
  ]);
  const byName = new Map<string, Queue>();
  const aws = await startAws((name) => byName.get(name), secret);
  const functions = startFunctions(
    options,
    environmentOf({ aws: aws.endpoint, tables: tables.endpoint, slack: slack.apiUrl }, tableNames),
  );
  const queue = (
    name: keyof typeof queueSettings,
    pool: Pool,
    more: Partial<QueueOptions> = {},
  ): Queue => {
    const fifo = name === 'jobs';
    const full = `cordon-${name}${fifo ? '.fifo' : ''}`;
    const made = createQueue({
      name: full,
      fifo,
      settings: queueSettings[name],
      invoke: async (event) => (await pool.invoke(event)) as SQSBatchResponse | undefined,
      ...more,
    });
    byName.set(full, made);
    return made;
  };
  const queues = {
    ingest: queue('ingest', functions.ingest, { onFailed: options.onIngestFailed }),
    notify: queue('notify', functions.notify),
    jobs: queue('jobs', functions.worker),
    work: queue('work', functions.worker),
  };
  return {
    functions,
    queues,
    slack,
    aws,
    tables,
    async close() {
      for (const one of Object.values(queues)) one.stop();
      await Promise.all(Object.values(functions).map((pool) => pool.close()));
      await Promise.all([aws.close(), slack.close(), tables.close()]);
    },
  };
};
