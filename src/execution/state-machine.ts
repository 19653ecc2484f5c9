/**
 * The execution loop as an Amazon States Language definition: call the executor; it runs as many
 * journalled steps as fit and answers done, failed or "again after N seconds"; wait; call again.
 * infra/ deploys it and the local runner follows it. ASL: docs.aws.amazon.com/step-functions.
 */

/** Values; of a name that ends in `.$` the value is a path into the data. */
export interface Parameters {
  readonly [name: string]: string | number | Parameters;
}

export interface TaskState {
  readonly Type: 'Task';
  readonly Resource: string;
  readonly Parameters: Parameters;
  readonly ResultPath: string;
  readonly Retry: readonly {
    readonly ErrorEquals: readonly string[];
    readonly IntervalSeconds: number;
    readonly MaxAttempts: number;
    readonly BackoffRate: number;
    readonly MaxDelaySeconds: number;
  }[];
  /** Where it goes when the retries are used up. */
  readonly Catch: readonly {
    readonly ErrorEquals: readonly string[];
    readonly ResultPath: string;
    readonly Next: string;
  }[];
  readonly Next: string;
}

interface ChoiceState {
  readonly Type: 'Choice';
  readonly Choices: readonly {
    readonly Variable: string;
    readonly StringEquals: string;
    readonly Next: string;
  }[];
  readonly Default: string;
}

interface WaitState {
  readonly Type: 'Wait';
  readonly SecondsPath: string;
  readonly Next: string;
}

interface SucceedState {
  readonly Type: 'Succeed';
}

interface FailState {
  readonly Type: 'Fail';
  readonly Error: string;
  readonly Cause: string;
}

/** Step Functions' own call of SQS: docs.aws.amazon.com/step-functions/latest/dg/connect-sqs.html */
export const sendMessage = 'arn:aws:states:::sqs:sendMessage';

export interface StateMachine {
  readonly Comment: string;
  readonly StartAt: string;
  readonly States: Readonly<
    Record<string, TaskState | ChoiceState | WaitState | SucceedState | FailState>
  >;
}

/** What the executor answers; a failed plan is an answer too, its story is in the request. */
export type ExecutorAnswer =
  | { readonly status: 'done' | 'failed' }
  | { readonly status: 'again'; readonly afterSeconds: number };

/** Of the worker's queue: long enough for the run to have failed when the message is read. */
const tellAfterSeconds = 5;

/**
 * `executor` is the function's ARN and `work` the queue's URL, or the placeholders that the deployment
 * fills. A run that is given up tells the worker, which asks for the run's end and fails the request:
 * no card goes on looking as if something were done.
 */
export const stateMachine = ({
  executor,
  work,
}: {
  readonly executor: string;
  readonly work: string;
}): StateMachine => ({
  Comment: 'Cordon: one approved request, until it is done',
  StartAt: 'Run',
  States: {
    Run: {
      Type: 'Task',
      Resource: executor,
      Parameters: { 'request.$': '$.request' },
      ResultPath: '$.answer',
      Retry: [
        {
          ErrorEquals: ['States.ALL'],
          IntervalSeconds: 5,
          // Eight minutes: less than an approval that nothing took up is waited for.
          MaxAttempts: 12,
          BackoffRate: 1.5,
          MaxDelaySeconds: 60,
        },
      ],
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'Tell' }],
      Next: 'More?',
    },
    'More?': {
      Type: 'Choice',
      Choices: [{ Variable: '$.answer.status', StringEquals: 'again', Next: 'Pause' }],
      Default: 'End',
    },
    Pause: { Type: 'Wait', SecondsPath: '$.answer.afterSeconds', Next: 'Run' },
    End: { Type: 'Succeed' },
    Tell: {
      Type: 'Task',
      Resource: sendMessage,
      Parameters: {
        QueueUrl: work,
        MessageBody: { kind: 'request-due', 'request.$': '$.request' },
        DelaySeconds: tellAfterSeconds,
      },
      ResultPath: '$.told',
      Retry: [
        {
          ErrorEquals: ['States.ALL'],
          IntervalSeconds: 2,
          MaxAttempts: 5,
          BackoffRate: 2,
          MaxDelaySeconds: 60,
        },
      ],
      // Untold, the worker finds it at the next stamp.
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.untold', Next: 'Gave up' }],
      Next: 'Gave up',
    },
    'Gave up': {
      Type: 'Fail',
      Error: 'GaveUp',
      Cause: 'the executor failed at every try; its log and the request say how',
    },
  },
});
