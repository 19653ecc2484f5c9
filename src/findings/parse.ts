/** From any event to a finding, or to the reason why it is none. */
import { parseAccessAnalyzer } from './accessanalyzer.ts';
import { parseCloudTrail } from './cloudtrail.ts';
import { parseConfig } from './config.ts';
import { type Envelope, ignore, readEnvelope } from './envelope.ts';
import type { Finding, Ignored, Source } from './finding.ts';
import { parseGuardDuty } from './guardduty.ts';
import { parseHealth } from './health.ts';
import { parseInspector } from './inspector2.ts';
import { parseMacie } from './macie.ts';
import { parseAsff } from './securityhub-asff.ts';
import { parseOcsf } from './securityhub-ocsf.ts';
import { sourceOf } from './services.ts';

/** One file each. */
const parsers: { readonly [S in Source]: (envelope: Envelope) => Finding | Ignored } = {
  guardduty: parseGuardDuty,
  'securityhub-asff': parseAsff,
  'securityhub-ocsf': parseOcsf,
  accessanalyzer: parseAccessAnalyzer,
  inspector2: parseInspector,
  macie: parseMacie,
  config: parseConfig,
  health: parseHealth,
  cloudtrail: parseCloudTrail,
};

/**
 * Normalises an EventBridge event. Total: any JSON whatever has an answer. Pure: the same event
 * has the same answer, and everything in it is bounded (bounds.ts).
 */
export const parse = (event: unknown): Finding | Ignored => {
  const envelope = readEnvelope(event);
  const source = sourceOf(envelope.bus, envelope.detailType);
  return source === undefined
    ? ignore(envelope, {
        source: 'unknown',
        because: 'Not an event of a security service that Cordon reads',
      })
    : parsers[source](envelope);
};
