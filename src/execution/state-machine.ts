/**
 * The execution loop as an Amazon States Language definition: call the executor; it runs as many
 * journalled steps as fit and answers done, failed or "again after N seconds"; wait; call again.
 * infra/ deploys it and the local runner follows it. ASL: docs.aws.amazon.com/step-functions.
 */

export interface TaskState {
  readonly Type: 'Task';
  readonly Resource: string;
  readonly Parameters: { readonly [name: string]: string };
  readonly ResultPath: string;
  readonly Retry: readonly {
    readonly ErrorEquals: readonly string[];
    readonly IntervalSeconds: number;
    readonly MaxAttempts: number;
    readonly BackoffRate: number;
    readonly MaxDelaySeconds: number;
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

export interface StateMachine {
  readonly Comment: string;
  readonly StartAt: string;
  readonly States: Readonly<Record<string, TaskState | ChoiceState | WaitState | SucceedState>>;
}

/** What the executor answers; a failed plan is an answer too, its story is in the request. */
export type ExecutorAnswer =
  | { readonly status: 'done' | 'failed' }
  | { readonly status: 'again'; readonly afterSeconds: number };

/** `executor` is the function's ARN, or the placeholder that the deployment fills. */
export const stateMachine = (executor: string): StateMachine => ({
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
          MaxAttempts: 20,
          BackoffRate: 1.5,
          MaxDelaySeconds: 60,
        },
      ],
      Next: 'More?',
    },
    'More?': {
      Type: 'Choice',
      Choices: [{ Variable: '$.answer.status', StringEquals: 'again', Next: 'Pause' }],
      Default: 'End',
    },
    Pause: { Type: 'Wait', SecondsPath: '$.answer.afterSeconds', Next: 'Run' },
    End: { Type: 'Succeed' },
  },
});
