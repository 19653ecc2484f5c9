/**
 * What each function may call and on which of Cordon's own resources (design §2). The local world
 * enforces this table and infra/ generates the functions' roles from it. Nothing else is granted.
 */
export const functionNames = [
  'web',
  'ingest',
  'notify',
  'worker',
  'executor',
  'tick',
  'step-up',
] as const;
export type FunctionName = (typeof functionNames)[number];

/** Cordon's own resources by logical name; infra/ and the local world know the physical ones. */
export const ownResources = {
  cases: 'table',
  requests: 'table',
  passkeys: 'table',
  ingest: 'queue',
  jobs: 'queue',
  work: 'queue',
  notify: 'queue',
  execution: 'state machine',
  runs: 'executions of the state machine',
  evidence: 'bucket',
  pager: 'topic',
  slack: 'secret',
  'read roles': 'member roles',
  'response roles': 'member roles',
} as const;
export type OwnResource = keyof typeof ownResources;

interface Right {
  /** IAM action names. */
  readonly actions: readonly string[];
  readonly on: OwnResource;
}

const read = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'] as const;
const update = ['dynamodb:PutItem', 'dynamodb:UpdateItem'] as const;
const receive = [
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:ChangeMessageVisibility',
  'sqs:GetQueueAttributes',
] as const;
const assume = ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'] as const;

const reads = (on: 'cases' | 'requests' | 'passkeys'): Right => ({ on, actions: read });
const writes = (on: 'cases' | 'requests' | 'passkeys'): Right => ({
  on,
  actions: [...read, ...update],
});
/** A lease is deleted by its holder, a suppression that is over when it is in the history. */
const writesAndDeletes = (on: 'cases' | 'requests'): Right => ({
  on,
  actions: [...read, ...update, 'dynamodb:DeleteItem'],
});
const sends = (on: 'ingest' | 'jobs' | 'work' | 'notify'): Right => ({
  on,
  actions: ['sqs:SendMessage'],
});
const receives = (on: 'ingest' | 'jobs' | 'work' | 'notify'): Right => ({ on, actions: receive });
const slackSecret: Right = { on: 'slack', actions: ['secretsmanager:GetSecretValue'] };
const pages: Right = { on: 'pager', actions: ['sns:Publish'] };
const writesEvidence: Right = { on: 'evidence', actions: ['s3:PutObject'] };
/** What was written is read back; without the list S3 does not say that an object is absent. */
const keepsEvidence: Right = {
  on: 'evidence',
  actions: ['s3:PutObject', 's3:GetObject', 's3:ListBucket'],
};

/**
 * `tick` reads the due index of both tables, clears their outboxes and chains the audit, which is
 * why it may write in them.
 */
export const functionRights: Readonly<Record<FunctionName, readonly Right[]>> = {
  web: [slackSecret, sends('jobs')],
  ingest: [receives('ingest'), writes('cases'), sends('work'), sends('notify')],
  notify: [
    receives('notify'),
    writesAndDeletes('cases'),
    reads('requests'),
    sends('notify'),
    slackSecret,
  ],
  worker: [
    receives('jobs'),
    receives('work'),
    writesAndDeletes('cases'),
    writes('requests'),
    reads('passkeys'),
    // The events of drills, which go the way of AWS's own.
    sends('ingest'),
    sends('notify'),
    { on: 'execution', actions: ['states:StartExecution'] },
    { on: 'runs', actions: ['states:DescribeExecution'] },
    writesEvidence,
    { on: 'read roles', actions: assume },
    slackSecret,
  ],
  executor: [
    writesAndDeletes('requests'),
    reads('passkeys'),
    sends('notify'),
    keepsEvidence,
    { on: 'response roles', actions: assume },
  ],
  tick: [
    writes('cases'),
    writes('requests'),
    sends('work'),
    sends('notify'),
    pages,
    { on: 'evidence', actions: ['s3:PutObject', 's3:GetObject', 's3:ListBucket'] },
  ],
  /** Nobody else writes passkeys, and it writes nothing else: neither can make an approval alone. */
  'step-up': [reads('requests'), writes('passkeys'), sends('work'), pages],
};
