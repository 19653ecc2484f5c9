/** A gathering in parts: one a source, each kept as soon as it is had. Pure. */
import type { Untrusted } from '../findings/finding.ts';
import { type ListedObject, wellFormed } from './manifest.ts';
import { type Found, type Gap, mostFacts } from './source.ts';

/** What is remembered of one source: where all of it lies, and what the thread shows of it. */
export interface Part extends ListedObject, Pick<Found, 'facts' | 'moments' | 'gaps' | 'seen'> {}

/** What one item of the table has room for, whatever a source finds. */
const [mostMoments, mostGaps, mostSeen, longest] = [6, 8, 100, 300];

const cut = <T extends string>(text: T): T => wellFormed(text.slice(0, longest) as T);

export const partOf = (object: ListedObject, found: Found): Part => ({
  ...object,
  facts: found.facts.slice(0, mostFacts).map(({ label, value }) => ({ label, value: cut(value) })),
  moments: found.moments.slice(0, mostMoments).map(({ at, what }) => ({ at, what: cut(what) })),
  gaps: found.gaps
    .slice(0, mostGaps)
    .map(({ what, because }) => ({ what: cut(what), because: cut(because) })),
  seen: found.seen.slice(0, mostSeen).map(cut),
});

/**
 * What is new since the gathering before. A source that could not read then or reads for the first time
 * has nothing to compare with, and everything of it would be called new.
 */
export const freshIn = (parts: readonly Part[], before: readonly Part[]): readonly Untrusted[] =>
  parts.flatMap(({ source, seen }) => {
    const known = before.find((one) => one.source === source);
    if (!known || (known.seen.length === 0 && known.gaps.length > 0)) return [];
    return seen.filter((one) => !known.seen.includes(one));
  });

/** Those with one reason are one; of what they are about the first three are named. */
export const gapsOfAll = (parts: readonly Pick<Part, 'gaps'>[]): readonly Gap[] => {
  const byReason = new Map<string, string[]>();
  for (const { what, because } of parts.flatMap(({ gaps }) => gaps))
    byReason.set(because, [...(byReason.get(because) ?? []), what]);
  return [...byReason].map(([because, about]) => ({
    what: `${about.slice(0, 3).join(', ')}${about.length > 3 ? ` and ${about.length - 3} more` : ''}`,
    because,
  }));
};
