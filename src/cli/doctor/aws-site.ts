/** The deployed installation as the operator's own credentials reach it. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type Deployment, deploymentFrom, deploymentKeys } from '../../app/deployment.ts';
import { httpPost } from '../../app/http-post.ts';
import { named } from '../../app/names.ts';
import { randomId } from '../../app/on-lambda.ts';
import { parseSlackSecret, type SlackSecret } from '../../app/slack-secret.ts';
import type { CordonConfig } from '../../config/config.ts';
import type { ClientConfig, Site, SlackAnswer } from './site.ts';

/** Asked once, whoever asks; after a failure again. */
const once = <T>(ask: () => Promise<T>): (() => Promise<T>) => {
  let known: Promise<T> | undefined;
  return () => {
    known ??= ask().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
};

/** Slack's Web API takes a form with any method: docs.slack.dev/apis/web-api */
export const slackCall =
  (token: () => Promise<string>, apiUrl = 'https://slack.com/api/') =>
  async (method: string, args: Readonly<Record<string, string>> = {}): Promise<SlackAnswer> => {
    const { headers, text } = await httpPost({
      url: new URL(method, apiUrl),
      headers: {
        authorization: `Bearer ${await token()}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams(args).toString(),
      signal: AbortSignal.timeout(10_000),
    });
    const body: unknown = JSON.parse(text);
    return {
      body: typeof body === 'object' && body !== null ? { ...body } : {},
      header: (name) => {
        const value = headers[name];
        return value === undefined ? undefined : String(value);
      },
    };
  };

/** Every function has the whole deployment in its environment; worker's is read. */
const deploymentOf = async (
  aws: ClientConfig,
  instead: Readonly<Record<string, string>>,
): Promise<Deployment> => {
  const { Environment } = await new LambdaClient(aws).send(
    new GetFunctionConfigurationCommand({ FunctionName: named('worker') }),
  );
  const environment = { ...Environment?.Variables, ...instead, AWS_REGION: aws.region };
  return deploymentFrom(environment, deploymentKeys);
};

const invoke = async (aws: ClientConfig, name: string, event: object): Promise<unknown> => {
  const { Payload, FunctionError } = await new LambdaClient(aws).send(
    new InvokeCommand({ FunctionName: named(name), Payload: JSON.stringify(event) }),
  );
  const answer: unknown = JSON.parse(Buffer.from(Payload ?? []).toString('utf8') || 'null');
  if (!FunctionError) return answer;
  const message: unknown = Reflect.get(Object(answer), 'errorMessage');
  throw new Error(`${named(name)} failed: ${String(message)}`);
};

export const awsSite = (
  config: CordonConfig,
  {
    aws = { region: config.homeRegion },
    slackApiUrl = process.env['SLACK_API_URL'],
    instead = {},
  }: {
    readonly aws?: ClientConfig;
    readonly slackApiUrl?: string | undefined;
    /** Variables of the functions that are to be read otherwise. */
    readonly instead?: Readonly<Record<string, string>>;
  } = {},
): Site => {
  const deployment = once(() => deploymentOf(aws, instead));
  const secret = once(async (): Promise<SlackSecret> => {
    const { slackSecret: SecretId } = await deployment();
    const { SecretString } = await new SecretsManagerClient(aws).send(
      new GetSecretValueCommand({ SecretId }),
    );
    return parseSlackSecret(SecretString);
  });
  return {
    config,
    aws,
    deployment,
    secret,
    slack: slackCall(async () => (await secret()).token, slackApiUrl),
    invoke: (name, event) => invoke(aws, name, event),
    now: () => Date.now(),
    newId: randomId,
    sleep: (milliseconds) => sleep(milliseconds),
  };
};
