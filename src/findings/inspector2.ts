/**
 * Amazon Inspector: vulnerable packages and code, and ports that the internet reaches.
 * https://docs.aws.amazon.com/inspector/latest/user/eventbridge-integration.html
 * https://docs.aws.amazon.com/inspector/v2/APIReference/API_Finding.html
 */
import { fact } from './actor.ts';
import { parseArn } from './arn.ts';
import { toFinding } from './build.ts';
import { type Envelope, ignore } from './envelope.ts';
import type { Fact, Finding, Ignored, Resource, Severity } from './finding.ts';
import { accountId, at, list, regionCode, text } from './read.ts';
import { nameTag, resourceNamed, type Where } from './resource.ts';
import { severityWord, unknownSeverity } from './severity.ts';

/** An Inspector event as a finding; scans, coverage and enabling are ignored. */
export const parseInspector = (envelope: Envelope): Finding | Ignored => {
  const { detail, detailType } = envelope;
  const none = (because: string): Ignored => ignore(envelope, { source: 'inspector2', because });
  if (detailType !== 'Inspector2 Finding')
    return none(otherEvents.get(detailType) ?? 'An Inspector event that is not a finding');
  if (!text(at(detail, 'findingArn')) && !text(at(detail, 'type')))
    return none('An Inspector2 Finding event without type and ARN');
  return finding(envelope);
};

const otherEvents = new Map([
  ['Inspector2 Scan', 'The end of a scan with its counts; each vulnerability comes as a finding'],
  ['Inspector2 Coverage', 'Coverage of Inspector, not a finding'],
  ['Inspector2 AutoEnable', 'Inspector was enabled for an account, not a finding'],
]);

const finding = (envelope: Envelope): Finding => {
  const { detail } = envelope;
  const arn = parseArn(at(detail, 'findingArn'));
  const resources = list(at(detail, 'resources'), 50);
  const where = {
    account: accountId(at(detail, 'awsAccountId')) || arn?.account || envelope.account,
    region: arn?.region || regionCode(at(resources[0], 'region')) || envelope.region,
  };
  const status = text(at(detail, 'status'), 32);
  const native = text(at(detail, 'severity'), 32);
  return toFinding(envelope, {
    source: 'inspector2',
    type: text(at(detail, 'type'), 256),
    title: at(detail, 'title'),
    description: at(detail, 'description'),
    severity: severityOf(native),
    nativeSeverity: native,
    ...where,
    resources: [
      ...resources.flatMap((resource) => resourceOf(resource, where)),
      ...pathGroups(detail, where),
    ],
    facts: [...vulnerabilityFacts(detail), ...reachFacts(detail), ...codeFacts(detail)],
    canonicalId: text(at(detail, 'findingArn'), 1_024) || `inspector2:${envelope.id}`,
    firstSeen: [at(detail, 'firstObservedAt')],
    lastSeen: [at(detail, 'lastObservedAt'), at(detail, 'updatedAt')],
    updatedAt: [at(detail, 'updatedAt'), at(detail, 'lastObservedAt')],
    archived: status === 'SUPPRESSED' || status === 'CLOSED',
    states: [status],
  });
};

/** A vulnerability that nobody has judged yet is LOW: seen, and raised by Inspector's next event. */
const severityOf = (word: string): Severity =>
  severityWord(word) ?? (word === 'UNTRIAGED' ? 'LOW' : unknownSeverity);

const resourceOf = (resource: unknown, where: Where): readonly Resource[] => {
  const details = at(resource, 'details');
  const repository = text(at(details, 'awsEcrContainerImage', 'repositoryName'), 256);
  const tag = text(at(details, 'awsEcrContainerImage', 'imageTags', 0), 128);
  return resourceNamed({
    id: at(resource, 'id'),
    type: at(resource, 'type'),
    name: nameTag(at(resource, 'tags')) || (repository && tag ? `${repository}:${tag}` : ''),
    tags: at(resource, 'tags'),
    where: { ...where, region: regionCode(at(resource, 'region')) || where.region },
  });
};

/** The security groups through which a port is reached: closing them ends it. */
const pathGroups = (detail: unknown, where: Where): readonly Resource[] =>
  list(at(detail, 'networkReachabilityDetails', 'networkPath', 'steps'))
    .filter((step) => text(at(step, 'componentType')) === 'AWS::EC2::SecurityGroup')
    .flatMap((step) =>
      resourceNamed({ id: at(step, 'componentId'), type: at(step, 'componentType'), where }),
    );

const vulnerabilityFacts = (detail: unknown): readonly Fact[] => {
  const details = at(detail, 'packageVulnerabilityDetails');
  const packages = list(at(details, 'vulnerablePackages'), 3).map((item) => {
    const fixed = text(at(item, 'fixedInVersion'), 64);
    const installed = `${text(at(item, 'name'), 128)} ${text(at(item, 'version'), 64)}`.trim();
    return fixed && fixed !== 'NotAvailable' ? `${installed} → ${fixed}` : installed;
  });
  const id = text(at(details, 'vulnerabilityId'), 64);
  const exploit = text(at(detail, 'exploitAvailable'), 8) === 'YES';
  return [
    ...fact('Vulnerability', id, exploit ? '(an exploit is known)' : ''),
    ...fact('Packages', packages.filter(Boolean).join(', ')),
    ...fact('Score', text(at(detail, 'inspectorScore'), 16)),
  ];
};

const reachFacts = (detail: unknown): readonly Fact[] => {
  const details = at(detail, 'networkReachabilityDetails');
  const begin = text(at(details, 'openPortRange', 'begin'), 8);
  const end = text(at(details, 'openPortRange', 'end'), 8);
  return fact(
    'Open port',
    begin === end ? begin : `${begin}–${end}`,
    text(at(details, 'protocol'), 8),
  );
};

const codeFacts = (detail: unknown): readonly Fact[] => {
  const details = at(detail, 'codeVulnerabilityDetails');
  const line = text(at(details, 'filePath', 'startLine'), 8);
  return [
    ...fact(
      'Weakness',
      list(at(details, 'cwes'), 3)
        .map((cwe) => text(cwe, 32))
        .join(', '),
    ),
    ...fact('In', text(at(details, 'filePath', 'filePath'), 512), line && `line ${line}`),
  ];
};
