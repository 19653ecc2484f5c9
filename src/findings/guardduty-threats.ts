/**
 * Which malware was found and where, from `service.ebsVolumeScanDetails` and `service.malwareScanDetails`,
 * and which threat intelligence knew the address or domain, from `service.evidence`.
 * https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Service.html
 */
import { fact } from './actor.ts';
import type { Fact } from './finding.ts';
import { at, list, text } from './read.ts';

/** Names of the malware and the files that hold it; none for what is no malware. */
export const malwareFacts = (service: unknown): readonly Fact[] => {
  const inVolumes = list(
    at(service, 'ebsVolumeScanDetails', 'scanDetections', 'threatDetectedByName', 'threatNames'),
  );
  const inObjects = list(at(service, 'malwareScanDetails', 'threats'));
  return [
    ...fact('Malware', few([...inVolumes, ...inObjects].map((threat) => at(threat, 'name')))),
    ...fact(
      'In file',
      few([
        ...inVolumes.flatMap((threat) =>
          list(at(threat, 'filePaths')).map((path) => at(path, 'filePath')),
        ),
        ...inObjects.flatMap((threat) => [
          ...list(at(threat, 'itemPaths')).map((path) => at(path, 'nestedItemPath')),
          ...list(at(threat, 'itemDetails')).map((item) => at(item, 'itemPath')),
        ]),
      ]),
    ),
  ];
};

/** What threat intelligence calls the other side; none for what is on no list. */
export const intelligenceFacts = (service: unknown): readonly Fact[] =>
  fact(
    'Known as',
    few(
      list(at(service, 'evidence', 'threatIntelligenceDetails')).flatMap((entry) =>
        list(at(entry, 'threatNames')),
      ),
    ),
  );

/** The first three, each once. */
const few = (values: readonly unknown[]): string => {
  const found = [...new Set(values.map((value) => text(value, 256)).filter(Boolean))];
  const more = found.length > 3 ? ` and ${found.length - 3} more` : '';
  return `${found.slice(0, 3).join(', ')}${more}`;
};
