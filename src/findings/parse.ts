/** From any event to a finding, or to the reason why it is none. */
import { type Envelope, ignore, readEnvelope } from './envelope.ts';
import type { Finding, Ignored, Source } from './finding.ts';
import { parseGuardDuty } from './guardduty.ts';
import { services, sourceOf } from './services.ts';

/** The services that are read: one file each. */
const parsers: { readonly [S in Source]?: (envelope: Envelope) => Finding | Ignored } = {
  guardduty: parseGuardDuty,
};

/**
 * Normalises an EventBridge event. Total: any JSON whatever has an answer. Pure: the same event
 * has the same answer, and everything in it is bounded (texts 2,000 characters, lists 20).
 */
export const parse = (event: unknown): Finding | Ignored => {
  const envelope = readEnvelope(event);
  const source = sourceOf(envelope.bus, envelope.detailType);
  if (source === undefined)
    return ignore(envelope, {
      source: 'unknown',
      because: 'Not an event of a security service that Cordon reads',
    });
  const service = services[source];
  return (
    parsers[source]?.(envelope) ??
    ignore(envelope, {
      source,
      because: `${service.name} ${source === 'cloudtrail' ? 'events' : 'findings'} are not read yet`,
      type: service.typeOf(envelope.detail),
    })
  );
};
