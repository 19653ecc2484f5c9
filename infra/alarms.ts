/** What pages people when Cordon itself is ill, without any of its code having to run. */
import { Duration } from 'aws-cdk-lib';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { type FunctionName, functionNames } from '../src/aws/rights.ts';
import type { Functions } from './functions.ts';
import { ownMetric } from './own-metric.ts';
import { minute, type Pager } from './pager.ts';

const fiveMinutes = Duration.minutes(5);

/** Slack waits three seconds for its answer: docs.slack.dev/interactivity/handling-user-interaction */
const slowMs = 2500;

/** An event that waited longer has missed what a responder expects. */
const lagSeconds = 120;

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

export interface AlarmsProps {
  readonly pager: Pager;
  readonly functions: Functions;
  readonly machine: StateMachine;
}

export const addAlarms = ({ pager, functions, machine }: AlarmsProps): void => {
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
    metric: ownMetric('AuditBreaks', { period: fiveMinutes, statistic: 'Sum' }),
    from: 1,
  });
  pager.alarm({
    name: 'heartbeat',
    says: 'The minute has not been kept for five minutes: nothing expires, no reminder goes out. docs/operate.md, "No heartbeat".',
    metric: ownMetric('Heartbeat', { period: fiveMinutes, statistic: 'Sum' }),
    from: 1,
    whenBelow: true,
  });
  pager.alarm({
    name: 'intake-lag',
    says: 'Events wait for minutes before they become cases. docs/operate.md, "A queue stands still".',
    metric: ownMetric('IntakeSeconds', { period: minute, statistic: 'Maximum' }),
    from: lagSeconds,
    periods: 3,
  });
  pager.alarm({
    name: 'cards-failed',
    says: 'Slack refuses cards: they are in the digest and here, not in their channel. Look at the log of notify.',
    metric: ownMetric('CardsFailed', { period: fiveMinutes, statistic: 'Sum' }),
    from: 1,
  });
};
