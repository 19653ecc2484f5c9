/** The topic that wakes people when Slack or Cordon itself does not answer. */

import { Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  ComparisonOperator,
  type Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  EmailSubscription,
  SmsSubscription,
  UrlSubscription,
} from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { named } from '../src/app/names.ts';
import type { DeploymentSettings } from '../src/config/deployment-settings.ts';

interface AlarmOptions {
  /** `queue-ingest-age` */
  readonly name: string;
  /** What is wrong and what to do, in the words of the person who is woken. */
  readonly says: string;
  readonly metric: Metric;
  /** It sounds at or above this. */
  readonly from: number;
  /** Periods in a row, of the metric's own length. */
  readonly periods?: number;
  /** Sounds when there is less than `from`, and when nothing is measured at all. */
  readonly whenBelow?: boolean;
}

export class Pager extends Construct {
  readonly topic: Topic;
  readonly alarms: Alarm[] = [];

  constructor(scope: Construct, settings: DeploymentSettings, masterKey: IKey | undefined) {
    super(scope, 'Pager');
    this.topic = new Topic(this, 'Topic', {
      topicName: named('pager'),
      displayName: 'Cordon',
      enforceSSL: true,
      ...(masterKey ? { masterKey } : {}),
    });
    // Without it an alarm has no right to publish once the topic has a policy of its own.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.topic.stack.account } },
      }),
    );
    for (const email of settings.pagerEmails)
      this.topic.addSubscription(new EmailSubscription(email));
    for (const phone of settings.pagerPhones)
      this.topic.addSubscription(new SmsSubscription(phone));
    for (const url of settings.pagerWebhooks) this.topic.addSubscription(new UrlSubscription(url));
  }

  /** An alarm that publishes by itself: none of Cordon's code has to run. */
  alarm({ name, says, metric, from, periods = 1, whenBelow = false }: AlarmOptions): void {
    const alarm = metric.createAlarm(this, name, {
      alarmName: named(name),
      alarmDescription: says,
      threshold: from,
      evaluationPeriods: periods,
      comparisonOperator: whenBelow
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: whenBelow ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    this.alarms.push(alarm);
  }
}

export const minute = Duration.minutes(1);
