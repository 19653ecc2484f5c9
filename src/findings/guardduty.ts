/**
 * GuardDuty's events.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html
 */
import { toFinding } from './build.ts';
import { type Envelope, ignore } from './envelope.ts';
import type { Finding, Ignored, Severity } from './finding.ts';
import { readAction } from './guardduty-action.ts';
import { affectedResources, readResources } from './guardduty-resources.ts';
import { readSequence } from './guardduty-sequence.ts';
import { intelligenceFacts, malwareFacts } from './guardduty-threats.ts';
import { accountId, at, embedded, flag, identifier, number, regionCode, text } from './read.ts';
import { unknownSeverity } from './severity.ts';

/** A GuardDuty event as a finding; scan results, coverage and status messages are ignored. */
export const parseGuardDuty = (envelope: Envelope): Finding | Ignored => {
  if (envelope.detailType !== 'GuardDuty Finding') return notFinding(envelope);
  const { detail } = envelope;
  if (!text(at(detail, 'type')) && !text(at(detail, 'id')) && !text(at(detail, 'arn')))
    return ignore(envelope, {
      source: 'guardduty',
      because: 'A GuardDuty Finding event without type, id and ARN',
    });
  return finding(envelope);
};

const finding = (envelope: Envelope): Finding => {
  const { detail } = envelope;
  const service = at(detail, 'service');
  const account = accountId(at(detail, 'accountId')) || envelope.account;
  const region = regionCode(at(detail, 'region')) || envelope.region;
  const canonicalId = canonical({ envelope, account, region });
  const figure = number(at(detail, 'severity'));
  const where = { account, region };
  const sequence = readSequence(at(service, 'detection', 'sequence'), where);
  const action = readAction(detail);
  const type = text(at(detail, 'type'), 256);
  return toFinding(envelope, {
    source: 'guardduty',
    type,
    title: at(detail, 'title'),
    description: at(detail, 'description'),
    severity: severityOf(figure),
    nativeSeverity: figure === undefined ? '' : String(figure),
    ...where,
    resources: readResources(
      at(detail, 'resource'),
      [...sequence.resources, ...affectedResources(at(service, 'action'), where)],
      where,
    ),
    kept: {
      kind: 'finding',
      id: canonicalId,
      ...where,
      keptBy: 'guardduty',
      keeper: identifier(at(service, 'detectorId')),
      key: identifier(at(detail, 'id')),
    },
    actors: [...action.actors, ...sequence.actors],
    facts: [
      ...sequence.facts,
      ...malwareFacts(service),
      ...action.facts,
      ...intelligenceFacts(service),
    ],
    canonicalId,
    count: at(service, 'count'),
    firstSeen: [at(service, 'eventFirstSeen'), at(detail, 'createdAt')],
    lastSeen: [at(service, 'eventLastSeen'), at(detail, 'updatedAt')],
    updatedAt: [at(detail, 'updatedAt'), at(service, 'eventLastSeen')],
    sample: isSample(detail),
    archived: flag(at(service, 'archived')),
    sequence: type.startsWith('AttackSequence:')
      ? canonicalId
      : identifier(at(detail, 'associatedAttackSequenceArn')),
  });
};

/**
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html
 * Every finding has a figure of 1 or more. One that cannot be read says nothing about the threat, so it is
 * shown as one whose severity is unknown.
 */
const severityOf = (figure: number | undefined): Severity => {
  if (figure === undefined || figure <= 0) return unknownSeverity;
  if (figure >= 9) return 'CRITICAL';
  if (figure >= 7) return 'HIGH';
  return figure >= 4 ? 'MEDIUM' : 'LOW';
};

/**
 * The finding's ARN, which is also the Id of its Security Hub copy. An event that has neither ARN
 * nor id is only ever equal to its own redelivery.
 */
const canonical = (known: {
  readonly envelope: Envelope;
  readonly account: string;
  readonly region: string;
}): string => {
  const { detail, id } = known.envelope;
  const arn = identifier(at(detail, 'arn'));
  if (arn) return arn;
  const place = `${known.region}:${known.account}`;
  const key = text(at(detail, 'id'));
  const detector = text(at(detail, 'service', 'detectorId'));
  const partition = text(at(detail, 'partition'), 32) || 'aws';
  return identifier(
    key && detector
      ? `arn:${partition}:guardduty:${place}:detector/${detector}/finding/${key}`
      : `guardduty:${place}:${key || id}`,
  );
};

/** Events carry `additionalInfo` as an object, or as JSON in its `value`. */
const isSample = (detail: unknown): boolean => {
  const info = at(detail, 'service', 'additionalInfo');
  return (
    flag(at(info, 'sample')) ||
    flag(at(embedded(at(info, 'value')), 'sample')) ||
    text(at(detail, 'title')).startsWith('[SAMPLE]')
  );
};

const otherEvents: readonly (readonly [detailType: RegExp, because: string])[] = [
  [
    /Object Scan Result$/,
    'A malware scan result; where GuardDuty is on, a threat also comes as a finding (Object:S3/MaliciousFile)',
  ],
  [/Runtime Protection /, 'Coverage of GuardDuty Runtime Monitoring, not a finding'],
  [/Malware Protection /, 'Status of GuardDuty Malware Protection, not a finding'],
];

const notFinding = (envelope: Envelope): Ignored =>
  ignore(envelope, {
    source: 'guardduty',
    because:
      otherEvents.find(([detailType]) => detailType.test(envelope.detailType))?.[1] ??
      'A GuardDuty event that is not a finding',
    type: text(at(envelope.detail, 'scanStatus'), 256),
  });
