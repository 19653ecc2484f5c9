/** One page: is it alive, does it keep up, does it fail? */

import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { MetricName } from '../src/app/metrics.ts';
import { named } from '../src/app/names.ts';
import { functionNames } from '../src/aws/rights.ts';
import type { Functions } from './functions.ts';
import { ownMetric } from './own-metric.ts';
import type { Pager } from './pager.ts';
import type { Queues } from './queues.ts';

export interface DashboardProps {
  readonly pager: Pager;
  readonly queues: Queues;
  readonly functions: Functions;
  readonly machine: StateMachine;
}

const graph = (title: string, left: readonly IMetric[]): GraphWidget =>
  new GraphWidget({ title, left: [...left], width: 12, height: 6 });

const eventCounts = [
  'EventsReceived',
  'EventsInCases',
  'EventsSuppressed',
  'EventsDigest',
  'EventsIgnored',
  'EventsFailed',
] as const;

const requestCounts = [
  'RequestsContained',
  'RequestsFailed',
  'RequestsRefused',
  'RequestsUndone',
] as const;

const sums = (names: readonly MetricName[]): readonly IMetric[] =>
  names.map((name) => ownMetric(name, { statistic: 'Sum' }));

const p95 = (names: readonly MetricName[]): readonly IMetric[] =>
  names.map((name) => ownMetric(name, { statistic: 'p95' }));

export const addDashboard = (scope: Construct, props: DashboardProps): void => {
  const queues = Object.values(props.queues.byName);
  const functions = functionNames.map((name) => props.functions.byName[name]);
  new Dashboard(scope, 'Dashboard', {
    dashboardName: named('overview'),
    widgets: [
      [new AlarmStatusWidget({ title: 'Alarms', alarms: [...props.pager.alarms], width: 24 })],
      [
        graph(
          'Oldest message, by queue (s)',
          queues.map((queue) => queue.metricApproximateAgeOfOldestMessage()),
        ),
        graph(
          'Waiting, by queue',
          queues.map((queue) => queue.metricApproximateNumberOfMessagesVisible()),
        ),
      ],
      [
        graph(
          'Duration p99 (ms)',
          functions.map((one) => one.metricDuration({ statistic: 'p99' })),
        ),
        graph(
          'Errors',
          functions.map((one) => one.metricErrors()),
        ),
      ],
      [
        graph(
          'Invocations',
          functions.map((one) => one.metricInvocations()),
        ),
        graph('Executions', [
          props.machine.metricStarted(),
          props.machine.metricSucceeded(),
          props.machine.metricFailed(),
        ]),
      ],
      [
        graph('Events, by what became of them', sums(eventCounts)),
        graph('Requests, by how they ended', sums(requestCounts)),
      ],
      [
        graph(
          'From event to case, from press to done (s, p95)',
          p95(['IntakeSeconds', 'JobSeconds']),
        ),
        graph(
          'From asking to approved, from approved to contained (s, p95)',
          p95(['ApprovalSeconds', 'ContainmentSeconds']),
        ),
      ],
      [
        graph('Slack', sums(['SlackPutOff', 'CardsFailed', 'JobsDropped'])),
        graph('Record and minute', sums(['AuditBreaks', 'Heartbeat'])),
      ],
    ],
  });
};
