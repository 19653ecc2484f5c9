/** Names of Cordon's own resources in the local world. */
import type { Deployment } from '../../app/deployment.ts';

const account = '999988887777';
const region = 'eu-west-1';
const queue = (name: string): string => `https://sqs.${region}.amazonaws.com/${account}/${name}`;

export const localDeployment: Deployment = {
  region,
  casesTable: 'cordon-cases',
  requestsTable: 'cordon-requests',
  passkeysTable: 'cordon-passkeys',
  ingestQueue: queue('cordon-ingest'),
  jobsQueue: queue('cordon-jobs.fifo'),
  workQueue: queue('cordon-work'),
  notifyQueue: queue('cordon-notify'),
  stateMachine: `arn:aws:states:${region}:${account}:stateMachine:cordon-execution`,
  evidenceBucket: 'cordon-evidence',
  pagerTopic: `arn:aws:sns:${region}:${account}:cordon-pager`,
  slackSecret: 'cordon-slack',
  // Not 127.0.0.1: browsers keep no passkey for an address.
  stepUpUrl: 'http://localhost:4747/step-up',
  externalId: 'cordon-local',
};

export const localQueues = {
  ingest: 'cordon-ingest',
  jobs: 'cordon-jobs.fifo',
  work: 'cordon-work',
  notify: 'cordon-notify',
} as const;

/** Physical to logical names, by which the rights of src/aws/rights.ts are checked. */
export const logicalNames: Readonly<Record<string, string>> = {
  'cordon-cases': 'cases',
  'cordon-requests': 'requests',
  'cordon-passkeys': 'passkeys',
  'cordon-ingest': 'ingest',
  'cordon-jobs.fifo': 'jobs',
  'cordon-work': 'work',
  'cordon-notify': 'notify',
  'cordon-execution': 'execution',
  'cordon-evidence': 'evidence',
  'cordon-pager': 'pager',
  'cordon-slack': 'slack',
};
