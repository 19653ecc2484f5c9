/**
 * What the functions measure, as lines of their log that CloudWatch makes metrics of: no call and no right is
 * needed. docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */

export const metricsNamespace = 'Cordon';

/** Each with its unit. The counts of events are those of the balance, by delivery. */
export const metricUnits = {
  EventsReceived: 'Count',
  EventsInCases: 'Count',
  EventsSuppressed: 'Count',
  EventsDigest: 'Count',
  EventsIgnored: 'Count',
  EventsFailed: 'Count',
  /** From the queue's taking an event to its being stored; the oldest of a batch. */
  IntakeSeconds: 'Seconds',
  /** From what somebody pressed to its being done. */
  JobSeconds: 'Seconds',
  JobsDropped: 'Count',
  RequestsContained: 'Count',
  RequestsFailed: 'Count',
  RequestsRefused: 'Count',
  RequestsUndone: 'Count',
  /** From asking to the last approval. */
  ApprovalSeconds: 'Seconds',
  /** From the last approval to verified. */
  ContainmentSeconds: 'Seconds',
  /** Calls that Slack put off: its limits, or no answer. */
  SlackPutOff: 'Count',
  CardsFailed: 'Count',
  AuditBreaks: 'Count',
  /** One for each minute that tick got through all of its work. */
  Heartbeat: 'Count',
} as const satisfies Readonly<Record<string, 'Count' | 'Seconds'>>;

export type MetricName = keyof typeof metricUnits;

export type Measures = Readonly<Partial<Record<MetricName, number>>>;

/** One line of the embedded metric format; `now` in milliseconds since 1970. */
export const embedded = (measures: Measures, now: number): object => ({
  _aws: {
    Timestamp: now,
    CloudWatchMetrics: [
      {
        Namespace: metricsNamespace,
        Dimensions: [[]],
        Metrics: Object.keys(measures).map((name) => ({
          Name: name,
          Unit: metricUnits[name as MetricName],
        })),
      },
    ],
  },
  line: 'metrics',
  ...measures,
});
