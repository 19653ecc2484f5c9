/** What the digest tells of drills: each that ended, its score, and how many took part. */
import type { AuditEntry } from '../../audit/entry.ts';
import type { DrillEnd } from '../../cases/drill-mark.ts';
import { scenarioById } from '../../drills/index.ts';

/** As `drill.ended` has it (src/cases/on-end.ts). */
type Told = Pick<DrillEnd, 'goals' | 'tookPart'> & { readonly scenario: string };

const line = ({ scenario, goals, tookPart }: Told): string => {
  const missed = goals.filter(({ met }) => !met);
  const people = tookPart.length === 1 ? '1 person' : `${tookPart.length} people`;
  return [
    `${scenarioById(scenario)?.title ?? scenario}: ${goals.length - missed.length} of ${goals.length} goals met, by ${people}`,
    ...missed.slice(0, 2).map(({ title }) => `missed: ${title}`),
  ].join('; ');
};

export const drillLines = (entries: readonly AuditEntry[]): readonly string[] =>
  entries.flatMap(({ kind, detail }) =>
    kind === 'drill.ended' && detail ? [line(detail as unknown as Told)] : [],
  );
