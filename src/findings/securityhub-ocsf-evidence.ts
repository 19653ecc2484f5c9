/**
 * Who did what and what was found, in OCSF.
 * https://schema.ocsf.io/objects/evidences
 */
import { actorsOf, fact } from './actor.ts';
import type { Actor, Fact, Resource } from './finding.ts';
import { affectedResources } from './guardduty-resources.ts';
import { at, embedded, ipAddress, list, text } from './read.ts';
import type { Where } from './resource.ts';

export const isSequence = (info: unknown): boolean =>
  list(at(info, 'types')).some((type) => text(type).startsWith('AttackSequence:'));

const evidencesOf = (finding: unknown): readonly unknown[] => list(at(finding, 'evidences'));

/** What GuardDuty says that a call was about: `{"AWS::CloudTrail::Trail": "main"}`. */
export const affectedOf = (finding: unknown, where: Where): readonly Resource[] =>
  evidencesOf(finding).flatMap((evidence) => {
    const data = at(evidence, 'data');
    const affected = at(embedded(data) ?? data, 'affected_resource');
    return affectedResources({ awsApiCallAction: { affectedResources: affected } }, where);
  });

export const evidenceActors = (finding: unknown): readonly Actor[] =>
  actorsOf(
    evidencesOf(finding).map((evidence) => {
      const source = at(evidence, 'src_endpoint');
      return {
        ip: ipAddress(at(source, 'ip')),
        country: text(at(source, 'location', 'country'), 128),
        organisation: text(at(source, 'autonomous_system', 'name'), 128),
        // Without an address, the uid is a domain.
        domain:
          text(at(evidence, 'query', 'hostname'), 256) ||
          text(at(source, 'domain'), 256) ||
          (ipAddress(at(source, 'ip')) ? '' : hostName(at(source, 'uid'))),
        principal: text(at(evidence, 'actor', 'user', 'name'), 256),
      };
    }),
  );

const hostName = (value: unknown): string => {
  const found = text(value, 256);
  return /^[\w-]+(\.[\w-]+)+$/.test(found) && !ipAddress(found) ? found : '';
};

/** The signals of an attack sequence, the weaknesses of an exposure. */
export const relatedFact = (info: unknown): readonly Fact[] => {
  const titles = list(at(info, 'related_events'), 100).map((event) =>
    text(at(event, 'title'), 128),
  );
  const label = isSequence(info) ? 'Signals' : 'Made of';
  const told = titles.filter(Boolean);
  return told.length > 0 ? fact(label, `${told.length}: ${told.join(', ')}`) : [];
};

/** What kinds of data, and how much of it. */
export const dataFacts = (finding: unknown): readonly Fact[] => {
  const bucket = at(finding, 'databucket');
  const classified = [
    ...list(at(bucket, 'file', 'data_classifications')),
    ...list(at(bucket, 'data_classifications')),
  ];
  const found = classified.flatMap((one) => {
    const details = list(at(one, 'discovery_details'));
    return details.map((item) => `${text(at(item, 'count'), 16)} × ${text(at(item, 'type'), 64)}`);
  });
  return [
    ...fact('Found', found.slice(0, 5).join(', ')),
    ...fact('In object', text(at(bucket, 'file', 'path') ?? at(bucket, 'file', 'name'), 512)),
  ];
};

export const evidenceFacts = (finding: unknown): readonly Fact[] =>
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

export const complianceFact = (finding: unknown): readonly Fact[] => {
  const compliance = at(finding, 'compliance');
  const control = text(at(compliance, 'control'), 64);
  const status = text(at(compliance, 'status'), 32);
  return control ? fact('Control', control, status && `(${status})`) : [];
};

export const vulnerabilityFact = (finding: unknown): readonly Fact[] => {
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
