/** The `Cloud` of an installation, over the SDK and this clone's own scripts. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { ClientConfig } from '../doctor/site.ts';
import type { Cloud } from './step.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const patienceSeconds = 1800;

/** `region` is asked for in the first step, so it is read when it is needed. */
export const awsCloud = (configOf: () => ClientConfig): Cloud => ({
  async account() {
    const { Account = '' } = await new STSClient(configOf()).send(new GetCallerIdentityCommand({}));
    return Account;
  },
  async make(configFile) {
    const run = (command: string, args: readonly string[]) =>
      execFileSync(command, [...args], {
        cwd: root,
        stdio: 'inherit',
        env: { ...process.env, CORDON_CONFIG: configFile },
      });
    run(process.execPath, ['build.mjs', '--config', configFile]);
    run('npx', ['tsx', 'infra/package.ts']);
    run('npx', ['cdk', 'synth', '--quiet']);
    return { zips: join(root, 'dist'), templates: join(root, 'cdk.out') };
  },
  async upload(folder, { bucket, prefix }, ending) {
    const aws = configOf();
    const s3 = new S3Client({ ...aws, ...(aws.endpoint ? { forcePathStyle: true } : {}) });
    for (const name of readdirSync(folder).filter((each) => each.endsWith(ending)))
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: `${prefix}${name}`,
          Body: readFileSync(join(folder, name)),
        }),
      );
  },
  deploy: (stack) => deployStack(configOf(), stack),
  async putSecret(SecretId, SecretString) {
    await new SecretsManagerClient(configOf()).send(
      new PutSecretValueCommand({ SecretId, SecretString }),
    );
  },
});

const isNamed = (error: unknown, message: RegExp): boolean =>
  error instanceof Error && message.test(error.message);

/** docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html */
const mostBytesInRequest = 51_200;

/** CloudFormation fetches from the bucket, in its region, what is too long for a request. */
const deployStack = async (
  aws: ClientConfig,
  { name, bucket, key, file, region = aws.region, parameters }: Parameters<Cloud['deploy']>[0],
): Promise<Readonly<Record<string, string>>> => {
  const client = new CloudFormationClient({ ...aws, region });
  const TemplateBody = readFileSync(file, 'utf8');
  const stack = {
    StackName: name,
    ...(Buffer.byteLength(TemplateBody) <= mostBytesInRequest
      ? { TemplateBody }
      : { TemplateURL: `https://${bucket}.s3.${aws.region}.amazonaws.com/${key}` }),
    Capabilities: ['CAPABILITY_NAMED_IAM' as const],
    Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
      ParameterKey,
      ParameterValue,
    })),
  };
  const patience = { client, maxWaitTime: patienceSeconds };
  try {
    await client.send(new CreateStackCommand(stack));
    await waitUntilStackCreateComplete(patience, { StackName: name });
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'AlreadyExistsException') throw error;
    await update(client, stack, patience);
  }
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
  return Object.fromEntries(
    (Stacks[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [
      OutputKey,
      OutputValue,
    ]),
  );
};

const update = async (
  client: CloudFormationClient,
  stack: ConstructorParameters<typeof UpdateStackCommand>[0],
  patience: { readonly client: CloudFormationClient; readonly maxWaitTime: number },
): Promise<void> => {
  try {
    await client.send(new UpdateStackCommand(stack));
    await waitUntilStackUpdateComplete(patience, { StackName: stack.StackName });
  } catch (error) {
    if (!isNamed(error, /No updates are to be performed/)) throw error;
  }
};
