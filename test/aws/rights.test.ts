import { describe, expect, test } from 'vitest';
import { type FunctionName, functionNames, functionRights } from '../../src/aws/rights.ts';
import { createWorld } from '../../src/local/world/world.ts';

/** Design §2, by hand: the own resources that a function may touch, and how. */
const design: Readonly<Record<FunctionName, string>> = {
  web: 'jobs:SendMessage slack:GetSecretValue',
  ingest: 'cases:write ingest:ReceiveMessage notify:SendMessage work:SendMessage',
  notify: 'cases:write notify:ReceiveMessage notify:SendMessage requests:read slack:GetSecretValue',
  worker:
    'cases:write evidence:PutObject execution:StartExecution ingest:SendMessage jobs:ReceiveMessage notify:SendMessage passkeys:read read roles:AssumeRole requests:write runs:DescribeExecution slack:GetSecretValue work:ReceiveMessage',
  executor:
    'evidence:PutObject notify:SendMessage passkeys:read requests:write response roles:AssumeRole',
  tick: 'cases:write evidence:PutObject notify:SendMessage pager:Publish requests:write work:SendMessage',
  'step-up': 'pager:Publish passkeys:write requests:read work:SendMessage',
};

const inWords = (name: FunctionName): string =>
  functionRights[name]
    .map(({ on, actions }) => {
      if (actions.includes('dynamodb:PutItem')) return `${on}:write`;
      if (actions.some((action) => /^dynamodb:(GetItem|Query)$/.test(action))) return `${on}:read`;
      return `${on}:${actions[0]?.replace(/^.*:/, '')}`;
    })
    .sort()
    .join(' ');

test.each(functionNames)('%s may do what the design says', (name) => {
  expect(inWords(name)).toBe(design[name]);
});

const resources = Object.fromEntries(
  [
    'cases',
    'requests',
    'passkeys',
    'ingest',
    'jobs',
    'work',
    'notify',
    'execution',
    'evidence',
    'pager',
    'slack',
  ].map((name) => [`cordon-${name}`, name]),
);

const admit = async (
  name: string,
  [service, operation]: readonly [string, string],
  input: object,
) =>
  createWorld({ now: () => 0, resources })
    .admit({ service, operation, input, region: 'eu-west-1', accessKeyId: `FUNCTION-${name}` })
    .then(() => 'allowed')
    .catch((error: unknown) => (error instanceof Error ? error.name : 'unknown'));

const queue = (name: string) => ({ QueueUrl: `http://127.0.0.1/999988887777/cordon-${name}` });
const table = (name: string) => ({ TableName: `cordon-${name}` });
const topic = (name: string) => ({
  TopicArn: `arn:aws:sns:eu-west-1:999988887777:cordon-${name}`,
});
const role = (name: string) => ({ RoleArn: `arn:aws:iam::123456789012:role/cordon-${name}` });

describe('enforced rights', () => {
  test.each([
    ['web', ['sqs', 'SendMessage'], queue('jobs'), 'allowed'],
    ['web', ['sqs', 'SendMessage'], queue('work'), 'AccessDenied'],
    ['web', ['dynamodb', 'GetItem'], table('cases'), 'AccessDeniedException'],
    ['web', ['secretsmanager', 'GetSecretValue'], { SecretId: 'cordon-slack' }, 'allowed'],
    ['ingest', ['dynamodb', 'UpdateItem'], table('cases'), 'allowed'],
    ['ingest', ['dynamodb', 'GetItem'], table('requests'), 'AccessDeniedException'],
    ['ingest', ['sqs', 'SendMessageBatch'], queue('work'), 'allowed'],
    ['ingest', ['sqs', 'SendMessage'], queue('jobs'), 'AccessDenied'],
    ['notify', ['dynamodb', 'GetItem'], table('requests'), 'allowed'],
    ['notify', ['dynamodb', 'Query'], table('requests'), 'AccessDeniedException'],
    ['notify', ['dynamodb', 'PutItem'], table('requests'), 'AccessDeniedException'],
    ['worker', ['sts', 'AssumeRole'], role('read'), 'allowed'],
    ['worker', ['sts', 'AssumeRole'], role('respond'), 'AccessDenied'],
    ['executor', ['sts', 'AssumeRole'], role('respond-identity'), 'allowed'],
    ['executor', ['sts', 'AssumeRole'], role('read'), 'AccessDenied'],
    ['executor', ['sts', 'AssumeRole'], role('admin'), 'AccessDenied'],
    [
      'executor',
      ['secretsmanager', 'GetSecretValue'],
      { SecretId: 'cordon-slack' },
      'AccessDeniedException',
    ],
    ['executor', ['dynamodb', 'GetItem'], table('cases'), 'AccessDeniedException'],
    ['tick', ['sts', 'AssumeRole'], role('respond'), 'AccessDenied'],
    ['tick', ['sqs', 'SendMessage'], queue('jobs'), 'AccessDenied'],
    ['tick', ['dynamodb', 'DeleteItem'], table('requests'), 'AccessDeniedException'],
    ['worker', ['dynamodb', 'DeleteItem'], table('requests'), 'AccessDeniedException'],
    ['executor', ['dynamodb', 'DeleteItem'], table('requests'), 'allowed'],
    ['executor', ['dynamodb', 'UpdateItem'], table('requests'), 'AccessDeniedException'],
    ['executor', ['dynamodb', 'GetItem'], table('passkeys'), 'AccessDeniedException'],
    ['worker', ['dynamodb', 'PutItem'], table('passkeys'), 'AccessDeniedException'],
    ['executor', ['dynamodb', 'PutItem'], table('passkeys'), 'AccessDeniedException'],
    ['web', ['dynamodb', 'GetItem'], table('passkeys'), 'AccessDeniedException'],
    ['step-up', ['dynamodb', 'PutItem'], table('requests'), 'AccessDeniedException'],
    ['step-up', ['sqs', 'SendMessage'], queue('jobs'), 'AccessDenied'],
    [
      'step-up',
      ['secretsmanager', 'GetSecretValue'],
      { SecretId: 'cordon-slack' },
      'AccessDeniedException',
    ],
    ['step-up', ['sts', 'AssumeRole'], role('respond'), 'AccessDenied'],
    ['tick', ['dynamodb', 'Scan'], table('cases'), 'AccessDeniedException'],
    ['tick', ['s3', 'PutObject'], { Bucket: 'cordon-evidence' }, 'allowed'],
    ['tick', ['sns', 'Publish'], topic('pager'), 'allowed'],
    ['tick', ['sns', 'Publish'], topic('somebody-elses'), 'AuthorizationErrorException'],
    ['notify', ['sns', 'Publish'], topic('pager'), 'AuthorizationErrorException'],
    ['tick', ['s3', 'DeleteObject'], { Bucket: 'cordon-evidence' }, 'AccessDenied'],
    ['tick', ['s3', 'PutObject'], { Bucket: 'somebody-elses' }, 'AccessDenied'],
    ['worker', ['ec2', 'DescribeInstances'], {}, 'UnauthorizedOperation'],
    ['worker', ['sts', 'GetCallerIdentity'], {}, 'allowed'],
    ['nobody', ['sts', 'GetCallerIdentity'], {}, 'InvalidClientTokenId'],
  ] as const)('%s %j on %j: %s', async (name, call, input, answer) => {
    expect(await admit(name, call, input)).toBe(answer);
  });
});
