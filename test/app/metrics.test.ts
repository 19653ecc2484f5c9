/** What the functions measure: the format that CloudWatch reads, the names, the ids in the log, the trace. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { embedded, metricUnits } from '../../src/app/metrics.ts';
import { onLambda } from '../../src/app/on-lambda.ts';
import type { OwnCall } from '../../src/app/outside.ts';
import { workQueue } from '../../src/app/queues.ts';

const trace = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';

test('a line is in the embedded metric format: every metric named has its value beside it', () => {
  expect(embedded({ EventsReceived: 3, IntakeSeconds: 1.5 }, 1_700_000_000_000)).toEqual({
    _aws: {
      Timestamp: 1_700_000_000_000,
      CloudWatchMetrics: [
        {
          Namespace: 'Cordon',
          Dimensions: [[]],
          Metrics: [
            { Name: 'EventsReceived', Unit: 'Count' },
            { Name: 'IntakeSeconds', Unit: 'Seconds' },
          ],
        },
      ],
    },
    line: 'metrics',
    EventsReceived: 3,
    IntakeSeconds: 1.5,
  });
});

test('every metric is measured somewhere', () => {
  const code = readdirSync('src/app')
    .filter((name) => name !== 'metrics.ts')
    .map((name) => readFileSync(`src/app/${name}`, 'utf8'))
    .join('\n');
  const unused = Object.keys(metricUnits).filter((name) => !code.includes(name));
  expect(unused).toEqual([]);
});

test('what a function logs is one line of JSON with its facts and the trace', () => {
  const lines: string[] = [];
  const outside = onLambda({ _X_AMZN_TRACE_ID: trace }, (line) => lines.push(line));
  outside.log('request.stored', { request: 'R1', case: 'C1', account: '123456789012' });
  outside.measure({ Heartbeat: 1 });
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      line: 'request.stored',
      request: 'R1',
      case: 'C1',
      account: '123456789012',
      trace: '1-5759e988-bd862e3fe1be46a994272793',
    },
    expect.objectContaining({ line: 'metrics', Heartbeat: 1 }),
  ]);
});

test('a message carries the trace of the invocation that sends it, and none outside of one', async () => {
  const sent: OwnCall[] = [];
  const outside = (header: string | undefined) => ({
    ...onLambda({ _X_AMZN_TRACE_ID: header }),
    ownCall: async (call: OwnCall) => {
      sent.push(call);
      return {};
    },
  });
  const deployment = { region: 'eu-west-1', workQueue: 'https://sqs.example.com/1/cordon-work' };
  await workQueue(deployment, outside(trace)).send({ kind: 'digest-due' });
  await workQueue(deployment, outside(undefined)).send({ kind: 'digest-due' });
  expect(sent[0]?.input).toMatchObject({
    MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: trace } },
  });
  expect(sent[1]?.input).not.toHaveProperty('MessageSystemAttributes');
});
