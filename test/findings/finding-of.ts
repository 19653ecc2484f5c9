import type { Finding } from '../../src/findings/finding.ts';
import { parse } from '../../src/findings/parse.ts';

/** The finding in an event; an ignored event fails the test with its reason. */
export const findingOf = (event: unknown): Finding => {
  const found = parse(event);
  if (found.kind === 'ignored') throw new Error(`ignored: ${found.because}`);
  return found;
};

/** `instance i-…`, in order. */
export const about = (finding: Finding): readonly string[] =>
  finding.resources.map(({ kind, id }) => `${kind} ${id}`);

/** Facts as `label: value`. */
export const says = (finding: Finding): readonly string[] =>
  finding.facts.map(({ label, value }) => `${label}: ${value}`);

/** An event of this detail-type with nothing in its envelope but another account and Region. */
export const eventOf = (detailType: string, detail: unknown): unknown => ({
  id: 'e-1',
  source: '',
  'detail-type': detailType,
  account: '999999999999',
  region: 'us-east-2',
  time: '2026-11-22T09:00:00Z',
  resources: [],
  detail,
});
