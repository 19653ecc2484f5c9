/**
 * IAM Access Analyzer: who outside or inside can reach a resource, and access that nobody uses.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-eventbridge.html
 */
import { actorsOf, fact } from './actor.ts';
import { lastPart, parseArn } from './arn.ts';
import { toFinding } from './build.ts';
import { accessAnalyzerId } from './canonical.ts';
import { type Envelope, ignore } from './envelope.ts';
import type { Fact, Finding, Ignored, Severity } from './finding.ts';
import { accountId, at, flag, isObject, list, regionCode, text } from './read.ts';
import { accessKey, resourceNamed, type Where } from './resource.ts';

/** External, internal and unused access as findings, also what could not be analysed; previews are ignored. */
export const parseAccessAnalyzer = (envelope: Envelope): Finding | Ignored => {
  const { detail, detailType } = envelope;
  const none = (because: string): Ignored =>
    ignore(envelope, {
      source: 'accessanalyzer',
      because,
      type: text(at(detail, 'resourceType'), 256),
    });
  if (detailType.startsWith('Access Preview'))
    return none('A preview of access that nobody has yet, not a finding');
  if (!findingTypes.test(detailType)) return none('An Access Analyzer event that is not a finding');
  if (!text(at(detail, 'resourceType')) && !text(at(detail, 'resource')))
    return none('An Access Analyzer event without a resource');
  return finding(envelope);
};

const findingTypes = /^(Access Analyzer Finding|Unused Access Finding|Internal Access Finding)/;

const finding = (envelope: Envelope): Finding => {
  const { detail } = envelope;
  const resource = text(at(detail, 'resource'), 1_024);
  const where = whereOf(envelope, resource);
  const access = accessOf(envelope);
  const granted = at(detail, 'findingDetails', 0, `${access.of}AccessDetails`) ?? detail;
  const principals = principalsOf(at(granted, 'principal'));
  const id = text(at(detail, 'id'), 128) || text(at(detail, 'findingId'), 128);
  const status = text(at(detail, 'status'), 32);
  const key = text(at(detail, 'accessKeyId'), 128);
  return toFinding(envelope, {
    source: 'accessanalyzer',
    type: text(at(detail, 'resourceType'), 256),
    title: `${kindName(at(detail, 'resourceType'))} ${lastPart(resource)} ${access.says}${
      access.native === 'external access' && principals[0] ? `: ${principals[0]}` : ''
    }`,
    description: descriptionOf(granted, principals),
    severity: access.severity,
    nativeSeverity: access.native,
    ...where,
    resources: [
      ...(key
        ? [accessKey(key, { userName: lastPart(resource), userType: 'IAMUser' }, where)]
        : []),
      ...resourceNamed({ id: resource, type: at(detail, 'resourceType'), where }),
    ],
    actors: actorsOf(principals.map((principal) => ({ principal }))),
    facts: factsOf(detail, granted, principals),
    canonicalId: accessAnalyzerId(id || envelope.id),
    firstSeen: [at(detail, 'createdAt')],
    lastSeen: [at(detail, 'analyzedAt'), at(detail, 'updatedAt')],
    updatedAt: [at(detail, 'updatedAt'), at(detail, 'analyzedAt')],
    archived: status === 'ARCHIVED' || status === 'RESOLVED' || flag(at(detail, 'isDeleted')),
    states: [status, flag(at(detail, 'isDeleted')) ? 'DELETED' : ''],
  });
};

/** The resource's account; its Region, else the analyzer's, whose ARN is in the envelope. */
const whereOf = (envelope: Envelope, resource: string): Where => {
  const { detail, resources } = envelope;
  const arn = parseArn(resource);
  return {
    account:
      accountId(at(detail, 'accountId')) ||
      accountId(at(detail, 'resourceOwnerAccount')) ||
      arn?.account ||
      envelope.account,
    region:
      regionCode(at(detail, 'region')) ||
      arn?.region ||
      parseArn(resources[0])?.region ||
      envelope.region,
  };
};

interface Access {
  readonly of: 'external' | 'internal' | 'unused';
  readonly severity: Severity;
  /** Access Analyzer gives no severity; this is what it was made from. */
  readonly native: string;
  /** What follows the resource in the title. */
  readonly says: string;
}

/** Unused access by `findingType`: https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_FindingSummaryV2.html */
const unused = new Map([
  ['UnusedIAMRole', 'is not used'],
  ['UnusedIAMUserAccessKey', 'has an access key that is not used'],
  ['UnusedIAMUserPassword', 'has a password that is not used'],
  ['UnusedPermission', 'has permissions that it does not use'],
]);

/**
 * The severity, for Access Analyzer gives none: reachable by everybody HIGH, from another account
 * MEDIUM; from inside, unused, or not to be analysed LOW.
 */
const accessOf = ({ detail, detailType }: Envelope): Access => {
  const type = text(at(detail, 'findingType'), 64);
  const of = unusedOrInternal(type, detailType);
  const error = text(at(detail, 'error'), 64);
  if (error) {
    const says = `could not be analysed (${error})`;
    return { of, severity: 'LOW', native: 'analysis failed', says };
  }
  if (of === 'unused') {
    const says = unused.get(type) ?? 'has access that is not used';
    return { of, severity: 'LOW', native: 'unused access', says };
  }
  if (of === 'internal') {
    const says = 'can be reached from inside the organisation';
    return { of, severity: 'LOW', native: 'internal access', says };
  }
  const granted = at(detail, 'findingDetails', 0, 'externalAccessDetails') ?? detail;
  return flag(at(granted, 'isPublic'))
    ? { of, severity: 'HIGH', native: 'public access', says: 'can be reached by everybody' }
    : { of, severity: 'MEDIUM', native: 'external access', says: 'is shared outside' };
};

const unusedOrInternal = (type: string, detailType: string): Access['of'] => {
  if (type.startsWith('Unused') || detailType.startsWith('Unused')) return 'unused';
  if (type === 'InternalAccess' || detailType.startsWith('Internal')) return 'internal';
  return 'external';
};

/** `AWS::S3::Bucket` as `S3 bucket`, `AWS::IAM::Role` as `IAM role`. */
const kindName = (type: unknown): string => {
  const [service = '', kind = ''] = text(type, 128).split('::').slice(-2);
  return `${service} ${kind.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()}`.trim();
};

/** `{"AWS": "999988887777"}` as text; a value may be a list. */
const principalsOf = (principal: unknown): readonly string[] =>
  (isObject(principal) ? Object.values(principal) : [])
    .flatMap((value) => (Array.isArray(value) ? list(value) : [value]))
    .map((value) => text(value, 256))
    .filter(Boolean)
    .slice(0, 20);

const actionsOf = (granted: unknown): string => {
  const actions = list(at(granted, 'action'), 100).map((action) => text(action, 128));
  const more = actions.length > 5 ? ` and ${actions.length - 5} more` : '';
  return `${actions.slice(0, 5).join(', ')}${more}`;
};

const descriptionOf = (granted: unknown, principals: readonly string[]): string => {
  const actions = actionsOf(granted);
  return principals.length > 0 && actions ? `${principals.join(', ')} may do ${actions}.` : '';
};

const factsOf = (
  detail: unknown,
  granted: unknown,
  principals: readonly string[],
): readonly Fact[] => {
  const conditions = at(granted, 'condition');
  const services = text(at(detail, 'numberOfUnusedServices'), 16);
  const actions = text(at(detail, 'numberOfUnusedActions'), 16);
  return [
    ...fact('Who', principals.join(', ')),
    ...fact('Allowed', actionsOf(granted)),
    ...fact(
      'On condition',
      (isObject(conditions) ? Object.entries(conditions) : [])
        .slice(0, 5)
        .map(([key, value]) => `${text(key, 64)} = ${text(value, 128)}`)
        .join(', '),
    ),
    ...fact('Unused', services && `${services} services`, actions && `${actions} actions`),
  ];
};
