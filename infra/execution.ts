/** The execution loop: the definition is the one that the local runner follows. */
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  DefinitionBody,
  LogLevel,
  StateMachine,
  StateMachineType,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { stateMachine } from '../src/execution/state-machine.ts';
import { named } from './names.ts';
import { executionName } from './targets.ts';

export class Execution extends Construct {
  readonly machine: StateMachine;

  constructor(
    scope: Construct,
    { executor, logDays }: { readonly executor: IFunction; readonly logDays: number },
  ) {
    super(scope, 'Execution');
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/vendedlogs/states/${executionName}`,
      retention: logDays as RetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.machine = new StateMachine(this, 'Machine', {
      stateMachineName: executionName,
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(JSON.stringify(stateMachine(`\${executor}`))),
      definitionSubstitutions: { executor: executor.functionArn },
      role: this.#role(executor).withoutPolicyUpdates(),
      tracingEnabled: true,
      // The input is a request's id, the output a word: no secret and no text of an attacker.
      logs: { destination: logGroup, level: LogLevel.ALL, includeExecutionData: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  /** docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html, xray-iam.html */
  #role(executor: IFunction): Role {
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
