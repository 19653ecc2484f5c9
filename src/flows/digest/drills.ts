/** What the digest tells of drills: each that ended, its score, how many took part, and those that did not begin. */
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

/** As `drill.refused` has it (src/flows/drill/game-day.ts). */
const refusedLine = ({ because, detail = {} }: Pick<AuditEntry, 'because' | 'detail'>): string =>
  `Game day ${detail['slot']} did not begin (${detail['scenario']}). ${because} It needs: ${detail['needed']}`;

export const drillLines = (entries: readonly AuditEntry[]): readonly string[] =>
  entries.flatMap((entry) => {
    if (entry.kind === 'drill.refused') return [refusedLine(entry)];
    return entry.kind === 'drill.ended' && entry.detail
      ? [line(entry.detail as unknown as Told)]
      : [];
  });
