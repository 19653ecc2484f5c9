/**
 * Step Functions: moto's interpreter runs the definition that the template has. What it calls comes
 * through a door, which hands it to the built executor and to the queue.
 */
import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeStateMachineCommand,
  ListExecutionsCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import type { StateMachine } from '../../src/execution/state-machine.ts';
import { closed, listening } from '../moto/loopback.ts';
import type { Credentials } from './moto-stack.ts';
import { home, region } from './places.ts';
import { forward, pass } from './recorder.ts';

/** With it on, moto has other state machines than those that templates make. */
export const interpret = (moto: string, execute_state_machine: boolean): Promise<unknown> =>
  fetch(`${moto}/moto-api/config`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ stepfunctions: { execute_state_machine } }),
  });

/** The lane has no eight minutes: as many states as on AWS, fewer and shorter tries. */
const impatient = (definition: StateMachine): StateMachine => ({
  ...definition,
  States: Object.fromEntries(
    Object.entries(definition.States).map(([name, state]) => [
      name,
      state.Type === 'Task'
        ? {
            ...state,
            Retry: state.Retry.map((retry) => ({ ...retry, IntervalSeconds: 1, MaxAttempts: 1 })),
          }
        : state,
    ]),
  ),
});

/** Executions in moto, of the template's state machine. */
export interface Runs {
  /** Before moto gets a call. */
  readonly before: (action: string, body: string) => Promise<void>;
  /** How many executions go on. */
  running(): Promise<number>;
}

/** What the lane prints. */
export const interpreted: readonly string[] = [
  'by hand: AWS::StepFunctions::StateMachine, which moto interprets only when it is made by a call, and only for one execution: made anew for each; its tasks are retried once, after a second',
];

/** The definition as it came from the template, with its substitutions, which moto does not make. */
export const runsIn = async (options: {
  readonly client: SFNClient;
  readonly moto: string;
  readonly door: number;
}): Promise<Runs> => {
  const { client, moto, door } = options;
  const stateMachineArn = `arn:aws:states:${region}:${home}:stateMachine:cordon-execution`;
  await interpret(moto, false);
  const made = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
  const definition = String(made.definition)
    .replaceAll(`\${executor}`, `arn:aws:lambda:${region}:${home}:function:cordon-executor`)
    .replaceAll(`\${work}`, `http://localhost:${door}/${home}/cordon-work`);
  const make = () =>
    client.send(
      new CreateStateMachineCommand({
        name: made.name,
        definition: JSON.stringify(impatient(JSON.parse(definition))),
        roleArn: `arn:aws:iam::${home}:role/cordon-execution-machine`,
      }),
    );
  const running = async (): Promise<number> => {
    const { executions = [] } = await client.send(
      new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING' }),
    );
    return executions.length;
  };
  const names = new Set<string>();
  await interpret(moto, true);
  await make();
  return {
    running,
    async before(action, body) {
      if (action !== 'states:StartExecution') return;
      const { name } = JSON.parse(body);
      // It copies the machine with all that it ran, and that cannot be copied.
      if (names.size > 0 && !names.has(name) && (await running()) === 0) {
        await client.send(new DeleteStateMachineCommand({ stateMachineArn }));
        await make();
      }
      names.add(name);
    },
  };
};

export interface Door {
  /** What the state machine called, as IAM actions. */
  readonly calls: readonly string[];
  close(): Promise<void>;
}

const isInvocation = ({ url = '' }: IncomingMessage): boolean =>
  /^\/2015-03-31\/functions\/[^/]*cordon-executor\/invocations/.test(decodeURIComponent(url));

const errorTypeOf = (error: unknown) => ({
  errorType: 'Error',
  errorMessage: error instanceof Error ? error.message : String(error),
});

/** As Lambda answers a synchronous call: docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
const invoked = async (executor: (event: unknown) => Promise<unknown>, body: Buffer) => {
  try {
    return { headers: {}, body: await executor(JSON.parse(body.toString('utf8'))) };
  } catch (error) {
    return { headers: { 'x-amz-function-error': 'Unhandled' }, body: errorTypeOf(error) };
  }
};

/** moto takes the account of a call from its key: that of the machine's role. */
const asRole = (request: IncomingMessage, { accessKeyId }: Credentials) => ({
  authorization: `${request.headers.authorization}`.replace(
    /Credential=[^/]+/,
    `Credential=${accessKeyId}`,
  ),
});

export const startDoor = async (options: {
  readonly port: number;
  readonly moto: string;
  readonly role: Credentials;
  readonly executor: (event: unknown) => Promise<unknown>;
}): Promise<Door> => {
  const calls: string[] = [];
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    if (isInvocation(request)) {
      calls.push('lambda:InvokeFunction');
      const answer = await invoked(options.executor, body);
      response.writeHead(200, { ...answer.headers, 'content-type': 'application/json' });
      response.end(JSON.stringify(answer.body));
      return;
    }
    calls.push(String(request.headers['x-amz-target']).replace('AmazonSQS.', 'sqs:'));
    const answer = await forward(options.moto, request, body, asRole(request, options.role));
    await pass(answer, response);
  });
  await listening(server, options.port);
  return { calls, close: () => closed(server) };
};
