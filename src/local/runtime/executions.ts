/**
 * Step Functions in memory: follows the definition that infra/ deploys (Task with Retry and Catch, Choice,
 * Wait, Succeed, Fail) on the local clock. A name is used once, as in AWS.
 */
import {
  type Parameters,
  type StateMachine,
  sendMessage,
  type TaskState,
} from '../../execution/state-machine.ts';
import { AwsError } from '../world/aws-error.ts';
import type { Activity } from './activity.ts';
import type { Clock } from './clock.ts';

type Data = { readonly [key: string]: unknown };

export interface Executions {
  /** Throws `ExecutionAlreadyExists` for a name that was used before. */
  start(name: string, input: Data): void;
  /** How each execution stands, by name. */
  status(): Readonly<Record<string, 'running' | 'succeeded' | 'failed'>>;
}

export interface ExecutionsOptions {
  readonly machine: StateMachine;
  /** The function that the machine's task calls. */
  readonly invoke: (input: Data) => Promise<unknown>;
  /** The queue that the machine's other task sends to. */
  readonly send: (message: Data) => Promise<unknown>;
  readonly clock: Clock;
  readonly activity: Activity;
}

/** `$.answer.status` of the data. */
const at = (data: Data, path: string): unknown =>
  path
    .slice(2)
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined,
      data,
    );

const filled = (parameters: Parameters, data: Data): Data =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name.replace(/\.\$$/, ''),
      typeof value === 'object'
        ? filled(value, data)
        : name.endsWith('.$')
          ? at(data, String(value))
          : value,
    ]),
  );

const failureOf = (error: unknown): Data => ({
  Error: error instanceof Error ? error.name : 'Error',
});

export const createExecutions = (options: ExecutionsOptions): Executions => {
  const { machine, clock, activity } = options;
  const status = new Map<string, 'running' | 'succeeded' | 'failed'>();

  const enter = (name: string, state: string, data: Data, failures = 0): void =>
    activity.track(step(name, state, data, failures));

  const later = (seconds: number, next: () => void): void =>
    clock.at(clock.now() + seconds * 1000, next);

  const task = async (name: string, state: string, data: Data, failures: number): Promise<void> => {
    const definition = machine.States[state] as TaskState;
    try {
      const call = definition.Resource === sendMessage ? options.send : options.invoke;
      const answer = await call(filled(definition.Parameters, data));
      const key = definition.ResultPath.slice(2);
      enter(name, definition.Next, { ...data, [key]: answer });
    } catch (error) {
      activity.report(error);
      const [retry] = definition.Retry;
      const [caught] = definition.Catch;
      if (retry && failures < retry.MaxAttempts)
        later(
          Math.min(retry.IntervalSeconds * retry.BackoffRate ** failures, retry.MaxDelaySeconds),
          () => enter(name, state, data, failures + 1),
        );
      else if (caught)
        enter(name, caught.Next, { ...data, [caught.ResultPath.slice(2)]: failureOf(error) });
      else status.set(name, 'failed');
    }
  };

  const step = async (name: string, state: string, data: Data, failures: number): Promise<void> => {
    const definition = machine.States[state];
    switch (definition?.Type) {
      case 'Task':
        return task(name, state, data, failures);
      case 'Choice': {
        const choice = definition.Choices.find(
          ({ Variable, StringEquals }) => at(data, Variable) === StringEquals,
        );
        return enter(name, choice?.Next ?? definition.Default, data);
      }
      case 'Wait':
        return later(Number(at(data, definition.SecondsPath)), () =>
          enter(name, definition.Next, data),
        );
      case 'Succeed':
        status.set(name, 'succeeded');
        return;
      case 'Fail':
        status.set(name, 'failed');
        return;
      case undefined:
        throw new Error(`the state machine has no state ${state}`);
      default:
        definition satisfies never;
    }
  };

  return {
    start(name, input) {
      if (status.has(name))
        throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${name}'`);
      status.set(name, 'running');
      enter(name, machine.StartAt, input);
    },
    status: () => Object.fromEntries(status),
  };
};
