/** One page: is it alive, does it keep up, does it fail? */

import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { named } from '../src/app/names.ts';
import { functionNames } from '../src/aws/rights.ts';
import type { Functions } from './functions.ts';
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
    ],
  });
};
