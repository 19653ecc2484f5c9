/** A gathering in parts: one a source, each kept as soon as it is had. Pure. */
import { andMore } from '../findings/and-more.ts';
import type { Untrusted } from '../findings/finding.ts';
import { type ListedObject, wellFormed } from './manifest.ts';
import { type Found, type Gap, mostFacts } from './source.ts';

/** How much of each is only in the object. */
interface Left {
  readonly facts: number;
  readonly moments: number;
  readonly gaps: number;
  readonly seen: number;
}

/** What is remembered of one source: where all of it lies, and what the thread shows of it. */
export interface Part extends ListedObject, Pick<Found, 'facts' | 'moments' | 'gaps' | 'seen'> {
  readonly left: Left;
}

/** What one item of the table has room for (400 kB), whatever a source finds. */
const [mostMoments, mostGaps, mostSeen, longest, longestSeen] = [6, 8, 500, 300, 160];

const cut = <T extends string>(text: T, most = longest): T => wellFormed(text.slice(0, most) as T);

const over = (all: readonly unknown[], most: number): number => Math.max(0, all.length - most);

export const partOf = (object: ListedObject, found: Found): Part => ({
  ...object,
  facts: found.facts.slice(0, mostFacts).map(({ label, value }) => ({ label, value: cut(value) })),
  moments: found.moments
    .toSorted((a, b) => a.at.localeCompare(b.at))
    .slice(-mostMoments)
    .map(({ at, what }) => ({ at, what: cut(what) })),
  gaps: found.gaps
    .slice(0, mostGaps)
    .map(({ what, because }) => ({ what: cut(what), because: cut(because) })),
  seen: found.seen.slice(0, mostSeen).map((one) => cut(one, longestSeen)),
  left: {
    facts: over(found.facts, mostFacts),
    moments: over(found.moments, mostMoments),
    gaps: over(found.gaps, mostGaps),
    seen: over(found.seen, mostSeen),
  },
});

/**
 * What is new since the gathering before. A source that could not read then, reads for the first time or had
 * more than was remembered has nothing to compare with, and much of it would be called new.
 */
export const freshIn = (parts: readonly Part[], before: readonly Part[]): readonly Untrusted[] =>
  parts.flatMap(({ source, seen }) => {
    const known = before.find((one) => one.source === source);
    if (!known || known.left.seen > 0 || (known.seen.length === 0 && known.gaps.length > 0))
      return [];
    return seen.filter((one) => !known.seen.includes(one));
  });

/** Where it cannot be said what is new: goes with the gaps. */
export const notComparedIn = (parts: readonly Part[], before: readonly Part[]): readonly Gap[] =>
  parts.flatMap(({ source }) => {
    const known = before.find((one) => one.source === source);
    return known && known.left.seen > 0
      ? [
          {
            what: `What is new of ${source}`,
            because: `it found more than ${mostSeen} things the last time, and no more are compared`,
          },
        ]
      : [];
  });

/** Those with one reason are one; of what they are about the first three are named. */
export const gapsOfAll = (parts: readonly Pick<Part, 'gaps'>[]): readonly Gap[] => {
  const byReason = new Map<string, string[]>();
  for (const { what, because } of parts.flatMap(({ gaps }) => gaps))
    byReason.set(because, [...(byReason.get(because) ?? []), what]);
  return [...byReason].map(([because, about]) => ({
    what: andMore(about, 3),
    because,
  }));
};
