/**
 * Security Hub: findings in the Open Cybersecurity Schema Framework (OCSF), from 1.0.0-rc.2 on, in
 * the renderings of Security Hub, Security Lake and other vendors.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-v2-cwe-event-types.html
 * https://schema.ocsf.io/categories/findings
 */
import { actorsOf, fact } from './actor.ts';
import { toFinding } from './build.ts';
import { keptFinding, relayedId } from './canonical.ts';
import { type Envelope, ignore } from './envelope.ts';
import type { Actor, Fact, Finding, Ignored, Resource, Severity } from './finding.ts';
import {
  accountId,
  at,
  embedded,
  identifier,
  ipAddress,
  isObject,
  list,
  regionCode,
  text,
} from './read.ts';
import { nameTag, resourceNamed, type Where } from './resource.ts';
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
    resources: resources.flatMap((resource) => resourceOf(resource, where)),
    kept: keptFinding(relayed, canonicalId, where),
    actors: evidenceActors(finding),
    facts: [...complianceFact(finding), ...vulnerabilityFact(finding), ...evidenceFacts(finding)],
    canonicalId,
    count: at(finding, 'count'),
    firstSeen: times(info, 'first_seen_time', 'created_time'),
    lastSeen: times(info, 'last_seen_time', 'modified_time'),
    updatedAt: [...times(info, 'modified_time'), ...times(finding, 'time')],
    sample: text(at(info, 'title')).startsWith('[SAMPLE]'),
    archived: isOver(finding, states),
    states,
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
  return [...list(at(finding, 'resources')), ...(isObject(one) ? [one] : [])];
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
  // Security Lake renders the details of ASFF as a string.
  const key = at(embedded(data) ?? data, 'awsIamAccessKey');
  return resourceNamed({
    id: at(resource, 'uid'),
    type: at(resource, 'type'),
    name: nameTag(at(resource, 'tags')) || at(resource, 'name'),
    owner: {
      userName: at(key, 'principalName') ?? at(key, 'userName'),
      principalId: at(key, 'principalId'),
      userType: at(key, 'principalType'),
    },
    where: {
      account: accountId(at(resource, 'owner', 'account', 'uid')) || where.account,
      region: regionCode(at(resource, 'region')) || where.region,
    },
  });
};

const evidencesOf = (finding: unknown): readonly unknown[] => list(at(finding, 'evidences'));

const evidenceActors = (finding: unknown): readonly Actor[] =>
  actorsOf(
    evidencesOf(finding).map((evidence) => {
      const source = at(evidence, 'src_endpoint');
      return {
        ip: ipAddress(at(source, 'ip')),
        country: text(at(source, 'location', 'country'), 128),
        organisation: text(at(source, 'autonomous_system', 'name'), 128),
        domain: text(at(evidence, 'query', 'hostname'), 256),
        principal: text(at(evidence, 'actor', 'user', 'name'), 256),
      };
    }),
  );

const evidenceFacts = (finding: unknown): readonly Fact[] =>
  evidencesOf(finding).flatMap((evidence) => {
    const process = at(evidence, 'process') ?? at(evidence, 'actor', 'process');
    const service = text(at(evidence, 'api', 'service', 'name'), 128);
    const api = text(at(evidence, 'api', 'operation'), 256);
    return [
      ...fact('API called', api, api && service && `(${service})`),
      ...fact('Remote address', ipAddress(at(evidence, 'src_endpoint', 'ip'))),
      ...fact('Process', text(at(process, 'file', 'path') ?? at(process, 'name'), 512)),
    ];
  });

const complianceFact = (finding: unknown): readonly Fact[] => {
  const compliance = at(finding, 'compliance');
  const control = text(at(compliance, 'control'), 64);
  const status = text(at(compliance, 'status'), 32);
  return control ? fact('Control', control, status && `(${status})`) : [];
};

const vulnerabilityFact = (finding: unknown): readonly Fact[] => {
  const vulnerability = at(finding, 'vulnerabilities', 0);
  const packages = at(vulnerability, 'affected_packages') ?? at(vulnerability, 'packages');
  const found = list(packages, 3).map((item) => {
    const fixed = text(at(item, 'fixed_in_version'), 64);
    const installed = [text(at(item, 'name'), 128), text(at(item, 'version'), 64)];
    return `${installed.join(' ').trim()}${fixed ? ` → ${fixed}` : ''}`;
  });
  return fact(
    'Vulnerability',
    text(at(vulnerability, 'cve', 'uid'), 64),
    found.filter(Boolean).join(', '),
  );
};
