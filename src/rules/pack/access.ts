/** How far access reaches that Access Analyzer found, also when Security Hub relays it. */
import type { Finding } from '../../findings/finding.ts';
import { makerOf } from './origin.ts';

type Access = 'public' | 'external' | 'internal' | 'unused' | 'not analysed';

/** What accessanalyzer.ts calls them. */
const own = new Map<string, Access>([
  ['public access', 'public'],
  ['external access', 'external'],
  ['internal access', 'internal'],
  ['unused access', 'unused'],
  ['analysis failed', 'not analysed'],
]);

/** Undefined for what Access Analyzer did not find. */
export const accessOf = (finding: Finding): Access | undefined => {
  if (finding.source === 'accessanalyzer') return own.get(finding.nativeSeverity);
  if (makerOf(finding) !== 'accessanalyzer') return undefined;
  if (/unused/i.test(finding.type)) return 'unused';
  if (/internal/i.test(finding.type)) return 'internal';
  return finding.title.endsWith('allows public access') ? 'public' : 'external';
};

/** True when one of the resources is of this kind. */
export const concerns = (finding: Finding, kind: Finding['resources'][number]['kind']): boolean =>
  finding.resources.some((resource) => resource.kind === kind);

/** True when one is a snapshot of a volume or database. */
export const concernsCopy = (finding: Finding): boolean =>
  finding.resources.some(({ id }) => /\bsnapshot[:/]|^snap-/.test(id));
