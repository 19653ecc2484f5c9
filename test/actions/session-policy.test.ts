import { describe, expect, test } from 'vitest';
import type { Operation } from '../../src/actions/aws.ts';
import { actions } from '../../src/actions/index.ts';
import { grants } from '../../src/actions/permissions.ts';
import {
  lookScope,
  mostPolicyCharacters,
  type Scope,
  sessionPolicy,
  stepScope,
} from '../../src/actions/session-policy.ts';

const place = { account: '123456789012', region: 'eu-west-1' };

const resourcesOf = (scope: Scope): readonly string[] =>
  JSON.parse(sessionPolicy(scope, place)).Statement.flatMap(
    ({ Resource }: { readonly Resource: readonly string[] }) => Resource,
  );

const narrowings: readonly (readonly [
  operation: Operation,
  on: NonNullable<Scope['on']>,
  name: string,
  resources: readonly string[],
])[] = [
  [
    'ec2:StopInstances',
    'instance',
    'i-0a1b',
    ['arn:aws:ec2:eu-west-1:123456789012:instance/i-0a1b'],
  ],
  [
    'ec2:ModifySnapshotAttribute',
    'snapshot',
    'snap-0a1b',
    ['arn:aws:ec2:eu-west-1::snapshot/snap-0a1b'],
  ],
  [
    'iam:UpdateAccessKey',
    'access-key',
    'user/ci-deploy',
    ['arn:aws:iam::123456789012:user/ci-deploy', 'arn:aws:iam::123456789012:user/*/ci-deploy'],
  ],
  ['s3:PutBucketPolicy', 'bucket', 'example-invoices', ['arn:aws:s3:::example-invoices']],
  [
    'lambda:PutFunctionConcurrency',
    'function',
    'orders',
    [
      'arn:aws:lambda:eu-west-1:123456789012:function:orders',
      'arn:aws:lambda:eu-west-1:123456789012:function:orders:*',
    ],
  ],
  ['rds:ModifyDBInstance', 'database', 'orders', ['arn:aws:rds:eu-west-1:123456789012:db:orders']],
  [
    'rds:ModifyDBSnapshotAttribute',
    'database-snapshot',
    'nightly',
    ['arn:aws:rds:eu-west-1:123456789012:snapshot:nightly'],
  ],
  ['kms:EnableKey', 'kms-key', 'key/0a1b', ['arn:aws:kms:eu-west-1:*:key/0a1b']],
  [
    'cloudtrail:StartLogging',
    'trail',
    'trail/management',
    ['arn:aws:cloudtrail:eu-west-1:123456789012:trail/management'],
  ],
  [
    'guardduty:UpdateDetector',
    'detector',
    'detector/0a1b',
    ['arn:aws:guardduty:eu-west-1:123456789012:detector/0a1b'],
  ],
  [
    'ecs:UpdateService',
    'service',
    'service/shop/cart',
    ['arn:aws:ecs:eu-west-1:123456789012:service/shop/cart'],
  ],
  ['ec2:DescribeInstances', 'instance', 'i-0a1b', ['*']],
];

describe('the session policy of a step', () => {
  test.each(narrowings)('%s on the %s %s', (operation, on, name, resources) => {
    const resource = `${place.account}/${place.region}/${name}`;
    expect(resourcesOf({ operations: [operation], on, resource })).toEqual(resources);
  });

  test('a secret is named with and without the characters that AWS adds', () => {
    const resource = `${place.account}/${place.region}/prod/orders`;
    expect(
      resourcesOf({ operations: ['secretsmanager:DescribeSecret'], on: 'secret', resource }),
    ).toEqual([
      'arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/orders',
      'arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/orders-??????',
    ]);
  });

  test('one that would be too long for STS is an error that says what to do', () => {
    const operations = Object.keys(grants) as readonly Operation[];
    expect(() => sessionPolicy({ operations }, place)).toThrow(
      /STS takes 2048: let the register name the operations that it uses/,
    );
  });
});

describe.each(actions.map((action) => [action.id, action] as const))('%s', (_id, action) => {
  /** Longer than any name that AWS allows. */
  const resource = `${place.account}/ap-southeast-1/user/${'x'.repeat(128)}`;

  test('the policy of each of its sessions is as long as STS allows, at most', () => {
    const scopes = [
      lookScope(action),
      stepScope(action, { resource }, 'contain'),
      stepScope(action, { resource }, 'undo'),
    ];
    for (const scope of scopes)
      expect(sessionPolicy(scope, place).length).toBeLessThanOrEqual(mostPolicyCharacters);
  });

  test('to look is to change nothing', () => {
    const writing = lookScope(action).operations.filter(
      (operation) => !/:(BatchGet|Check|Describe|Get|List)/.test(operation),
    );
    expect(writing).toEqual([]);
  });
});
