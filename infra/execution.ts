/** The execution loop: the definition is the one that the local runner follows. */

import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import {
  DefinitionBody,
  LogLevel,
  StateMachine,
  StateMachineType,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { named } from '../src/app/names.ts';
import { stateMachine } from '../src/execution/state-machine.ts';
import { executionName } from './targets.ts';

export interface ExecutionProps {
  readonly executor: IFunction;
  /** Where a run that was given up is told. */
  readonly work: IQueue;
  readonly logDays: number;
  /** ARN of the owner's key that `work` is encrypted with. */
  readonly key: string | undefined;
}

export class Execution extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, { executor, work, logDays, key }: ExecutionProps) {
    super(scope, 'Execution');
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/vendedlogs/states/${executionName}`,
      retention: logDays as RetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.machine = new StateMachine(this, 'Machine', {
      stateMachineName: executionName,
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(
        JSON.stringify(stateMachine({ executor: `\${executor}`, work: `\${work}` })),
      ),
      definitionSubstitutions: { executor: executor.functionArn, work: work.queueUrl },
      role: this.#role(executor, work, key).withoutPolicyUpdates(),
      tracingEnabled: true,
      // The input is a request's id, the output a word: no secret and no text of an attacker.
      logs: { destination: logGroup, level: LogLevel.ALL, includeExecutionData: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  /** docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html, xray-iam.html */
  #role(executor: IFunction, work: IQueue, key: string | undefined): Role {
    return new Role(this, 'Role', {
      roleName: named('execution-machine'),
      description: 'Cordon: the state machine calls the executor',
      assumedBy: new ServicePrincipal('states.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      inlinePolicies: {
        machine: new PolicyDocument({
          statements: [
            new PolicyStatement({
              sid: 'Executor',
              actions: ['lambda:InvokeFunction'],
              resources: [executor.functionArn],
            }),
            new PolicyStatement({
              sid: 'Tell',
              actions: ['sqs:SendMessage'],
              resources: [work.queueArn],
            }),
            ...(key
              ? [
                  new PolicyStatement({
                    sid: 'OwnKey',
                    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
                    resources: [key],
                  }),
                ]
              : []),
            new PolicyStatement({
              sid: 'LogDelivery',
              actions: [
                'logs:CreateLogDelivery',
                'logs:GetLogDelivery',
                'logs:UpdateLogDelivery',
                'logs:DeleteLogDelivery',
                'logs:ListLogDeliveries',
                'logs:PutResourcePolicy',
                'logs:DescribeResourcePolicies',
                'logs:DescribeLogGroups',
              ],
              resources: ['*'],
            }),
            new PolicyStatement({
              sid: 'Traces',
              actions: [
                'xray:PutTraceSegments',
                'xray:PutTelemetryRecords',
                'xray:GetSamplingRules',
                'xray:GetSamplingTargets',
              ],
              resources: ['*'],
            }),
          ],
        }),
      },
    });
  }
}
