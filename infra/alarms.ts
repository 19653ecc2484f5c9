/** What pages people when Cordon itself is ill, without any of its code having to run. */
import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { type FunctionName, functionNames } from '../src/aws/rights.ts';
import type { Functions } from './functions.ts';
import { minute, type Pager } from './pager.ts';

const fiveMinutes = Duration.minutes(5);

/** Slack waits three seconds for its answer: docs.slack.dev/interactivity/handling-user-interaction */
const slowMs = 2500;

/** Errors of a function that calls for a person at once; the others are tried again by their queue. */
const errorsToBear: Readonly<Record<FunctionName, number>> = {
  web: 3,
  ingest: 3,
  notify: 3,
  worker: 3,
  executor: 1,
  tick: 3,
  'step-up': 3,
};

/** Lines that tick writes when the record does not prove itself (src/app/tick.ts). */
const auditLines = ['audit.broken', 'audit.unchainable'] as const;

const auditMetric = { namespace: 'Cordon', metricName: 'AuditBreaks' } as const;

export interface AlarmsProps {
  readonly pager: Pager;
  readonly functions: Functions;
  readonly machine: StateMachine;
}

const auditBreaks = (scope: Construct, log: ILogGroup): Metric => {
  for (const line of auditLines)
    new MetricFilter(scope, line, {
      logGroup: log,
      filterPattern: FilterPattern.stringValue('$.line', '=', line),
      metricNamespace: auditMetric.namespace,
      metricName: auditMetric.metricName,
      metricValue: '1',
    });
  return new Metric({ ...auditMetric, period: fiveMinutes, statistic: 'Sum' });
};

export const addAlarms = (scope: Construct, { pager, functions, machine }: AlarmsProps): void => {
  for (const name of functionNames)
    pager.alarm({
      name: `function-${name}-errors`,
      says: `Cordon's function ${name} fails. docs/operate.md, "A function fails".`,
      metric: functions.byName[name].metricErrors({ period: fiveMinutes, statistic: 'Sum' }),
      from: errorsToBear[name],
    });
  pager.alarm({
    name: 'web-slow',
    says: 'Slack waits for Cordon: people see errors when they press a button. docs/operate.md, "Slack says that Cordon failed".',
    metric: functions.byName.web.metricDuration({ period: fiveMinutes, statistic: 'p99' }),
    from: slowMs,
  });
  pager.alarm({
    name: 'web-throttled',
    says: 'Calls of Slack are turned away. docs/operate.md, "Slack says that Cordon failed".',
    metric: functions.byName.web.metricThrottles({ period: minute, statistic: 'Sum' }),
    from: 1,
  });
  pager.alarm({
    name: 'execution-failed',
    says: 'An approved request was given up by the state machine; its card may say executing. docs/operate.md, "An execution fails".',
    metric: machine.metricFailed({ period: minute, statistic: 'Sum' }),
    from: 1,
  });
  pager.alarm({
    name: 'audit-breaks',
    says: 'The audit record does not prove itself. docs/audit.md.',
    metric: auditBreaks(scope, functions.logs.tick),
    from: 1,
  });
  pager.alarm({
    name: 'heartbeat',
    says: 'The minute schedule has not called Cordon for five minutes: nothing expires, no reminder goes out. docs/operate.md, "No heartbeat".',
    metric: functions.byName.tick.metricInvocations({ period: fiveMinutes, statistic: 'Sum' }),
    from: 1,
    whenBelow: true,
  });
};
