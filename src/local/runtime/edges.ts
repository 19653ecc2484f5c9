/** What the real SDK clients of the functions reach in the place of AWS's own services. */
import type { SendMessageCommandInput } from '@aws-sdk/client-sqs';
import type { SlackWorkspace } from '../slack/workspace.ts';
import { AwsError } from '../world/aws-error.ts';
import type { World } from '../world/world.ts';
import type { Executions } from './executions.ts';
import type { LocalFunctions } from './functions.ts';
import type { LocalPager } from './pager.ts';
import type { QueueSettings, Queues } from './queues.ts';
import { localQueues } from './resources.ts';

/** SQS, SNS, Step Functions and Secrets Manager behind the real SDK clients. */
export const registerEdges = (
  world: World,
  edges: {
    readonly queues: () => Queues;
    readonly executions: () => Executions;
    readonly slack: SlackWorkspace;
    readonly pager: LocalPager;
  },
): void => {
  world.register('sqs', {
    SendMessage: (input: SendMessageCommandInput) => ({
      MessageId: edges.queues().send(input.QueueUrl?.split('/').at(-1) ?? '', input),
    }),
  });
  world.register('sns', { Publish: edges.pager.publish });
  world.register('states', {
    StartExecution: (input: { readonly name?: string; readonly input?: string }) => {
      edges.executions().start(input.name ?? '', JSON.parse(input.input ?? '{}'));
      return { executionArn: input.name };
    },
    DescribeExecution: ({ executionArn = '' }: { readonly executionArn?: string }) => {
      const status = edges.executions().status()[executionArn.split(':').at(-1) ?? ''];
      if (!status) throw new AwsError('ExecutionDoesNotExist', 'Execution Does Not Exist');
      return { executionArn, status: status.toUpperCase() };
    },
  });
  world.register('secretsmanager', {
    GetSecretValue: () => ({
      SecretString: JSON.stringify({
        token: edges.slack.token,
        signingSecrets: [edges.slack.signingSecret],
        botId: edges.slack.ids.botId,
        botUserId: edges.slack.ids.botUserId,
      }),
    }),
  });
};

/** Which function serves which queue, and how many messages at once. */
export const queueSettings = (functions: LocalFunctions): readonly QueueSettings[] => [
  { name: localQueues.ingest, fifo: false, batch: 10, handler: functions.ingest },
  { name: localQueues.jobs, fifo: true, batch: 1, handler: functions.worker },
  { name: localQueues.work, fifo: false, batch: 1, handler: functions.worker },
  { name: localQueues.notify, fifo: false, batch: 10, handler: functions.notify },
];
