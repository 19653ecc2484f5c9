/** One installation in moto: the templates as they are synthesised, the built functions, Slack's stand-in. */
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { inject } from 'vitest';
import { memberRoleTemplate } from '../../infra/member-role.ts';
import { cordonApp } from '../../infra/stacks.ts';
import { type FunctionName, functionNames } from '../../src/aws/rights.ts';
import type { CordonConfig } from '../../src/config/config.ts';
import { createSlackWorkspace, type SlackWorkspace } from '../../src/local/slack/workspace.ts';
import { closed, listening } from '../moto/loopback.ts';
import { byHand } from './by-hand.ts';
import { config } from './config/cordon.config.ts';
import { build, type RunningFunctions, startFunctions, stopFunctions } from './functions.ts';
import { type Credentials, createStack, type Template } from './moto-stack.ts';
import { home, member, region } from './places.ts';
import type { Pumps } from './pumps.ts';
import { stoodIn } from './stand-in.ts';
import { type Door, interpret, interpreted, runsIn, startDoor } from './step-functions.ts';

const externalId = 'example-external-id';

/** moto keeps accounts apart by the role that was assumed. */
export const sessionOf = async (
  moto: string,
  account: string,
  role: string,
): Promise<Credentials> => {
  const sts = new STSClient(clientOf(moto));
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

export const clientOf = (moto: string, credentials?: Credentials) => ({
  region,
  endpoint: moto,
  credentials: credentials ?? { accessKeyId: 'OWNER', secretAccessKey: 'x' },
});

export const serve = (slack: SlackWorkspace) =>
  createServer(async (request, response) => {
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

/** The templates as `npm run synth` writes them. */
const synthesised = (
  using: CordonConfig,
): Readonly<Record<'cordon' | 'cordon-forward', Template>> => {
  process.env['CDK_VALIDATION'] = 'false';
  const outdir = mkdtempSync(join(tmpdir(), 'cordon-deployed-'));
  const assembly = cordonApp({ config: using, checked: false, outdir }).synth();
  return {
    cordon: assembly.getStackByName('cordon').template,
    'cordon-forward': assembly.getStackByName('cordon-forward').template,
  };
};

/** The home stack with its code in a bucket, and the other region that always has to forward. */
const deployHome = async (
  moto: string,
  admin: Credentials,
  using: CordonConfig,
): Promise<readonly string[]> => {
  const templates = synthesised(using);
  const s3 = new S3Client({ ...clientOf(moto, admin), forcePathStyle: true });
  await s3.send(
    new CreateBucketCommand({
      Bucket: 'cordon-code',
      CreateBucketConfiguration: { LocationConstraint: region },
    }),
  );
  for (const name of functionNames)
    await s3.send(new PutObjectCommand({ Bucket: 'cordon-code', Key: `${name}.zip`, Body: 'zip' }));
  const place = { endpoint: moto, credentials: admin, region };
  const stripped = await createStack(place, {
    name: 'cordon',
    template: templates.cordon,
    parameters: { CodeBucket: 'cordon-code', CodePrefix: '', ExternalId: externalId },
  });
  const elsewhere = await createStack(
    { ...place, region: 'us-east-1' },
    {
      name: 'cordon-forward',
      template: templates['cordon-forward'],
      parameters: { SecurityBusArn: `arn:aws:events:${region}:${home}:event-bus/cordon-security` },
    },
  );
  const made = await byHand(clientOf(moto, admin), templates.cordon);
  return [...stripped, ...elsewhere.map((line) => `us-east-1: ${line}`), ...made];
};

const deployMember = async (moto: string, admin: Credentials): Promise<void> => {
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

export interface Installation {
  readonly moto: string;
  readonly slack: SlackWorkspace;
  readonly slackApiUrl: string;
  readonly functions: RunningFunctions;
  readonly pumps: Pumps;
  readonly door: Door;
  /** While false, every call of the executor fails, as where it cannot be loaded. */
  readonly executorLoads: (loads: boolean) => void;
  /** What moto lacks, each with what was done instead. */
  readonly told: readonly string[];
  /** SDK client configuration of whoever owns an account. */
  readonly owner: (account: typeof home | typeof member) => ReturnType<typeof clientOf>;
  close(): Promise<void>;
}

/** The built functions of a folder, each with the environment of the stack that is there. */
export const runBuilt = async ({
  moto,
  built,
  slackApiUrl,
  credentials,
}: {
  readonly moto: string;
  readonly built: string;
  readonly slackApiUrl: string;
  readonly credentials: Credentials;
}): Promise<Pick<Installation, 'functions' | 'pumps' | 'door' | 'executorLoads' | 'close'>> => {
  const lambdas = new LambdaClient(clientOf(moto, credentials));
  const environment = async (name: FunctionName): Promise<Readonly<Record<string, string>>> => {
    const { Environment } = await lambdas.send(
      new GetFunctionConfigurationCommand({ FunctionName: `cordon-${name}` }),
    );
    // moto makes no secret from a template, so it does not know its name either.
    return { ...Environment?.Variables, CORDON_SLACK_SECRET_ID: 'cordon-slack' };
  };
  const runs = await runsIn({
    client: new SFNClient(clientOf(moto, credentials)),
    moto,
    door: inject('motoDoor'),
  });
  const functions = await startFunctions({
    moto,
    before: runs.before,
    built,
    slackApiUrl,
    session: (name) => sessionOf(moto, home, `cordon-${name}`),
    environment,
  });
  let loads = true;
  const door = await startDoor({
    port: inject('motoDoor'),
    moto,
    role: await sessionOf(moto, home, 'cordon-execution-machine'),
    executor: async (event) => {
      if (!loads) throw new Error('it cannot be loaded');
      return functions.executor.lambda.invoke(event);
    },
  });
  return {
    functions,
    door,
    executorLoads(now) {
      loads = now;
    },
    async close() {
      await stopFunctions(functions);
      await door.close();
      await interpret(moto, false);
    },
    pumps: {
      moto,
      sqs: new SQSClient({ ...clientOf(moto, credentials), useQueueUrlAsEndpoint: false }),
      runs,
      stateMachine: `arn:aws:states:${region}:${home}:stateMachine:cordon-execution`,
      functions,
    },
  };
};

/** `secret` is what lies in Secrets Manager; that of the stand-in when absent. */
export const install = async (moto: string, using = config): Promise<Installation> => {
  await interpret(moto, false);
  await fetch(`${moto}/moto-api/reset`, { method: 'POST' });
  const built = mkdtempSync(join(tmpdir(), 'cordon-built-'));
  build(built);
  const owners = {
    [home]: await sessionOf(moto, home, 'owner'),
    [member]: await sessionOf(moto, member, 'owner'),
  };
  const told = await deployHome(moto, owners[home], using);
  await deployMember(moto, owners[member]);
  const slack = createSlackWorkspace({ now: () => Date.now() });
  const server = serve(slack);
  const slackApiUrl = `http://127.0.0.1:${await listening(server)}/api/`;
  const running = await runBuilt({
    ...{ moto, built, slackApiUrl },
    credentials: owners[home],
  });
  return {
    moto,
    slack,
    slackApiUrl,
    ...running,
    told: [...told, ...interpreted, ...stoodIn],
    owner: (account) => clientOf(moto, owners[account]),
    async close() {
      await running.close();
      await closed(server);
    },
  };
};
