/** A metric that the functions write into their logs; its name is one of src/app/metrics.ts. */
import type { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { type MetricName, metricsNamespace } from '../src/app/metrics.ts';

export const ownMetric = (
  metricName: MetricName,
  how: { readonly period?: Duration; readonly statistic: string },
): Metric => new Metric({ namespace: metricsNamespace, metricName, ...how });
