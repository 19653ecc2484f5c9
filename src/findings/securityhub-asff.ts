/**
 * Security Hub CSPM: findings in the AWS Security Finding Format (ASFF), its own controls' and
 * those it relays.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html
 */
import { actorsOf, fact } from './actor.ts';
import { toFinding } from './build.ts';
import { awsProductOf, keptFinding, relayedId } from './canonical.ts';
import { type Envelope, ignore } from './envelope.ts';
import type { Actor, Fact, Finding, Ignored, Resource, Severity } from './finding.ts';
import { readAction } from './guardduty-action.ts';
import {
  accountId,
  at,
  flag,
  identifier,
  ipAddress,
  isObject,
  list,
  number,
  regionCode,
  text,
} from './read.ts';
import { nameTag, resourceNamed, type Where } from './resource.ts';
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
  const resources = list(at(finding, 'resources'));
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
  const did = actionOf(finding);
  return toFinding(envelope, {
    source: 'securityhub-asff',
    type: typeOf(finding),
    title: at(finding, 'title'),
    description: at(finding, 'description'),
    ...severity,
    ...where,
    resources: resources.flatMap((resource) => resourceOf(resource, where)),
    kept: keptFinding({ productArn, id: idOf(finding, productArn) }, canonicalId, where),
    actors: did.actors,
    facts: [
      ...sentFact(envelope),
      ...controlFact(finding),
      ...vulnerabilityFact(finding),
      ...did.facts,
    ],
    canonicalId,
    count: at(fields, 'aws/guardduty/service/count'),
    firstSeen: [at(finding, 'firstObservedAt'), at(finding, 'createdAt')],
    lastSeen: [at(finding, 'lastObservedAt'), at(finding, 'updatedAt')],
    updatedAt: [at(finding, 'updatedAt'), at(finding, 'lastObservedAt')],
    sample: isSample(finding),
    archived: states.some((state) => over.has(state)),
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

const isSample = (finding: unknown): boolean =>
  flag(at(finding, 'sample')) ||
  flag(at(finding, 'productFields', 'aws/guardduty/service/additionalInfo/sample')) ||
  text(at(finding, 'title')).startsWith('[SAMPLE]');

const resourceOf = (resource: unknown, where: Where): readonly Resource[] => {
  const key = at(resource, 'details', 'awsIamAccessKey');
  return resourceNamed({
    id: at(resource, 'id'),
    type: at(resource, 'type'),
    name: nameTag(at(resource, 'tags')),
    owner: {
      userName: at(key, 'principalName') ?? at(key, 'userName'),
      principalId: at(key, 'principalId'),
      userType: at(key, 'principalType'),
    },
    where: { ...where, region: regionCode(at(resource, 'region')) || where.region },
  });
};

/** What GuardDuty relays lies flat in ProductFields: `aws/guardduty/service/action/…`. */
const actionOf = (
  finding: unknown,
): { readonly actors: readonly Actor[]; readonly facts: readonly Fact[] } => {
  const own = readAction({ service: { action: at(finding, 'action') } });
  if (own.actors.length > 0 || own.facts.length > 0) return own;
  const relayed = readAction(unflattened(at(finding, 'productFields'), 'aws/guardduty/'));
  if (relayed.actors.length > 0) return relayed;
  const ip = ipAddress(at(finding, 'network', 'sourceIpV4'));
  const other = at(finding, 'resources', 0, 'details', 'other');
  const external = text(at(other, 'External Principal'), 256);
  return {
    actors: actorsOf([{ ip, principal: external }]),
    facts: [
      ...relayed.facts,
      ...fact('Shared with', external),
      ...fact('Allowed', text(at(other, 'Action Granted'), 512)),
    ],
  };
};

/** Keys with slashes as nested objects; of the first 500 keys those of at most 12 steps. */
const unflattened = (fields: unknown, prefix: string): unknown => {
  const root: Record<string, unknown> = Object.create(null);
  const nodes = new Map([['', root]]);
  for (const [key, value] of isObject(fields) ? Object.entries(fields).slice(0, 500) : []) {
    const steps = key.startsWith(prefix) ? key.slice(prefix.length).split('/') : [];
    if (steps.length === 0 || steps.length > 12) continue;
    let node = root;
    for (const [depth, step] of steps.slice(0, -1).entries()) {
      const path = steps.slice(0, depth + 1).join('/');
      const child = nodes.get(path) ?? Object.create(null);
      nodes.set(path, child);
      node[step] = child;
      node = child;
    }
    node[steps.at(-1) ?? ''] = value;
  }
  return root;
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

const vulnerabilityFact = (finding: unknown): readonly Fact[] => {
  const vulnerability = at(finding, 'vulnerabilities', 0);
  const found = list(at(vulnerability, 'vulnerablePackages'), 3).map((item) => {
    const fixed = text(at(item, 'fixedInVersion'), 64);
    const installed = [text(at(item, 'name'), 128), text(at(item, 'version'), 64)];
    return `${installed.join(' ').trim()}${fixed ? ` → ${fixed}` : ''}`;
  });
  return fact('Vulnerability', text(at(vulnerability, 'id'), 64), found.filter(Boolean).join(', '));
};
