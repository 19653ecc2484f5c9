/**
 * A function's role: what src/aws/rights.ts says on the resources that are here, and what every
 * function needs to say how it is doing. Nothing is granted anywhere else.
 */

import { Stack } from 'aws-cdk-lib';
import {
  Effect,
  PolicyDocument,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { named } from '../src/app/names.ts';
import { type FunctionName, functionRights, type OwnResource } from '../src/aws/rights.ts';
import { arnOf } from './names.ts';

/** ARNs of one of Cordon's own resources, and under which condition they may be used. */
export interface Target {
  readonly arns: readonly string[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export type Targets = Readonly<Record<OwnResource, Target>>;

/** `cases` as a statement id: letters and digits only. */
const sidOf = (resource: OwnResource, place: number): string =>
  `${resource.replace(/(?:^| )(\w)/g, (_, letter: string) => letter.toUpperCase())}${place}`;

const rightsOf = (name: FunctionName, targets: Targets): readonly PolicyStatement[] =>
  functionRights[name].flatMap(({ on, actions }, place) => {
    const { arns, conditions } = targets[on];
    // While Cordon only observes there is no response role, and nobody has a right on any.
    if (arns.length === 0) return [];
    return new PolicyStatement({
      sid: sidOf(on, place),
      effect: Effect.ALLOW,
      actions: [...actions],
      resources: [...arns],
      ...(conditions ? { conditions } : {}),
    });
  });

/** docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html */
export const logGroupName = (name: string): string => `/aws/lambda/${named(name)}`;

const telling = (stack: Stack, name: FunctionName): readonly PolicyStatement[] => [
  new PolicyStatement({
    sid: 'OwnLog',
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [arnOf(stack, 'logs', `log-group:${logGroupName(name)}:*`)],
  }),
  new PolicyStatement({
    sid: 'Traces',
    actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
    resources: ['*'],
  }),
];

/** What is encrypted with the owner's key can be read and written only with it. */
const withKey = (key: string | undefined): readonly PolicyStatement[] =>
  key
    ? [
        new PolicyStatement({
          sid: 'OwnKey',
          actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
          resources: [key],
        }),
      ]
    : [];

export const functionRole = (
  scope: Construct,
  name: FunctionName,
  { targets, key }: { readonly targets: Targets; readonly key: string | undefined },
): Role =>
  new Role(scope, `${name}-role`, {
    roleName: named(name),
    description: `Cordon's function ${name}: docs/rights.md`,
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: {
      rights: new PolicyDocument({
        statements: [
          ...rightsOf(name, targets),
          ...telling(Stack.of(scope), name),
          ...withKey(key),
        ],
      }),
    },
  });
