/** The functions, each with its role, its log and what calls it. */

import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  Architecture,
  type Code,
  Function as LambdaFunction,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { functionSettings } from '../src/app/function-settings.ts';
import { named } from '../src/app/names.ts';
import { type QueueSettings, queueSettings } from '../src/app/queue-settings.ts';
import { type FunctionName, functionNames } from '../src/aws/rights.ts';
import type { DeploymentSettings } from '../src/config/deployment-settings.ts';
import { functionRole, logGroupName, type Targets } from './function-role.ts';
import type { QueueName, Queues } from './queues.ts';

/** Which function takes from which queue. */
const takesFrom: Readonly<Partial<Record<FunctionName, readonly QueueName[]>>> = {
  ingest: ['ingest'],
  notify: ['notify'],
  worker: ['jobs', 'work'],
};

/** A FIFO queue takes no window: docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html */
const sourceOf = (queues: Queues, name: QueueName): SqsEventSource => {
  const settings: QueueSettings = queueSettings[name];
  return new SqsEventSource(queues.byName[name], {
    batchSize: settings.batchSize,
    maxConcurrency: settings.maximumConcurrency,
    reportBatchItemFailures: true,
    ...(settings.windowSeconds > 0
      ? { maxBatchingWindow: Duration.seconds(settings.windowSeconds) }
      : {}),
  });
};

export interface FunctionsProps {
  readonly settings: DeploymentSettings;
  readonly queues: Queues;
  readonly targets: Targets;
  readonly key: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly codeOf: (name: FunctionName) => Code;
}

export class Functions extends Construct {
  readonly byName: Readonly<Record<FunctionName, LambdaFunction>>;
  readonly logs: Readonly<Record<FunctionName, LogGroup>>;

  constructor(scope: Construct, props: FunctionsProps) {
    super(scope, 'Functions');
    const made = functionNames.map((name) => [name, this.#function(name, props)] as const);
    this.byName = Object.fromEntries(made.map(([name, one]) => [name, one.lambda])) as Record<
      FunctionName,
      LambdaFunction
    >;
    this.logs = Object.fromEntries(made.map(([name, one]) => [name, one.logGroup])) as Record<
      FunctionName,
      LogGroup
    >;
  }

  #function(name: FunctionName, props: FunctionsProps) {
    const { memoryMb, timeoutSeconds, reservedConcurrency, description } = functionSettings[name];
    const logGroup = new LogGroup(this, `${name}-log`, {
      logGroupName: logGroupName(name),
      retention: props.settings.logDays as RetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = functionRole(this, name, props);
    const lambda = new LambdaFunction(this, name, {
      functionName: named(name),
      description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: props.codeOf(name),
      // The rights are those of the role above: no construct may add to them.
      role: role.withoutPolicyUpdates(),
      memorySize: memoryMb,
      timeout: Duration.seconds(timeoutSeconds),
      tracing: Tracing.ACTIVE,
      logGroup,
      environment: { ...props.environment },
      ...(props.settings.reserveConcurrency
        ? { reservedConcurrentExecutions: reservedConcurrency }
        : {}),
    });
    for (const queue of takesFrom[name] ?? []) lambda.addEventSource(sourceOf(props.queues, queue));
    return { lambda, logGroup };
  }
}
