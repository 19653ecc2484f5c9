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

const receive = [
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:ChangeMessageVisibility',
  'sqs:GetQueueAttributes',
] as const;
const assume = ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'] as const;

type Tables = 'cases' | 'requests' | 'passkeys';
type ItemAction = 'GetItem' | 'BatchGetItem' | 'Query' | 'PutItem' | 'UpdateItem' | 'DeleteItem';

/** Only what its code calls: the deployed lane fails when one of these is not used. */
const items = (on: Tables, ...actions: readonly ItemAction[]): Right => ({
  on,
  actions: actions.map((action) => `dynamodb:${action}`),
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
 * why it may write in them. A lease is deleted by its holder, a card's mark when it is drawn, a
 * suppression that is over when it is in the history.
 */
export const functionRights: Readonly<Record<FunctionName, readonly Right[]>> = {
  web: [slackSecret, sends('jobs')],
  ingest: [
    receives('ingest'),
    items('cases', 'GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'),
    sends('work'),
    sends('notify'),
  ],
  notify: [
    receives('notify'),
    items('cases', 'GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'),
    items('requests', 'GetItem'),
    sends('notify'),
    slackSecret,
  ],
  worker: [
    receives('jobs'),
    receives('work'),
    items('cases', 'GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'),
    items('requests', 'GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'),
    items('passkeys', 'GetItem', 'Query'),
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
    items('requests', 'GetItem', 'Query', 'PutItem', 'DeleteItem'),
    items('passkeys', 'Query'),
    sends('notify'),
    keepsEvidence,
    { on: 'response roles', actions: assume },
  ],
  tick: [
    items('cases', 'GetItem', 'Query', 'PutItem', 'UpdateItem'),
    items('requests', 'GetItem', 'Query', 'PutItem', 'UpdateItem'),
    sends('work'),
    sends('notify'),
    pages,
    keepsEvidence,
  ],
  /** Nobody else writes passkeys, and it writes nothing else: neither can make an approval alone. */
  'step-up': [
    items('requests', 'GetItem', 'Query'),
    items('passkeys', 'GetItem', 'Query', 'PutItem', 'UpdateItem'),
    sends('work'),
    pages,
  ],
};
