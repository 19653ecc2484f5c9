/** What each contestant is handed: a signed click of 4.7 kB, a finding from the queue, a wake-up. */
import type { SQSEvent } from 'aws-lambda';
import { toGatewayEvent } from '../../src/local/slack/gateway-event.ts';
import { controls, reference } from '../../src/slack/controls.ts';
import { signingSecret } from '../storm/deployment.ts';
import { stormOf } from '../storm/findings.ts';

const section = (place: number) => ({
  type: 'section',
  block_id: `facts-${place}`,
  text: { type: 'mrkdwn', text: `*Line ${place}* ${'about the finding, '.repeat(8)}` },
});

/** A press of this button on a card of eight sections. `now`: milliseconds since 1970. */
const clickEvent = (actionId: string, now: number): object =>
  toGatewayEvent({
    signingSecret,
    now,
    body: new URLSearchParams({
      payload: JSON.stringify({
        type: 'block_actions',
        team: { id: 'T0CORDON', domain: 'example' },
        user: { id: 'U0MARIA', team_id: 'T0CORDON' },
        api_app_id: 'A0CORDON',
        token: 'legacy',
        container: { type: 'message', message_ts: '1.000100', channel_id: 'C0SECURITY' },
        channel: { id: 'C0SECURITY', name: 'security-alerts' },
        message: {
          ts: '1.000100',
          blocks: Array.from({ length: 8 }, (_, place) => section(place)),
        },
        trigger_id: `${now}.1.example`,
        response_url: 'http://127.0.0.1:9/never',
        actions: [
          {
            type: 'button',
            action_id: actionId,
            block_id: 'controls',
            action_ts: String(now / 1000),
            value: reference('CASE01', 'token0123456789ab', '0a1b2c3d'),
          },
        ],
      }),
    }).toString(),
  });

export const acknowledgeClick = (now: number): object => clickEvent(controls.acknowledge, now);
export const modalClick = (now: number): object =>
  clickEvent(`${controls.plan}isolate-instance`, now);

const fromQueue = (body: string, queue: string, now: number): SQSEvent => ({
  Records: [
    {
      messageId: 'm-1',
      receiptHandle: 'r-1',
      body,
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: String(now),
        SenderId: 'example',
        ApproximateFirstReceiveTimestamp: String(now),
      },
      messageAttributes: {},
      md5OfBody: '',
      eventSource: 'aws:sqs',
      eventSourceARN: `arn:aws:sqs:eu-west-1:999988887777:${queue}`,
      awsRegion: 'eu-west-1',
    },
  ],
});

/** A GuardDuty finding about a resource of its own, for each `place` (0, 1, 2 …). */
export const findingEvent = (place: number, now: number): SQSEvent => {
  const count = place + 1;
  const storm = stormOf({ seed: 1, findings: count, groups: count, seconds: 1, now });
  const event = storm.findings.find(({ group }) => group === place)?.event;
  return fromQueue(JSON.stringify(event), 'cordon-ingest', now);
};

export const wakeEvent = (now: number): SQSEvent => fromQueue('{}', 'cordon-notify', now);
