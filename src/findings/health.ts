/**
 * AWS Health: what AWS itself noticed about an account. Only risks and abuse are findings.
 * https://docs.aws.amazon.com/health/latest/ug/aws-health-events-eventbridge-schema.html
 */
import { fact } from './actor.ts';
import { parseArn } from './arn.ts';
import { toFinding } from './build.ts';
import { healthId } from './canonical.ts';
import { type Envelope, ignore } from './envelope.ts';
import type { Finding, Ignored, Resource, Severity } from './finding.ts';
import { accountId, at, flag, list, number, regionCode, text } from './read.ts';
import { resourceNamed, type Where } from './resource.ts';

/**
 * Health gives no severity, so the beginning of its event's code does: an exposed key is in
 * somebody's hands already. The first that fits.
 */
export const healthSeverities: readonly (readonly [code: string, severity: Severity])[] = [
  ['AWS_RISK_CREDENTIALS_', 'CRITICAL'],
  ['AWS_RISK_', 'HIGH'],
  ['AWS_ABUSE_', 'HIGH'],
  ['AWS_SECURITY_', 'MEDIUM'],
];

/** Risks and abuse as findings; service issues, maintenance, copies and further pages are ignored. */
export const parseHealth = (envelope: Envelope): Finding | Ignored => {
  const { detail } = envelope;
  const type = text(at(detail, 'eventTypeCode'), 256);
  const none = (because: string): Ignored => ignore(envelope, { source: 'health', because, type });
  const severity = severityOf(envelope, type);
  if (severity === undefined) return none(noFinding(at(detail, 'eventTypeCategory')));
  if (flag(at(detail, 'backupEvent')))
    return none('The copy for the backup Region; the event itself comes in its own Region');
  const page = number(at(detail, 'page')) ?? 1;
  if (page > 1) return none(`Page ${page} of a long list of resources; page 1 is the finding`);
  return finding(envelope, type, severity);
};

const severityOf = ({ detailType }: Envelope, type: string): Severity | undefined =>
  healthSeverities.find(([code]) => type.startsWith(code))?.[1] ??
  (detailType === 'AWS Health Abuse Event' ? 'HIGH' : undefined);

const categories = new Map([
  ['scheduledChange', 'Scheduled maintenance, not a security finding'],
  ['issue', 'A problem of an AWS service, not a security finding'],
  ['investigation', 'A problem of an AWS service, not a security finding'],
  ['accountNotification', 'A notice about the account, not a security finding'],
]);

const noFinding = (category: unknown): string =>
  categories.get(text(category, 64)) ?? 'A Health event that is neither a risk nor abuse';

const finding = (envelope: Envelope, type: string, severity: Severity): Finding => {
  const { detail } = envelope;
  const arn = text(at(detail, 'eventArn') ?? at(detail, 'arn'), 768);
  const account = accountId(at(detail, 'affectedAccount')) || envelope.account;
  const where = { account, region: regionOf(envelope, arn) };
  const description = text(
    at(detail, 'eventDescription', 0, 'latestDescription') ??
      at(detail, 'eventDescription', 'latestDescription'),
  );
  const status = text(at(detail, 'statusCode'), 32);
  const entities = list(at(detail, 'affectedEntities'), 1_000);
  const updated = [at(detail, 'lastUpdatedTime'), at(detail, 'startTime')];
  return toFinding(envelope, {
    source: 'health',
    type,
    title: titles.get(type) ?? `AWS reports ${words(type)}`,
    description,
    severity,
    nativeSeverity: text(at(detail, 'eventTypeCategory'), 64),
    ...where,
    resources: entities.slice(0, 20).flatMap((entity) => resourceOf(entity, detail, where)),
    facts: [
      ...fact('AWS says', text(description, 300)),
      ...fact('Affected', entities.length > 20 ? `${entities.length} resources` : ''),
    ],
    canonicalId: healthId(account, arn || envelope.id),
    firstSeen: [at(detail, 'startTime')],
    lastSeen: updated,
    updatedAt: updated,
    archived: status === 'closed',
    states: [status],
  });
};

const titles = new Map([
  ['AWS_RISK_CREDENTIALS_EXPOSED', 'AWS found an access key of this account in public'],
  ['AWS_ABUSE_DOS_REPORT', 'AWS reports a denial of service attack from this account'],
]);

/** `AWS_ABUSE_PORT_SCANNING_REPORT` as `abuse port scanning report`. */
const words = (type: string): string =>
  type.replace(/^AWS_/, '').replaceAll('_', ' ').toLowerCase();

/** The event's own Region: the envelope's is where it was delivered. */
const regionOf = (envelope: Envelope, arn: string): string =>
  regionCode(at(envelope.detail, 'eventRegion')) ||
  regionCode(at(envelope.detail, 'region')) ||
  regionCode(parseArn(arn)?.region) ||
  envelope.region;

/** An entity of an exposure is the key's id; of abuse, the ARN or id of what was used. */
const resourceOf = (entity: unknown, detail: unknown, where: Where): readonly Resource[] => {
  const exposed = text(at(detail, 'eventTypeCode'), 256) === 'AWS_RISK_CREDENTIALS_EXPOSED';
  return resourceNamed({
    id: at(entity, 'entityValue'),
    ...(exposed && { type: 'AWS::IAM::AccessKey' }),
    where: { ...where, account: accountId(at(entity, 'awsAccountId')) || where.account },
  });
};
