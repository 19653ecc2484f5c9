/**
 * The outside of an event, as EventBridge delivers it.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html
 */
import type { Ignored } from './finding.ts';
import { accountId, at, contentHash, identifier, list, regionCode, text, time } from './read.ts';

export interface Envelope {
  /** EventBridge's `source`: `aws.guardduty`. */
  readonly bus: string;
  readonly detailType: string;
  /** EventBridge's id, or the content's hash when there is none. */
  readonly id: string;
  /** Who delivered it, which need not be whom it is about. */
  readonly account: string;
  readonly region: string;
  /** ISO 8601 UTC, the start of 1970 when there is none. */
  readonly time: string;
  /** The envelope's ARNs, at most 20: what each means depends on the service. */
  readonly resources: readonly string[];
  readonly detail: unknown;
}

/** Reads the envelope of any JSON; what is missing is '', never an error. */
export const readEnvelope = (event: unknown): Envelope => ({
  bus: text(at(event, 'source'), 256),
  detailType: text(at(event, 'detail-type'), 256),
  id: identifier(at(event, 'id')) || contentHash(event),
  account: accountId(at(event, 'account')),
  region: regionCode(at(event, 'region')),
  time: time(at(event, 'time')) || '1970-01-01T00:00:00.000Z',
  resources: list(at(event, 'resources')).map((resource) => text(resource, 1_024)),
  detail: at(event, 'detail'),
});

/** An event that becomes no case; its type is the detail-type unless a better one is given. */
export const ignore = (
  envelope: Envelope,
  reason: { readonly source: Ignored['source']; readonly because: string; readonly type?: string },
): Ignored => ({
  kind: 'ignored',
  because: reason.because,
  source: reason.source,
  type: reason.type || envelope.detailType,
  eventId: envelope.id,
});
