/**
 * One rule on the default bus for each event pattern of the configuration, all to one bus: noise is
 * dropped where it arises. docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-region.html
 */

import { Stack } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import {
  Effect,
  PolicyDocument,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { forwardRule, named } from '../src/app/names.ts';
import type { NamedPattern } from '../src/rules/named-pattern.ts';

export interface ForwardingProps {
  readonly patterns: readonly NamedPattern[];
  readonly bus: string;
  /** What could not be forwarded within a day. */
  readonly dead: IQueue;
}

export class Forwarding extends Construct {
  constructor(scope: Construct, { patterns, bus, dead }: ForwardingProps) {
    super(scope, 'Forwarding');
    const { account, region } = Stack.of(this);
    const role = new Role(this, 'Role', {
      // IAM is global, and there is one of these in each region.
      roleName: `${named('forward')}-${region}`,
      description: 'Cordon: rules of the default bus send to the security bus',
      assumedBy: new ServicePrincipal('events.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
      inlinePolicies: {
        forward: new PolicyDocument({
          statements: [
            new PolicyStatement({ sid: 'Bus', actions: ['events:PutEvents'], resources: [bus] }),
          ],
        }),
      },
    });
    const rules = patterns.map(
      ({ name, pattern }) =>
        new CfnRule(this, name, {
          name: forwardRule(name),
          description: `Cordon: ${name}`,
          eventPattern: pattern,
          targets: [
            {
              id: 'bus',
              arn: bus,
              roleArn: role.roleArn,
              deadLetterConfig: { arn: dead.queueArn },
            },
          ],
        }),
    );
    dead.addToResourcePolicy(
      new PolicyStatement({
        sid: 'FromRules',
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [dead.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': rules.map((rule) => rule.attrArn) } },
      }),
    );
  }
}
