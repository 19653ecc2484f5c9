/** worker: verifies again, decides who may, plans with the read role, keeps requests and approvals. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { CordonConfig } from '../config/config.ts';
import { handleJob } from '../flows/handle-job.ts';
import { handleWork } from '../flows/handle-work.ts';
import {
  type Executions,
  isoNow,
  type Screens,
  type Work,
  type WorkerPorts,
} from '../flows/ports.ts';
import { pace } from '../posture/pace.ts';
import { groupsOf } from '../requests/authority.ts';
import { previewMost } from '../rules/suppression-preview.ts';
import { canvases } from '../slack/canvases.ts';
import { postNotice, publishView, slackClient, updateView } from '../slack/client.ts';
import { directory } from '../slack/directory.ts';
import { postEphemeral } from '../slack/ephemeral.ts';
import { accountSessions } from './account-sessions.ts';
import { eachRecord } from './batch.ts';
import { configInForce } from './config-in-force.ts';
import type { Deployment } from './deployment.ts';
import { openVault } from './evidence-vault.ts';
import { slackOptions } from './notify.ts';
import { clientConfig, type Outside } from './outside.ts';
import { intakeQueue, wakeUp } from './queues.ts';
import { type SlackSecret, slackSecret } from './slack-secret.ts';
import { authorityTables, tables } from './tables.ts';
import { withRehearsals } from './with-rehearsals.ts';

const executions = (
  deployment: Pick<Deployment, 'region' | 'stateMachine'>,
  outside: Outside,
): Executions => {
  const client = new SFNClient(clientConfig(outside, deployment.region));
  outside.onClient?.(client, 'states');
  return {
    async start(name, request) {
      try {
        await client.send(
          new StartExecutionCommand({
            stateMachineArn: deployment.stateMachine,
            name,
            input: JSON.stringify({ request }),
            ...(outside.traceHeader?.() ? { traceHeader: outside.traceHeader() } : {}),
          }),
        );
        return 'started';
      } catch (error) {
        if (error instanceof Error && error.name === 'ExecutionAlreadyExists') return 'exists';
        throw error;
      }
    },
    async outcome(name) {
      // docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html: an ARN by its name
      const machine = deployment.stateMachine.replace(':stateMachine:', ':execution:');
      try {
        const { status = '' } = await client.send(
          new DescribeExecutionCommand({ executionArn: `${machine}:${name}` }),
        );
        return ['FAILED', 'TIMED_OUT', 'ABORTED'].includes(status) ? 'gave-up' : 'other';
      } catch (error) {
        if (error instanceof Error && error.name === 'ExecutionDoesNotExist') return 'other';
        throw error;
      }
    },
  };
};

const screens = (outside: Outside, secret: SlackSecret): Screens => {
  const options = {
    ...slackOptions(outside),
    token: secret.token,
    patienceMs: outside.viewPatienceMs,
  };
  const client = slackClient(options);
  return {
    home: (user, view) => publishView(client, options, user, view),
    update: (place, view) => updateView(client, options, place, view),
    ephemeral: (place, notice) => postEphemeral(client, options, place, notice),
    say: (channel, notice) => postNotice(client, channel, notice),
  };
};

const isWork = (value: unknown): value is Work =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  (value.kind === 'homes-due' ||
    value.kind === 'digest-due' ||
    value.kind === 'game-day-due' ||
    value.kind === 'accounts-due' ||
    (value.kind === 'request-due' && 'request' in value && typeof value.request === 'string') ||
    (value.kind === 'case-due' && 'case' in value && typeof value.case === 'string') ||
    (value.kind === 'stepped-up' && 'ticket' in value && typeof value.ticket === 'string'));

type WorkerDeployment = Pick<
  Deployment,
  | 'region'
  | 'casesTable'
  | 'requestsTable'
  | 'passkeysTable'
  | 'stepUpUrl'
  | 'ingestQueue'
  | 'jobsQueue'
  | 'notifyQueue'
  | 'stateMachine'
  | 'slackSecret'
  | 'externalId'
  | 'evidenceBucket'
>;

/** Opened by the first that is written. */
const writeOnce = (deployment: WorkerDeployment, outside: Outside): WorkerPorts['vault'] => {
  let opened: ReturnType<typeof openVault> | undefined;
  return {
    async put(key, body) {
      opened ??= openVault(deployment, outside);
      return (await opened).put(key, body);
    },
  };
};

const sessions = (
  deployment: WorkerDeployment,
  outside: Outside,
  { config, drills }: { readonly config: CordonConfig; readonly drills: WorkerPorts['drills'] },
): WorkerPorts['aws'] =>
  withRehearsals({
    accounts: accountSessions('worker', deployment, { outside, config }),
    drills,
    functionName: 'worker',
    config,
    now: outside.chance.now,
  });

const makePorts = (deployment: WorkerDeployment, outside: Outside, config: CordonConfig) => {
  const stored = tables(deployment, outside);
  const secret = slackSecret(deployment, outside);
  const fixed = {
    config,
    chance: outside.chance,
    cases: stored.cases,
    requests: stored.requests,
    automation: stored.automation,
    passkeys: authorityTables(deployment, outside).passkeys,
    site: { url: deployment.stepUpUrl },
    suppressions: stored.suppressions,
    about: stored.about,
    auditIndex: stored.auditIndex,
    pages: stored.pages,
    homes: stored.homes,
    posture: stored.posture,
    pace: pace({ now: outside.chance.now, sleep: outside.pause ?? sleep }),
    gathered: stored.gathered,
    vault: writeOnce(deployment, outside),
    digests: stored.digests,
    followUps: stored.followUps,
    endedCases: stored.endedCases,
    drills: stored.drills,
    intake: intakeQueue(deployment, outside),
    heartbeats: stored.heartbeats,
    memberRoles: stored.memberRoles,
    organization: stored.organization,
    places: stored.places,
    recentCases: async (since: string) =>
      (await stored.cases.openedSince(since, isoNow(outside.chance), previewMost)).filter(
        ({ drill }) => !drill,
      ),
    wake: wakeUp(deployment, outside),
    executions: executions(deployment, outside),
    aws: sessions(deployment, outside, { config, drills: stored.drills }),
  };
  const groups = groupsOf(config);
  const inForce = configInForce(config, stored.organization, outside);
  let known: { readonly token: string; readonly ports: WorkerPorts } | undefined;
  return async (): Promise<{ readonly ports: WorkerPorts; readonly secret: SlackSecret }> => {
    const [now, configNow] = await Promise.all([secret(), inForce()]);
    if (known?.token !== now.token)
      known = {
        token: now.token,
        ports: {
          ...fixed,
          screens: screens(outside, now),
          canvases: canvases({ ...slackOptions(outside), token: now.token }),
          directory: directory({
            client: slackClient({ ...slackOptions(outside), token: now.token }),
            groups: [...new Set(groups)],
            now: outside.chance.now,
          }),
        },
      };
    return { ports: { ...known.ports, config: configNow }, secret: now };
  };
};

/** Two sources, told apart by their queue: `jobs` carries signatures, `work` cannot approve. */
const isFrom = (record: SQSRecord, queueUrl: string): boolean =>
  record.eventSourceARN.split(':').at(-1) === queueUrl.split('/').at(-1);

/** What can wait is left for later then: the function is given 30 s for a whole batch. */
const patienceMs = 18_000;

export const workerFunction = (
  deployment: WorkerDeployment,
  outside: Outside,
  config: CordonConfig,
): ((event: SQSEvent) => Promise<SQSBatchResponse>) => {
  const ready = makePorts(deployment, outside, config);
  return (event) => {
    const until = outside.chance.now() + patienceMs;
    return eachRecord(event, outside, async (record) => {
      const { ports, secret } = await ready();
      const body: unknown = JSON.parse(record.body);
      if (isFrom(record, deployment.jobsQueue)) {
        const outcome = await handleJob(ports, secret.signingSecrets, {
          signed: body as Parameters<typeof handleJob>[2]['signed'],
          sentAt: Number(record.attributes.SentTimestamp),
        });
        const seconds = (outside.chance.now() - Number(record.attributes.SentTimestamp)) / 1000;
        outside.log('job.handled', { message: record.messageId, outcome: outcome.kind });
        outside.measure({
          JobSeconds: Math.max(0, seconds),
          ...(outcome.kind === 'dropped' ? { JobsDropped: 1 } : {}),
        });
      } else if (isWork(body)) await handleWork(ports, body, until);
      // Of a newer version, perhaps: back to the queue, and at last to its dead letters.
      else throw new Error('unknown work');
    });
  };
};
