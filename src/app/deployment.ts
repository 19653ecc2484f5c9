/**
 * Where Cordon's own resources are. On Lambda it comes from environment variables that infra/ sets;
 * the local world hands its own in.
 */
export interface Deployment {
  readonly region: string;
  readonly casesTable: string;
  readonly requestsTable: string;
  readonly passkeysTable: string;
  readonly ingestQueue: string;
  readonly jobsQueue: string;
  readonly workQueue: string;
  readonly notifyQueue: string;
  readonly stateMachine: string;
  readonly evidenceBucket: string;
  /** SNS topic. */
  readonly pagerTopic: string;
  /** Secrets Manager id of `{ token, signingSecrets, botId, botUserId }`. */
  readonly slackSecret: string;
  /** Public address of the step-up page; passkeys belong to its host. */
  readonly stepUpUrl: string;
  /** Shared with the member roles' trust policies; no secret, but not public either. */
  readonly externalId: string;
}

const variables: Readonly<Record<keyof Deployment, string>> = {
  region: 'AWS_REGION',
  casesTable: 'CORDON_CASES_TABLE',
  requestsTable: 'CORDON_REQUESTS_TABLE',
  passkeysTable: 'CORDON_PASSKEYS_TABLE',
  ingestQueue: 'CORDON_INGEST_QUEUE_URL',
  jobsQueue: 'CORDON_JOBS_QUEUE_URL',
  workQueue: 'CORDON_WORK_QUEUE_URL',
  notifyQueue: 'CORDON_NOTIFY_QUEUE_URL',
  stateMachine: 'CORDON_STATE_MACHINE_ARN',
  evidenceBucket: 'CORDON_EVIDENCE_BUCKET',
  pagerTopic: 'CORDON_PAGER_TOPIC_ARN',
  slackSecret: 'CORDON_SLACK_SECRET_ID',
  stepUpUrl: 'CORDON_STEP_UP_URL',
  externalId: 'CORDON_EXTERNAL_ID',
};

export const deploymentKeys = Object.keys(variables) as readonly (keyof Deployment)[];

/**
 * The part of a deployment that one function needs. Throws once, naming every variable that is
 * missing, so that a wrong deployment fails at its first breath.
 */
export const deploymentFrom = <K extends keyof Deployment>(
  environment: Readonly<Record<string, string | undefined>>,
  needed: readonly K[],
): Pick<Deployment, K> => {
  const missing = needed.map((key) => variables[key]).filter((name) => !environment[name]);
  if (missing.length > 0)
    throw new Error(`Set ${missing.join(', ')}: the deployment in infra/ does it for you.`);
  return Object.fromEntries(needed.map((key) => [key, environment[variables[key]]])) as Pick<
    Deployment,
    K
  >;
};

/** The other way round: what infra/ sets. Lambda itself sets the region. */
export const deploymentVariables = (
  deployment: Omit<Deployment, 'region'>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(deployment).map(([key, value]) => [variables[key as keyof Deployment], value]),
  );
