/** `/cordon can` through signed requests: the decision with its reason, what a simulation cannot know, what to press. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { iamSimulationHandlers } from '../../src/local/world/iam-simulation.ts';
import type { Account } from '../../src/local/world/state.ts';
import { key } from './acts.ts';
import { type Play, people, play } from './play.ts';

let stage: Play;
let payments: Account;
const account = '123456789012';
const user = `arn:aws:iam::${account}:user/ci-deploy`;
const role = `arn:aws:iam::${account}:role/checkout-api`;
const session = `arn:aws:sts::${account}:assumed-role/checkout-api/i-0a1b2c3d4e5f60718`;
const bounded = `arn:aws:iam::${account}:role/bounded`;
const boundary = `arn:aws:iam::${account}:policy/team-boundary`;
const invoice = 'arn:aws:s3:::example-invoices/2026/november.pdf';

const policy = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allow = (Action: string, Resource = '*', more = {}) => ({
  ...{ Effect: 'Allow', Action, Resource, ...more },
});
const deny = (Action: string) => ({ Effect: 'Deny', Action, Resource: '*' });

beforeAll(async () => {
  stage = await play();
  payments = stage.world.aws.account(account);
  const deploy = payments.users.get('ci-deploy');
  if (!deploy) throw new Error('no user');
  deploy.inline = new Map([
    [
      'deploy',
      policy(
        allow('s3:PutObject', 'arn:aws:s3:::example-site/*'),
        allow('sts:AssumeRole', '*', {
          Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
        }),
        deny('iam:*'),
      ),
    ],
  ]);
  payments.policies = new Map([[boundary, policy(allow('s3:*'))]]);
  payments.iamRoles.set('bounded', {
    ...{ name: 'bounded', id: 'AROAEXAMPLEBOUNDED', path: '/', tags: {}, profiles: [] },
    policies: new Map(),
    trusts: { Service: 'ec2.amazonaws.com' },
    attached: ['arn:aws:iam::aws:policy/AdministratorAccess'],
    boundary,
  });
});
afterEach(() => stage.world.aws.faults.clear());
afterAll(() => stage.close());

const asks = async (text: string, who: string = people.maria): Promise<string> => {
  const outcome = await stage.command(who, `can ${text}`);
  expect(outcome).toMatchObject({ status: 200, body: '' });
  return stage.told(who);
};

describe('the decision and its reason', () => {
  test.each([
    [
      'allowed, by which policy',
      `${user} s3:PutObject arn:aws:s3:::example-site/index.html`,
      ['Yes: ci-deploy may s3:PutObject', 'Allowed by deploy (inline)', 'prod-payments (1234'],
    ],
    [
      'an allow of AWS’s own policy',
      `${bounded} s3:GetObject ${invoice}`,
      ['Yes: bounded may s3:GetObject', 'Allowed by AdministratorAccess', 'session policies'],
    ],
    [
      'no statement',
      `${user} ec2:RunInstances`,
      ['No: ci-deploy may not ec2:RunInstances', 'No statement allows it', 'No resource was named'],
    ],
    [
      'an explicit deny',
      `${user} iam:CreateAccessKey`,
      ['No: ci-deploy may not', 'Denied by deploy (inline)', 'wins over every allow'],
    ],
    [
      'the permissions boundary, with its name',
      `${bounded} ec2:RunInstances`,
      ['No: bounded may not', `Its permissions boundary (${boundary}) does not allow it`],
    ],
    [
      'a condition key that a simulation does not have',
      `${user} sts:AssumeRole ${role}`,
      ['No: ci-deploy may not', 'condition keys', 'aws:MultiFactorAuthPresent'],
    ],
    [
      'the policy of the bucket, for a user',
      `${user} s3:GetObject ${invoice}`,
      ['Yes', 'Allowed by ResourcePolicy', 'The policy of the bucket was part of it.'],
    ],
  ])('%s', async (_, question, sentences) => {
    const told = await asks(question);
    for (const sentence of sentences) expect(told).toContain(sentence);
  });
});

describe('whom a word stands for', () => {
  test.each([
    [
      'not the policy of the bucket, for a role: AWS does not simulate that',
      `${role} s3:GetObject ${invoice}`,
      ['No: checkout-api may not', 'Not part of a simulation: the policy of the resource itself'],
    ],
    [
      'the role behind a session',
      `${session} kms:Decrypt`,
      ['role checkout-api in prod-payments', 'the key policy and grants of KMS'],
    ],
    [
      'the user behind a key',
      `${key} s3:PutObject arn:aws:s3:::example-site/index.html`,
      ['Yes: ci-deploy may', `Key ${key} is Active.`],
    ],
    [
      'a key that is inactive',
      'AKIAI44QH8DHBEXAMPLE s3:PutObject arn:aws:s3:::example-site/index.html',
      ['Not with this key', 'Key AKIAI44QH8DHBEXAMPLE is Inactive: nothing can be done with it'],
    ],
  ])('%s', async (_, question, sentences) => {
    const told = await asks(question);
    for (const sentence of sentences) expect(told).toContain(sentence);
  });
});

describe('what wins over the policies of the principal', () => {
  test('a control policy of the organisation, whatever the policies say', async () => {
    const { organization } = stage.world.aws.account('999988887777');
    if (!organization) throw new Error('no organisation');
    const attached = organization.attached.get(account) ?? [];
    const content = policy(deny('s3:PutObject'));
    const id = 'p-nouploads';
    organization.policies.set(id, { id, name: 'no uploads', description: '', content });
    organization.attached.set(account, [...attached, id]);
    const told = await asks(`${user} s3:PutObject arn:aws:s3:::example-site/index.html`);
    organization.attached.set(account, attached);
    expect(told).toContain('No: ci-deploy may not');
    expect(told).toContain('A service control policy of the organisation forbids it');
  });
});

describe('what cannot be asked says what to write instead', () => {
  test.each([
    ['a bare name', 'ci-deploy s3:GetObject', 'arn:aws:iam::ACCOUNT:user/NAME'],
    ['root', `arn:aws:iam::${account}:root s3:GetObject`, 'The root user has no policies'],
    ['a temporary key', 'ASIAIOSFODNN7EXAMPLE s3:GetObject', 'ARN of the session or of its role'],
    ['a service', 'lambda.amazonaws.com s3:GetObject', 'no user, role, role session'],
    ['no service', `${user} GetObject`, 'An action is written service:Action'],
    ['a pattern of actions', `${user} s3:*`, 'for example s3:GetObject'],
    ['a pattern of resources', `${user} s3:GetObject arn:aws:s3:::example/*`, 'one object'],
    ['a name for a resource', `${user} s3:GetObject example`, 'written as its ARN'],
    ['too little', user, '/cordon can PRINCIPAL ACTION'],
    ['too much', `${user} a:b arn:aws:s3:::c d`, '/cordon can PRINCIPAL ACTION'],
    [
      'an account that is not Cordon’s',
      'arn:aws:iam::555566667777:user/x s3:GetObject',
      'is not in the configuration',
    ],
    ['somebody who is not there', `arn:aws:iam::${account}:user/gone s3:GetObject`, 'knows nobody'],
    ['a key that nobody has', 'AKIAEXAMPLEEXAMPLE00 s3:GetObject', 'IAM knows nobody'],
  ])('%s', async (_, question, sentence) => {
    const simulated = () =>
      stage.world.aws.calls.filter(({ operation }) => operation === 'SimulatePrincipalPolicy');
    const before = simulated().length;
    expect(await asks(question)).toContain(sentence);
    expect(simulated()).toHaveLength(before);
  });

  test('an action that AWS does not know', async () => {
    stage.world.aws.register('iam', {
      SimulatePrincipalPolicy: () => {
        throw Object.assign(new Error('Invalid input'), { name: 'InvalidInputException' });
      },
    });
    const told = await asks(`${user} s3:Nonsense`);
    stage.world.aws.register('iam', iamSimulationHandlers);
    expect(told).toContain('AWS does not simulate that');
    expect(told).toContain('Check the spelling of the action');
  });
});

describe('what AWS does not answer is told, and nothing is guessed', () => {
  test.each([
    ['throttled', 'throttle', 'AWS is called too often in that account'],
    ['denied', 'deny', 'deploy the newest member role there'],
  ] as const)('%s', async (_, kind, sentence) => {
    stage.world.aws.faults.add({ service: 'iam', operation: 'SimulatePrincipalPolicy', kind });
    const told = await asks(`${user} s3:PutObject`);
    expect(told).toContain('It is not known whether it may');
    expect(told).toContain(sentence);
  });

  test('no read role', async () => {
    const kept = payments.roles.get('cordon-read');
    payments.roles.delete('cordon-read');
    const told = await asks(`${user} s3:DeleteObject`, people.ana);
    if (kept) payments.roles.set('cordon-read', kept);
    expect(told).toContain('was not asked, because AWS said: AccessDenied');
  });

  test('who may not ask is not answered', async () => {
    expect(await asks(`${user} s3:PutObject`, people.nobody)).not.toContain('ci-deploy may');
  });
});

test('a principal of an open case is answered with what to press', async () => {
  await stage.scenario('leaked-key');
  const question = `${key} s3:PutObject arn:aws:s3:::example-site/index.html`;
  expect(await asks(question, people.lee)).toMatch(
    /To take its rights away: press “.+” on the card of C[0-9A-F]{9}/,
  );
  await stage.pressAnswer(people.lee, 'show-case');
  expect(stage.told(people.lee)).toContain('At risk:');
});

test('--policy checks what a resource and what a case have', async () => {
  const bucket = await asks('--policy arn:aws:s3:::example-invoices');
  expect(bucket).toContain('policy of bucket example-invoices');
  expect(bucket).toContain('LETS EVERYBODY IN: Public access granted in the statement with sid');
  payments.iamRoles.get('checkout-api')?.policies.set('helper', policy(allow('iam:PassRole')));
  const told = await asks(`--policy ${role}`);
  expect(told).toContain('trust policy of role checkout-api');
  expect(told).toContain('Lets in nobody from everywhere.');
  expect(told).toContain('Warning: statement 1: Using the iam:PassRole action');
  expect(told).toContain('Grants nothing that leads to every right of the account.');
  payments.iamRoles.get('checkout-api')?.policies.set('helper', policy(allow('iam:CreateUser')));
  expect(await asks(`--policy ${role}`)).toMatch(
    /LEADS TO MORE RIGHTS: it grants one of iam:AttachRolePolicy.* and \d+ more/,
  );
  await stage.scenario('public-bucket');
  await stage.command(people.maria, 'find example-invoices');
  const theCase = /\bC[0-9A-F]{9}\b/.exec(stage.told(people.maria))?.[0] ?? '';
  await stage.command(people.maria, `case ${theCase}`);
  expect(stage.told(people.maria)).toContain(`/cordon can --policy ${theCase}`);
  expect(await asks(`--policy ${theCase.toLowerCase()}`)).toContain('LETS EVERYBODY IN');
  stage.world.aws.faults.add({ service: 'access-analyzer', kind: 'error' });
  expect(await asks('--policy arn:aws:s3:::example-invoices')).toContain(
    'Not checked for public access, because Access Analyzer said InternalError',
  );
  expect(await asks('--policy C00000000')).toContain('Cordon does not read policies of that');
  expect(await asks('--policy C000000000')).toContain('There is no such case');
  expect(await asks('--policy')).toContain('/cordon can --policy RESOURCE');
});

test('--policy reads the policies of keys, secrets and functions', async () => {
  const open = policy({ ...allow('*'), Principal: '*' });
  const { functions, keys, secrets } = stage.world.aws.partition(account, 'eu-west-1').services;
  const [key] = keys.values();
  const [secret] = secrets.values();
  const [lambda] = functions.values();
  if (!key || !secret || !lambda) throw new Error('the example has none');
  const arns = [
    ['key', `arn:aws:kms:eu-west-1:${account}:key/${key.id}`],
    [
      'secret',
      `arn:aws:secretsmanager:eu-west-1:${account}:secret:${secret.name}-${secret.suffix}`,
    ],
    ['function', `arn:aws:lambda:eu-west-1:${account}:function:${lambda.name}`],
  ] as const;
  expect(await asks(`--policy ${arns[0][1]}`)).toContain('Lets in nobody from everywhere.');
  expect(await asks(`--policy ${arns[1][1]}`)).toContain('It has no policy of its own.');
  expect(await asks(`--policy ${arns[2][1]}`)).toContain('It has no policy of its own.');
  key.policy = open;
  secret.policy = open;
  lambda.policy = open;
  for (const [kind, arn] of arns) {
    const told = await asks(`--policy ${arn}`);
    expect(told).toContain(`policy of ${kind} `);
    expect(told).toContain('LETS EVERYBODY IN');
  }
  expect(await asks(`--policy arn:aws:kms:eu-west-1:${account}:key/${'0'.repeat(36)}`)).toContain(
    'It does not exist.',
  );
});

/** A bucket without a case is asked for in every account, and AWS lets only its owner look. */
const inOtherAccounts = Array.from({ length: 3 }, () => 'worker s3:GetBucketPolicy');

test('nothing was changed, and what was denied is what these stories took away', () =>
  stage.curtain({
    denied: ['worker iam:SimulatePrincipalPolicy', 'worker sts:AssumeRole', ...inOtherAccounts],
  }));
