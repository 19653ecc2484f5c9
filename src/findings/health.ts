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
import { accountId, at, list, number, regionCode, text } from './read.ts';
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

/**
 * Risks and abuse as findings; service issues, maintenance and further pages are ignored. The copy that
 * the backup Region delivers is the same finding, and the only one when the event's own Region is down.
 */
export const parseHealth = (envelope: Envelope): Finding | Ignored => {
  const { detail } = envelope;
  const type = text(at(detail, 'eventTypeCode'), 256);
  const none = (because: string): Ignored => ignore(envelope, { source: 'health', because, type });
  const severity = severityOf(envelope, type);
  if (severity === undefined) return none(noFinding(at(detail, 'eventTypeCategory')));
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
  // Its pages have a number at the end.
  const communication = text(at(detail, 'communicationId'), 256).replace(/-\d+$/, '');
  const entities = entitiesOf(envelope);
  const updated = [at(detail, 'lastUpdatedTime'), at(detail, 'startTime')];
  return toFinding(envelope, {
    source: 'health',
    type,
    title: titles.get(type) ?? `AWS reports ${words(type)}`,
    description,
    severity,
    nativeSeverity: text(at(detail, 'eventTypeCategory'), 64),
    ...where,
    resources: entities.slice(0, 50).flatMap((entity) => resourceOf(entity, detail, where)),
    facts: [
      ...fact('AWS says', text(description, 300)),
      ...fact('Affected', entities.length > 50 ? `${entities.length} resources` : ''),
    ],
    canonicalId: healthId(account, arn || communication || envelope.id),
    firstSeen: [at(detail, 'startTime')],
    lastSeen: updated,
    updatedAt: updated,
    archived: status === 'closed',
    states: [status],
  });
};

/**
 * What is affected: in the detail, else the envelope's resources, as in reports of abuse, else the key
 * that a notice of exposure names.
 */
const entitiesOf = ({ detail, resources }: Envelope): readonly unknown[] => {
  const entities = list(at(detail, 'affectedEntities'), 1_000);
  if (entities.length > 0) return entities;
  const key = at(detail, 'eventMetadata', 'publicKey');
  return [...resources, ...(key === undefined ? [] : [key])].map((entityValue) => ({
    entityValue,
  }));
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

/** An entity of an exposure is the key's id, with or without its user; of abuse, the ARN or id of what was used. */
const resourceOf = (entity: unknown, detail: unknown, where: Where): readonly Resource[] => {
  const exposed = text(at(detail, 'eventTypeCode'), 256).startsWith('AWS_RISK_CREDENTIALS_');
  const value = text(at(entity, 'entityValue'), 1_024);
  const key = exposed ? /\b(?:AKIA|ASIA)[0-9A-Z]{12,124}\b/.exec(value)?.[0] : undefined;
  return resourceNamed({
    id: key ?? value,
    ...(exposed && { type: 'AWS::IAM::AccessKey' }),
    tags: at(entity, 'tags'),
    where: { ...where, account: accountId(at(entity, 'awsAccountId')) || where.account },
  });
};
