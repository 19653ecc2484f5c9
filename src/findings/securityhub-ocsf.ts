/**
 * Security Hub: findings in the Open Cybersecurity Schema Framework (OCSF), from 1.0.0-rc.2 on, in
 * the renderings of Security Hub, Security Lake and other vendors.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-v2-cwe-event-types.html
 * https://schema.ocsf.io/categories/findings
 */
import { toFinding } from './build.ts';
import { keptFinding, relayedId } from './canonical.ts';
import { type Envelope, ignore } from './envelope.ts';
import type { Finding, Ignored, Resource, Severity } from './finding.ts';
import { accountId, at, embedded, identifier, isObject, list, regionCode, text } from './read.ts';
import { nameTag, resourceNamed, type Where } from './resource.ts';
import {
  affectedOf,
  complianceFact,
  dataFacts,
  evidenceActors,
  evidenceFacts,
  isSequence,
  relatedFact,
  vulnerabilityFact,
} from './securityhub-ocsf-evidence.ts';
import { severityWord, unknownSeverity } from './severity.ts';

/** An OCSF event (one finding each) as a finding. */
export const parseOcsf = (envelope: Envelope): Finding | Ignored => {
  const finding = at(envelope.detail, 'findings', 0);
  return isObject(finding)
    ? ocsfFinding(envelope, finding)
    : ignore(envelope, {
        source: 'securityhub-ocsf',
        because: 'A Security Hub event without a finding',
      });
};

const ocsfFinding = (envelope: Envelope, finding: unknown): Finding => {
  const info = infoOf(finding);
  const resources = resourcesOf(finding);
  const where = whereOf(envelope, finding);
  const relayed = {
    productArn: text(at(finding, 'metadata', 'product', 'uid'), 512),
    id: text(at(info, 'uid'), 512) || text(at(finding, 'metadata', 'uid'), 512),
    account: where.account,
    url: at(info, 'src_url'),
    resource: at(resources[0], 'uid'),
  };
  const canonicalId = identifier(relayedId({ ...relayed, id: relayed.id || envelope.id }));
  const states = statesOf(finding);
  return toFinding(envelope, {
    source: 'securityhub-ocsf',
    type: ocsfType(finding),
    title: at(info, 'title'),
    description: at(info, 'desc'),
    ...severityOf(finding),
    ...where,
    resources: [
      ...resources.flatMap((resource) => resourceOf(resource, where)),
      ...bucketOf(finding, where),
      ...affectedOf(finding, where),
    ],
    kept: keptFinding(relayed, canonicalId, where),
    actors: evidenceActors(finding),
    facts: [
      ...complianceFact(finding),
      ...vulnerabilityFact(finding),
      ...dataFacts(finding),
      ...relatedFact(info),
      ...evidenceFacts(finding),
    ],
    canonicalId,
    count: at(finding, 'count'),
    firstSeen: times(info, 'first_seen_time', 'created_time'),
    lastSeen: times(info, 'last_seen_time', 'modified_time'),
    updatedAt: [...times(info, 'modified_time'), ...times(finding, 'time')],
    sample: text(at(info, 'title')).startsWith('[SAMPLE]'),
    archived: isOver(finding, states),
    states,
    sequence: isSequence(info) ? canonicalId : '',
  });
};

/** Renamed after 1.0.0-rc.2. */
const infoOf = (finding: unknown): unknown => at(finding, 'finding_info') ?? at(finding, 'finding');

/** `2004 Detection Finding [GuardDuty] ['Threats', 'Execution:Runtime/NewBinaryExecuted']` */
export const ocsfType = (record: unknown): string => {
  const types = list(at(infoOf(record), 'types')).map((type) => `'${text(type, 128)}'`);
  const product = text(at(record, 'metadata', 'product', 'name'), 128);
  return [
    text(at(record, 'class_uid'), 16),
    text(at(record, 'class_name'), 64),
    product && `[${product}]`,
    types.length > 0 ? `[${types.join(', ')}]` : '',
  ]
    .filter(Boolean)
    .join(' ');
};

/** One resource in versions 1.1 and before of some classes, a list in all others. */
const resourcesOf = (finding: unknown): readonly unknown[] => {
  const one = at(finding, 'resource');
  return [...list(at(finding, 'resources'), 50), ...(isObject(one) ? [one] : [])];
};

const whereOf = (envelope: Envelope, finding: unknown): Where => {
  const cloud = at(finding, 'cloud');
  const resource = resourcesOf(finding)[0];
  return {
    account:
      accountId(at(cloud, 'account', 'uid')) ||
      accountId(at(cloud, 'account_uid')) ||
      accountId(at(resource, 'owner', 'account', 'uid')) ||
      envelope.account,
    region:
      regionCode(at(cloud, 'region')) || regionCode(at(resource, 'region')) || envelope.region,
  };
};

/** https://schema.ocsf.io/dictionary#severity_id ; 0 is unknown, 99 is the vendor's own word. */
const severityIds = new Map<string, Severity>([
  ['1', 'INFORMATIONAL'],
  ['2', 'LOW'],
  ['3', 'MEDIUM'],
  ['4', 'HIGH'],
  ['5', 'CRITICAL'],
  ['6', 'CRITICAL'],
]);

/** The finding's, which a person may have changed, else its vendor's. */
const severityOf = (finding: unknown): { severity: Severity; nativeSeverity: string } => {
  const candidates = [finding, at(finding, 'vendor_attributes')];
  const read = (one: unknown) =>
    severityIds.get(text(at(one, 'severity_id'), 8)) ?? severityWord(at(one, 'severity'));
  return {
    severity: candidates.map(read).find((severity) => severity !== undefined) ?? unknownSeverity,
    nativeSeverity: text(at(finding, 'severity'), 32) || text(at(finding, 'severity_id'), 32),
  };
};

const statesOf = (finding: unknown): readonly string[] =>
  [at(finding, 'status') ?? at(finding, 'state'), at(finding, 'compliance', 'status')].map(
    (state) => text(state, 32),
  );

const over = /^(close|closed|suppressed|resolved|archived|deleted|pass|passed)$/i;
/** Suppressed, resolved, archived, deleted. */
const overIds = new Set(['3', '4', '5', '6']);

const isOver = (finding: unknown, states: readonly string[]): boolean =>
  [...states, text(at(finding, 'activity_name'), 32)].some((state) => over.test(state)) ||
  overIds.has(text(at(finding, 'status_id') ?? at(finding, 'state_id')));

/** Each field as a date-time, else in milliseconds (some vendors: seconds) since 1970. */
const times = (from: unknown, ...fields: readonly string[]): readonly unknown[] =>
  fields.flatMap((field) => [at(from, `${field}_dt`), at(from, field)]);

const resourceOf = (resource: unknown, where: Where): readonly Resource[] => {
  const data = at(resource, 'data') ?? at(resource, 'details');
  // Security Lake renders the details of ASFF as a string; Security Hub's own are in OCSF's spelling.
  const details = embedded(data) ?? data;
  const key = at(details, 'awsIamAccessKey');
  const uid = text(at(resource, 'uid'), 1_024);
  const isObjectKey = text(at(resource, 'type')) === 'AWS::S3::Object' && !uid.startsWith('arn:');
  return resourceNamed({
    // Only an object's ARN names its bucket; without one `databucket` does.
    id: isObjectKey ? at(resource, 'uid_alt') : uid,
    type: at(resource, 'type'),
    name: nameTag(at(resource, 'tags')) || at(resource, 'name'),
    tags: at(resource, 'tags'),
    owner: {
      userName:
        at(key, 'principalName') ??
        at(key, 'userName') ??
        at(details, 'user_name') ??
        at(resource, 'user', 'name'),
      principalId: at(key, 'principalId') ?? at(details, 'principal_id'),
      userType: at(key, 'principalType') ?? at(details, 'user_type'),
    },
    where: {
      account: accountId(at(resource, 'owner', 'account', 'uid')) || where.account,
      region: regionCode(at(resource, 'region')) || where.region,
    },
  });
};

/** Of data security findings (2006): https://schema.ocsf.io/objects/databucket */
const bucketOf = (finding: unknown, where: Where): readonly Resource[] => {
  const bucket = at(finding, 'databucket');
  return resourceNamed({
    id: at(bucket, 'uid') ?? at(bucket, 'name'),
    type: 'AWS::S3::Bucket',
    tags: at(bucket, 'tags'),
    where: { ...where, region: regionCode(at(bucket, 'region')) || where.region },
  });
};
