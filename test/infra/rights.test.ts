/** Each function's role against design §2, from both sides: all that is said, and nothing else. */
import { describe, expect, test } from 'vitest';
import { sidWord, wildcards } from '../../infra/acknowledged.ts';
import {
  type FunctionName,
  functionNames,
  functionRights,
  type OwnResource,
} from '../../src/aws/rights.ts';
import { allOf, configWith, roleGrants, synthesised } from './templates.ts';

const alone = synthesised();
const { cordon } = alone;
const forwarding = [alone['cordon-forward'], alone['cordon-forward-member']];
const inOrganisation = synthesised(
  configWith({ organization: 'o-exampleorg1', customerKey: true }),
).cordon;

const rolesOf = (template: typeof cordon) =>
  new Map(allOf(template, 'IAM::Role').map((role) => [String(role['RoleName']), role]));
const roles = rolesOf(cordon);

const table = (name: string): readonly string[] => [
  `cordon-${name}.Arn`,
  ...['due', 'outbox', 'dirty', 'open'].map((index) => `cordon-${name}.Arn/index/${index}`),
];

const memberArn = (account: string, role: string): string =>
  `arn:<Partition>:iam::${account}:role/cordon-${role}`;

/** By hand: what each of Cordon's own resources is in the template. `legacy-erp` has no response. */
const arns: Readonly<Record<OwnResource, readonly string[]>> = {
  cases: table('cases'),
  requests: table('requests'),
  passkeys: table('passkeys'),
  ingest: ['cordon-ingest.Arn'],
  jobs: ['cordon-jobs.fifo.Arn'],
  work: ['cordon-work.Arn'],
  notify: ['cordon-notify.Arn'],
  execution: ['arn:<Partition>:states:eu-west-1:999988887777:stateMachine:cordon-execution'],
  runs: ['arn:<Partition>:states:eu-west-1:999988887777:execution:cordon-execution:*'],
  evidence: [
    'cordon-evidence-999988887777-eu-west-1.Arn',
    'cordon-evidence-999988887777-eu-west-1.Arn/*',
  ],
  pager: ['cordon-pager'],
  slack: ['cordon-slack'],
  'read roles': ['111122223333', '123456789012', '444455556666', '999988887777'].map((account) =>
    memberArn(account, 'read'),
  ),
  'response roles': ['111122223333', '123456789012', '999988887777'].flatMap((account) =>
    ['respond', 'respond-identity', 'respond-findings', 'respond-organization'].map((role) =>
      memberArn(account, role),
    ),
  ),
};

/** `action on resource`, sorted, so that the order of statements does not matter. */
const pairs = (
  grants: readonly { readonly actions: readonly string[]; readonly resources: readonly string[] }[],
): readonly string[] =>
  [
    ...new Set(
      grants.flatMap(({ actions, resources }) =>
        actions.flatMap((action) => resources.map((resource) => `${action} on ${resource}`)),
      ),
    ),
  ].sort();

const grantsOf = (name: FunctionName) => roleGrants(roles.get(`cordon-${name}`) ?? {});

describe.each(functionNames)('the role of %s', (name) => {
  test('grants what src/aws/rights.ts says, its own log and traces, and nothing else', () => {
    const told = [
      {
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [
          `arn:<Partition>:logs:eu-west-1:999988887777:log-group:/aws/lambda/cordon-${name}:*`,
        ],
      },
      { actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], resources: ['*'] },
    ];
    const rights = functionRights[name].map(({ on, actions }) => ({
      actions,
      resources: arns[on],
    }));
    expect(grantsOf(name).every(({ effect }) => effect === 'Allow')).toBe(true);
    expect(pairs(grantsOf(name))).toEqual(pairs([...rights, ...told]));
  });

  test('trusts Lambda alone, and has no policy but its own', () => {
    const role = roles.get(`cordon-${name}`);
    expect(role?.['ManagedPolicyArns']).toBeUndefined();
    expect(role?.['AssumeRolePolicyDocument']).toMatchObject({
      Statement: [
        {
          Action: 'sts:AssumeRole',
          Effect: 'Allow',
          Principal: { Service: 'lambda.amazonaws.com' },
        },
      ],
    });
  });

  test('is the role that its function runs with', () => {
    const functions = allOf(cordon, 'Lambda::Function');
    const found = functions.find((one) => one['FunctionName'] === `cordon-${name}`);
    expect(found?.['Role']).toBe(`cordon-${name}.Arn`);
  });
});

/** Design §2, "may never do", by hand. */
test.each<[FunctionName, RegExp]>([
  ['web', /^(dynamodb|sts|states|s3|sns):/],
  ['ingest', /^(sts|secretsmanager|states|s3|sns):/],
  ['notify', /^(sts|states|s3):/],
  ['worker', /cordon-respond/],
  ['executor', /^secretsmanager:|cordon-read$|on cordon-cases/],
  ['tick', /^(sts|secretsmanager|states):/],
])('%s can never do what design §2 forbids it', (name, forbidden) => {
  const granted = pairs(grantsOf(name));
  expect(granted.length).toBeGreaterThan(0);
  expect(granted.filter((pair) => forbidden.test(pair))).toEqual([]);
});

test('nobody scans a table, deletes evidence or writes policies', () => {
  const granted = [...roles.values()].flatMap((role) => pairs(roleGrants(role)));
  const forbidden = /^(dynamodb:Scan|dynamodb:\*|s3:Delete|s3:Bypass|iam:|kms:Schedule|\*)/;
  expect(granted.filter((pair) => forbidden.test(pair))).toEqual([]);
});

describe('all roles together', () => {
  test('there are the functions’ and three for AWS’s own callers, each of which calls one thing', () => {
    expect([...roles.keys()].sort()).toEqual(
      [
        ...functionNames.map((name) => `cordon-${name}`),
        'cordon-execution-machine',
        'cordon-forward-eu-west-1',
        'cordon-schedules',
      ].sort(),
    );
    const targets = (name: string) =>
      roleGrants(roles.get(name) ?? {})
        .filter(({ resources }) => !resources.includes('*'))
        .map(({ actions, resources }) => [actions, resources]);
    expect(targets('cordon-execution-machine')).toEqual([
      [['lambda:InvokeFunction'], ['cordon-executor.Arn']],
      [['sqs:SendMessage'], ['cordon-work.Arn']],
    ]);
    expect(targets('cordon-schedules')).toEqual([
      [['lambda:InvokeFunction'], ['cordon-tick.Arn']],
      [['sqs:SendMessage'], ['cordon-schedules-dead.Arn']],
    ]);
    expect(targets('cordon-forward-eu-west-1')).toEqual([
      [['events:PutEvents'], ['cordon-security.Arn']],
    ]);
  });

  test('a wildcard in a resource has a listed reason', () => {
    for (const template of [cordon, inOrganisation, ...forwarding, alone['cordon-baseline']])
      for (const role of allOf(template, 'IAM::Role'))
        for (const { sid, resources } of roleGrants(role))
          if (resources.some((resource) => resource.includes('*')))
            expect([role['RoleName'], wildcards[sidWord(sid)]]).toEqual([
              role['RoleName'],
              expect.stringMatching(/.{15,}/),
            ]);
  });

  test('no action has a wildcard', () => {
    const actions = [...roles.values()].flatMap(roleGrants).flatMap((grant) => grant.actions);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  /** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
  test('inline policies stay within the 10,240 characters that a role takes', () => {
    for (const template of [cordon, inOrganisation])
      for (const role of allOf(template, 'IAM::Role'))
        expect(JSON.stringify(role['Policies']).length).toBeLessThan(10_240);
  });
});

describe('with an organisation', () => {
  const grantsFor = (name: string, action: string) =>
    roleGrants(rolesOf(inOrganisation).get(name) ?? {}).filter(({ actions }) =>
      actions.includes(action),
    );

  test.each([
    ['cordon-worker', ['read']],
    [
      'cordon-executor',
      ['respond', 'respond-identity', 'respond-findings', 'respond-organization'],
    ],
  ])('%s assumes its roles in any account of it, and of no other', (name, suffixes) => {
    expect(grantsFor(name, 'sts:AssumeRole')).toEqual([
      expect.objectContaining({
        resources: suffixes.map((suffix) => memberArn('*', suffix)),
        condition: { StringEquals: { 'aws:ResourceOrgID': 'o-exampleorg1' } },
      }),
    ]);
  });

  test('with a key of the owner’s each function can use it, and no other', () => {
    for (const name of functionNames) {
      const [grant, ...more] = grantsFor(`cordon-${name}`, 'kms:Decrypt');
      expect(more).toEqual([]);
      expect(grant?.resources).toEqual([expect.stringMatching(/^Key\w+\.Arn$/)]);
    }
  });
});
