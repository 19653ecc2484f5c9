/** Related cases: those about the same keys, principals, addresses and resources, the newest first. */
import { untrusted } from '../../findings/finding.ts';
import type { Found, PastCase, Source } from '../source.ts';
import type { Subjects } from '../subjects.ts';

/** Of each word. */
const mostOfWord = 6;
const mostShown = 3;

const wordsOf = ({ keys, principals, sessions, resources, addresses }: Subjects) => [
  ...new Set([
    ...keys.map(({ id }) => id),
    ...principals.filter(({ kind }) => kind !== 'root').map(({ name }) => name),
    ...sessions.map(({ name }) => name),
    ...resources.map(({ id }) => id),
    ...addresses,
  ]),
];

interface Related extends PastCase {
  /** What both are about. */
  readonly by: readonly string[];
}

const joined = (
  found: readonly { readonly word: string; readonly cases: readonly PastCase[] }[],
  own: string,
): readonly Related[] => {
  const byId = new Map<string, Related>();
  for (const { word, cases } of found)
    for (const one of cases)
      if (one.id !== own) byId.set(one.id, { ...one, by: [...(byId.get(one.id)?.by ?? []), word] });
  return [...byId.values()].sort((a, b) => b.openedAt.localeCompare(a.openedAt));
};

export const related: Source = {
  id: 'related',
  title: 'Related',
  reads: [],
  fits: (subjects) => wordsOf(subjects).length > 0,
  async gather({ subjects, caseId, casesAbout }): Promise<Found> {
    const found = await Promise.all(
      wordsOf(subjects).map(async (word) => ({ word, cases: await casesAbout(word, mostOfWord) })),
    );
    const cases = joined(found, caseId);
    const full = found.filter((one) => one.cases.length >= mostOfWord);
    return {
      facts: cases.slice(0, mostShown).map(({ id, openedAt, title, outcome, by }) => ({
        label: `case ${id}`,
        value: untrusted(`${openedAt.slice(0, 10)} ${outcome}: ${title} (${by[0] ?? ''})`),
      })),
      moments: [],
      gaps: full.map(({ word }) => ({
        what: `Cases about ${word}`,
        because: `only the newest ${mostOfWord} were read`,
      })),
      seen: cases.map(({ id }) => untrusted(`case ${id}`)),
      data: { cases },
    };
  },
};
