/** What calls tick. docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule.html */

import { Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { named } from '../src/app/names.ts';
import type { DigestSettings } from '../src/config/config.ts';

interface Schedule {
  readonly name: string;
  readonly says: string;
  readonly expression: string;
  readonly timeZone: string;
  /** A late call is worth something for so long; seconds, at least 60. */
  readonly worthSeconds: number;
}

export interface SchedulesProps {
  readonly tick: IFunction;
  readonly dead: IQueue;
  /** ARN of the key that `dead` is encrypted with, where it is the owner's. */
  readonly key: string | undefined;
  readonly schedules: readonly Schedule[];
}

export const everyMinute: Schedule = {
  name: 'minute',
  says: 'hands over what is due',
  expression: 'rate(1 minute)',
  timeZone: 'Etc/UTC',
  // The next minute does what this one missed.
  worthSeconds: 60,
};

/**
 * The digest on its minute, at the owner's own time in summer and winter. tick makes it once, whoever calls: the
 * minute makes up for one that was missed.
 */
export const forDigest = ({ at, timeZone }: DigestSettings): Schedule => {
  const [hour, minute] = at.split(':').map(Number);
  return {
    name: 'digest',
    says: 'has the digest made',
    expression: `cron(${minute} ${hour} * * ? *)`,
    timeZone,
    worthSeconds: 900,
  };
};

export class Schedules extends Construct {
  constructor(scope: Construct, { tick, dead, key, schedules }: SchedulesProps) {
    super(scope, 'Schedules');
    const role = new Role(this, 'Role', {
      roleName: named('schedules'),
      description: 'Cordon: the schedules call tick',
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      inlinePolicies: {
        schedules: new PolicyDocument({
          statements: [
            new PolicyStatement({
              sid: 'Tick',
              actions: ['lambda:InvokeFunction'],
              resources: [tick.functionArn],
            }),
            new PolicyStatement({
              sid: 'DeadLetters',
              actions: ['sqs:SendMessage'],
              resources: [dead.queueArn],
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
          ],
        }),
      },
    });
    for (const schedule of schedules)
      new CfnSchedule(this, schedule.name, {
        name: named(schedule.name),
        description: `Cordon: ${schedule.says}`,
        state: 'ENABLED',
        scheduleExpression: schedule.expression,
        scheduleExpressionTimezone: schedule.timeZone,
        flexibleTimeWindow: { mode: 'OFF' },
        target: {
          arn: tick.functionArn,
          roleArn: role.roleArn,
          input: JSON.stringify({ schedule: schedule.name }),
          deadLetterConfig: { arn: dead.queueArn },
          retryPolicy: { maximumEventAgeInSeconds: schedule.worthSeconds, maximumRetryAttempts: 2 },
        },
      });
  }
}
