/**
 * Security Hub CSPM: findings in the AWS Security Finding Format (ASFF), its own controls' and
 * those it relays.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html
 */
import { fact } from './actor.ts';
import { toFinding } from './build.ts';
import { awsProductOf, keptFinding, relayedId } from './canonical.ts';
import { type Envelope, ignore } from './envelope.ts';
import type { Fact, Finding, Ignored, Resource, Severity } from './finding.ts';
import { affectedResources } from './guardduty-resources.ts';
import {
  accountId,
  at,
  embedded,
  flag,
  identifier,
  isObject,
  list,
  number,
  regionCode,
  text,
} from './read.ts';
import { nameTag, resourceNamed, type Where } from './resource.ts';
import { actionOf, relayedService } from './securityhub-asff-action.ts';
import { normalizedSeverity, severityWord, unknownSeverity } from './severity.ts';

/** An ASFF event as a finding; the counts of an insight are ignored. */
export const parseAsff = (envelope: Envelope): Finding | Ignored => {
  const finding = at(envelope.detail, 'findings', 0);
  const none = (because: string): Ignored =>
    ignore(envelope, { source: 'securityhub-asff', because });
  if (envelope.detailType === 'Security Hub Insight Results')
    return none('Counts of an insight that a person sent from the console, not a finding');
  if (!envelope.detailType.startsWith('Security Hub Findings'))
    return none('A Security Hub event that is not a finding');
  if (!isObject(finding)) return none('A Security Hub event without a finding');
  return asffFinding(envelope, finding);
};

const asffFinding = (envelope: Envelope, finding: unknown): Finding => {
  const fields = at(finding, 'productFields');
  const productArn = text(at(finding, 'productArn'), 512);
  const where = whereOf(envelope, finding, productArn);
  const resources = list(at(finding, 'resources'), 50);
  const severity = severityOf(finding);
  const id = idOf(finding, productArn) || envelope.id;
  const canonicalId = identifier(
    relayedId({
      productArn,
      id,
      account: where.account,
      url: at(finding, 'sourceUrl'),
      fields,
      resource: at(resources[0], 'id'),
    }),
  );
  const states = statesOf(finding);
  const guardDuty = awsProductOf(productArn) === 'guardduty' ? relayedService(fields) : undefined;
  const did = actionOf(finding, guardDuty);
  return toFinding(envelope, {
    source: 'securityhub-asff',
    type: typeOf(finding),
    title: at(finding, 'title'),
    description: at(finding, 'description'),
    ...severity,
    ...where,
    resources: [
      ...resources.flatMap((resource) => resourceOf(resource, where)),
      ...affectedResources(at(guardDuty, 'action'), where),
    ],
    kept: keptFinding({ productArn, id: idOf(finding, productArn) }, canonicalId, where),
    actors: did.actors,
    facts: [
      ...sentFact(envelope),
      ...controlFact(finding),
      ...vulnerabilityFact(finding),
      ...malwareFact(finding),
      ...did.facts,
    ],
    canonicalId,
    count: at(guardDuty, 'count'),
    firstSeen: [at(finding, 'firstObservedAt'), at(finding, 'createdAt')],
    lastSeen: [at(finding, 'lastObservedAt'), at(finding, 'updatedAt')],
    updatedAt: [at(finding, 'updatedAt'), at(finding, 'lastObservedAt')],
    sample: isSample(finding, guardDuty),
    archived: states.some((state) => over.has(state)) || flag(at(guardDuty, 'archived')),
    states,
  });
};

/** `GuardDuty: TTPs/…`; a control's id comes before the type: `Security Hub: EC2.19 Software …`. */
const typeOf = (finding: unknown): string => {
  const fields = at(finding, 'productFields');
  const product =
    text(at(finding, 'productName'), 128) || text(at(fields, 'aws/securityhub/ProductName'), 128);
  const type =
    text(at(finding, 'types', 0), 256) ||
    text(at(finding, 'findingProviderFields', 'types', 0), 256);
  return [product && `${product}:`, controlOf(finding), type].filter(Boolean).join(' ');
};

const controlOf = (finding: unknown): string => {
  const fields = at(finding, 'productFields');
  return (
    text(at(finding, 'compliance', 'securityControlId'), 64) ||
    text(at(fields, 'controlId'), 64) ||
    text(at(fields, 'ruleId'), 64)
  );
};

/** The Id, or what follows the product's ARN in Security Hub's own id of the finding. */
const idOf = (finding: unknown, productArn: string): string => {
  const id = text(at(finding, 'id'), 512);
  if (id) return id;
  const own = text(at(finding, 'productFields', 'aws/securityhub/FindingId'), 1_024);
  return own.startsWith(`${productArn}/`) ? own.slice(productArn.length + 1) : '';
};

/**
 * Access Analyzer's findings are the administrator's; their field says whose the resource is.
 * Of others the field is not believed: whoever imports findings could name any account.
 */
const whereOf = (envelope: Envelope, finding: unknown, productArn: string): Where => ({
  account:
    (awsProductOf(productArn) === 'access-analyzer' &&
      accountId(at(finding, 'productFields', 'resourceOwnerAccount'))) ||
    accountId(at(finding, 'awsAccountId')) ||
    envelope.account,
  region:
    regionCode(at(finding, 'region')) ||
    regionCode(at(finding, 'resources', 0, 'region')) ||
    regionCode(productArn.split(':')[3]) ||
    envelope.region,
});

/** The label, else Security Hub's figure from 0 to 100, else the label its provider gave. */
const severityOf = (finding: unknown): { severity: Severity; nativeSeverity: string } => {
  const label = text(at(finding, 'severity', 'label'), 32);
  const figure = number(at(finding, 'severity', 'normalized'));
  const provided = text(at(finding, 'findingProviderFields', 'severity', 'label'), 32);
  const severity =
    severityWord(label) ??
    (figure === undefined ? severityWord(provided) : normalizedSeverity(figure)) ??
    unknownSeverity;
  return { severity, nativeSeverity: label || text(figure) || provided };
};

/** Record, workflow and compliance: a change of any of them is worth an edit. */
const statesOf = (finding: unknown): readonly string[] =>
  [
    at(finding, 'recordState'),
    at(finding, 'workflow', 'status') ?? at(finding, 'workflowState'),
    at(finding, 'compliance', 'status'),
  ].map((state) => text(state, 32));

const over = new Set(['ARCHIVED', 'SUPPRESSED', 'RESOLVED', 'PASSED']);

/** What GuardDuty says of its own samples, in each of the ways in which Security Hub has relayed it. */
const isSample = (finding: unknown, guardDuty: unknown): boolean => {
  const info = at(guardDuty, 'additionalInfo');
  return (
    [at(finding, 'sample'), at(info, 'sample')].some(flag) ||
    [info, at(info, 'value')].some((json) => flag(at(embedded(json), 'sample'))) ||
    text(at(finding, 'title')).startsWith('[SAMPLE]')
  );
};

const resourceOf = (resource: unknown, where: Where): readonly Resource[] => {
  const key = at(resource, 'details', 'awsIamAccessKey');
  return resourceNamed({
    id: at(resource, 'id'),
    type: at(resource, 'type'),
    name: nameTag(at(resource, 'tags')),
    tags: at(resource, 'tags'),
    owner: {
      userName: at(key, 'principalName') ?? at(key, 'userName'),
      principalId: at(key, 'principalId'),
      userType: at(key, 'principalType'),
    },
    where: { ...where, region: regionCode(at(resource, 'region')) || where.region },
  });
};

/** A custom action sends up to twenty findings at once; the others were imported by themselves. */
const sentFact = ({ detail }: Envelope): readonly Fact[] => {
  const others = list(at(detail, 'findings'), 100).length - 1;
  return fact(
    'Sent by hand',
    text(at(detail, 'actionName'), 128),
    others > 0 ? `(the first of ${others + 1} findings)` : '',
  );
};

const controlFact = (finding: unknown): readonly Fact[] => {
  const control = controlOf(finding);
  const status = text(at(finding, 'compliance', 'status'), 32);
  return control ? fact('Control', control, status && `(${status})`) : [];
};

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Malware.html */
const malwareFact = (finding: unknown): readonly Fact[] => {
  const [malware] = list(at(finding, 'malware'));
  const [threat] = list(at(finding, 'threats'));
  const path = text(at(malware, 'path') ?? at(threat, 'filePaths', 0, 'filePath'), 256);
  const name = text(at(malware, 'name') ?? at(threat, 'name'), 128);
  return fact('Malware', name, name && path && `(${path})`);
};

const vulnerabilityFact = (finding: unknown): readonly Fact[] => {
  const vulnerability = at(finding, 'vulnerabilities', 0);
  const found = list(at(vulnerability, 'vulnerablePackages'), 3).map((item) => {
    const fixed = text(at(item, 'fixedInVersion'), 64);
    const installed = [text(at(item, 'name'), 128), text(at(item, 'version'), 64)];
    return `${installed.join(' ').trim()}${fixed ? ` → ${fixed}` : ''}`;
  });
  return fact('Vulnerability', text(at(vulnerability, 'id'), 64), found.filter(Boolean).join(', '));
};
