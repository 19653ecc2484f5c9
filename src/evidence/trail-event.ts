/**
 * One event as CloudTrail's look-up answers it. Reading is total: what an event lacks is left out.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
import type { Event } from '@aws-sdk/client-cloudtrail';
import { at, identifier } from '../findings/read.ts';

export interface TrailEvent {
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** `iam:CreateUser`: the service's first word and the event's name. */
  readonly call: string;
  readonly region: string;
  /** An address, or the service that called on somebody's behalf. */
  readonly from: string;
  readonly userAgent: string;
  /** AWS's name of the error that it ended in. */
  readonly error?: string;
}

const record = (text: string | undefined): unknown => {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
};

/** Undefined for what has no id or time. */
export const trailEvent = (event: Event, region: string): TrailEvent | undefined => {
  const { EventId, EventTime, EventName = '', EventSource = '' } = event;
  if (!EventId || !EventTime) return undefined;
  const whole = record(event.CloudTrailEvent);
  const error = identifier(at(whole, 'errorCode'));
  return {
    id: EventId,
    at: EventTime.toISOString(),
    call: `${EventSource.split('.')[0] ?? ''}:${EventName}`,
    region: identifier(at(whole, 'awsRegion')) || region,
    from: identifier(at(whole, 'sourceIPAddress')) || 'unknown',
    userAgent: identifier(at(whole, 'userAgent')),
    ...(error ? { error } : {}),
  };
};
