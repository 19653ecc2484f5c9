/**
 * The deployment as a whole: the synthesised template in moto, the built functions around it as the
 * roles that it gives them, and a story from an event to a containment in another account.
 */
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  ListAccessKeysCommand,
} from '@aws-sdk/client-iam';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { memberRoleTemplate } from '../../infra/member-role.ts';
import { cordonApp } from '../../infra/stacks.ts';
import { memberPolicy } from '../../src/app/member-policy.ts';
import { type FunctionName, functionNames, functionRights } from '../../src/aws/rights.ts';
import { guardDutyEvent, leakedKey } from '../../src/local/scenarios/guardduty-event.ts';
import { createSlackWorkspace } from '../../src/local/slack/workspace.ts';
import { closed, listening } from '../moto/loopback.ts';
import { handsOf } from '../stories/hands.ts';
import { people } from '../stories/play.ts';
import { screenOf } from '../stories/screen.ts';
import { config } from './config/cordon.config.ts';
import { build, type RunningFunctions, startFunctions, stopFunctions } from './functions.ts';
import { type Credentials, createStack } from './moto-stack.ts';
import { type Pumps, queueUrl, settle } from './pumps.ts';

const region = 'eu-west-1';
const home = '999988887777';
const member = '123456789012';
const externalId = 'example-external-id';
const moto = inject('moto');
const client = (credentials?: Credentials) => ({
  region,
  endpoint: moto,
  ...(credentials
    ? { credentials }
    : { credentials: { accessKeyId: 'OWNER', secretAccessKey: 'x' } }),
});

/** moto keeps accounts apart by the role that was assumed. */
const sessionOf = async (account: string, role: string): Promise<Credentials> => {
  const sts = new STSClient(client());
  const { Credentials: issued } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${account}:role/${role}`,
      RoleSessionName: 'deployed',
    }),
  );
  return {
    accessKeyId: issued?.AccessKeyId ?? '',
    secretAccessKey: issued?.SecretAccessKey ?? '',
    sessionToken: issued?.SessionToken ?? '',
  };
};

const now = (): number => Date.now();
const slack = createSlackWorkspace({ now });
const slackServer = createServer(async (request, response) => {
  const body = await buffer(request);
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  const answer = await slack.fetch(`http://127.0.0.1${request.url}`, {
    method: request.method ?? 'POST',
    headers: Object.fromEntries(headers.filter(([name]) => name !== 'connection')),
    body: new Uint8Array(body),
  });
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(await answer.text());
});

let functions: RunningFunctions;
let pumps: Pumps;
let stripped: readonly string[] = [];
let key = '';
const user = 'ci-deployer';
let owner: IAMClient;

/** The home stack in the home account, as `npm run synth` writes it, with its code in a bucket. */
const deployHome = async (admin: Credentials): Promise<void> => {
  process.env['CDK_VALIDATION'] = 'false';
  const outdir = mkdtempSync(join(tmpdir(), 'cordon-deployed-'));
  const { template } = cordonApp({ config, checked: false, outdir })
    .synth()
    .getStackByName('cordon');
  const s3 = new S3Client({ ...client(admin), forcePathStyle: true });
  await s3.send(
    new CreateBucketCommand({
      Bucket: 'cordon-code',
      CreateBucketConfiguration: { LocationConstraint: region },
    }),
  );
  for (const name of functionNames)
    await s3.send(new PutObjectCommand({ Bucket: 'cordon-code', Key: `${name}.zip`, Body: 'zip' }));
  stripped = await createStack(
    { endpoint: moto, credentials: admin, region },
    {
      name: 'cordon',
      template,
      parameters: { CodeBucket: 'cordon-code', CodePrefix: '', ExternalId: externalId },
    },
  );
};

const deployMember = async (admin: Credentials): Promise<void> => {
  await createStack(
    { endpoint: moto, credentials: admin, region },
    {
      name: 'cordon-member',
      template: JSON.parse(JSON.stringify(memberRoleTemplate())),
      parameters: {
        SecurityAccount: home,
        ExternalId: externalId,
        OrganizationId: '',
        PermissionsBoundary: '',
        BreakGlassRoleArns: 'arn:aws:iam::*:role/break-glass',
        Respond: 'yes',
        RespondIdentity: 'no',
        RespondFindings: 'no',
        RespondOrganization: 'no',
      },
    },
  );
};

beforeAll(async () => {
  await fetch(`${moto}/moto-api/reset`, { method: 'POST' });
  const built = mkdtempSync(join(tmpdir(), 'cordon-built-'));
  build(built);
  const [homeAdmin, memberAdmin] = await Promise.all([
    sessionOf(home, 'owner'),
    sessionOf(member, 'owner'),
  ]);
  await deployHome(homeAdmin);
  await deployMember(memberAdmin);
  for (const line of stripped) process.stdout.write(`stripped for moto: ${line}\n`);
  owner = new IAMClient(client(memberAdmin));
  await owner.send(new CreateUserCommand({ UserName: user }));
  const made = await owner.send(new CreateAccessKeyCommand({ UserName: user }));
  key = made.AccessKey?.AccessKeyId ?? '';
  const lambdas = new LambdaClient(client(homeAdmin));
  const environment = async (name: FunctionName): Promise<Readonly<Record<string, string>>> => {
    const { Environment } = await lambdas.send(
      new GetFunctionConfigurationCommand({ FunctionName: `cordon-${name}` }),
    );
    // moto makes no secret from a template, so it does not know its name either.
    return { ...Environment?.Variables, CORDON_SLACK_SECRET_ID: 'cordon-slack' };
  };
  process.stdout.write(
    'by hand: AWS::SecretsManager::Secret, of which moto makes none from a template\n',
  );
  await new SecretsManagerClient(client(homeAdmin)).send(
    new CreateSecretCommand({
      Name: 'cordon-slack',
      SecretString: JSON.stringify({
        token: slack.token,
        signingSecrets: [slack.signingSecret],
        botId: slack.ids.botId,
        botUserId: slack.ids.botUserId,
      }),
    }),
  );
  const port = await listening(slackServer);
  functions = await startFunctions({
    moto,
    built,
    slackApiUrl: `http://127.0.0.1:${port}/api/`,
    session: (name) => sessionOf(home, `cordon-${name}`),
    environment,
  });
  pumps = {
    moto,
    sqs: new SQSClient({ ...client(homeAdmin), useQueueUrlAsEndpoint: false }),
    sfn: new SFNClient(client(homeAdmin)),
    functions,
    stateMachine: `arn:aws:states:${region}:${home}:stateMachine:cordon-execution`,
  };
});

afterAll(async () => {
  if (functions) await stopFunctions(functions);
  await closed(slackServer);
});

const keyStatus = async (): Promise<string | undefined> => {
  const { AccessKeyMetadata = [] } = await owner.send(
    new ListAccessKeysCommand({ UserName: user }),
  );
  return AccessKeyMetadata.find(({ AccessKeyId }) => AccessKeyId === key)?.Status;
};

test('an event becomes a card; pressed, approved by another, contained in another account, recorded', async () => {
  const event = JSON.stringify(guardDutyEvent(leakedKey, now())).replaceAll(
    'AKIAIOSFODNN7EXAMPLE',
    key,
  );
  await pumps.sqs.send(
    new SendMessageCommand({ QueueUrl: queueUrl(moto, 'cordon-ingest'), MessageBody: event }),
  );
  await settle(pumps);
  const screen = screenOf({ slack });
  const hands = handsOf(
    {
      slack,
      clock: { now, moveTo: () => undefined },
      async gesture(sent) {
        if (!sent) return { status: 200, body: '' };
        const answer = await functions.web.lambda.invoke(sent.event);
        const outcome = sent.settle(answer as Parameters<typeof sent.settle>[0]);
        await settle(pumps);
        return outcome;
      },
    },
    screen,
  );
  await hands.press(people.maria, 'plan:deactivate-access-key');
  await hands.submit(people.maria, 'confirmed');
  expect(await keyStatus()).toBe('Active');
  await hands.press(people.ana, 'approve', screen.withControl('approve'));
  expect(await keyStatus()).toBe('Inactive');
  expect(screen.cardSays()).toContain('*Contained*, verified');
  await functions.tick.lambda.invoke({ schedule: 'minute' });
  await settle(pumps);
});

/** Rights of Lambda's own that the pump uses in the function's place. */
const byLambda = /^sqs:(ReceiveMessage|DeleteMessage|ChangeMessageVisibility|GetQueueAttributes)$/;

const grantedTo = (name: FunctionName): readonly string[] =>
  [...new Set(functionRights[name].flatMap(({ actions }) => actions))]
    .filter((action) => !byLambda.test(action))
    .sort();

/** What each function called with its own role in the story; the rest of its rights is for others. */
const calledBy = (name: FunctionName): readonly string[] => {
  const { recorder, credentials } = functions[name];
  const own = recorder.calls.filter(({ accessKeyId }) => accessKeyId === credentials.accessKeyId);
  return [...new Set(own.map(({ action }) => action))].sort();
};

/** Rights that this story may have no use for: evidence, repeats, batches, paging, tier 3. */
const maybeUnused: Readonly<Record<FunctionName, readonly string[]>> = {
  web: [],
  ingest: ['dynamodb:UpdateItem'],
  notify: ['sqs:SendMessage'],
  worker: ['dynamodb:BatchGetItem', 'dynamodb:DeleteItem', 's3:PutObject'],
  executor: [
    ...['dynamodb:BatchGetItem', 'dynamodb:UpdateItem'],
    ...['s3:GetObject', 's3:ListBucket', 's3:PutObject'],
  ],
  tick: [
    'dynamodb:BatchGetItem',
    's3:GetObject',
    's3:ListBucket',
    's3:PutObject',
    'sns:Publish',
    'sqs:SendMessage',
  ],
  // Nobody confirms anything at tier 2.
  'step-up': grantedTo('step-up'),
};

test.each(functionNames)(
  '%s called what its role grants, and all of it but what is listed',
  (name) => {
    const called = calledBy(name);
    expect(called.filter((action) => !grantedTo(name).includes(action))).toEqual([]);
    const unused = grantedTo(name).filter((action) => !called.includes(action));
    expect(unused.filter((action) => !maybeUnused[name].includes(action))).toEqual([]);
  },
);

test.each([
  ['worker', 'read'],
  ['executor', 'respond'],
] as const)('%s called in the member account what the role cordon-%s allows', (name, role) => {
  const { recorder, credentials } = functions[name];
  const away = recorder.calls.filter(({ accessKeyId }) => accessKeyId !== credentials.accessKeyId);
  const allowed = memberPolicy(role).Statement.flatMap(({ Effect, Action }) =>
    Effect === 'Allow' ? Action : [],
  );
  expect(away.length).toBeGreaterThan(2);
  expect(
    [...new Set(away.map(({ action }) => action))].filter((one) => !allowed.includes(one)),
  ).toEqual([]);
});
