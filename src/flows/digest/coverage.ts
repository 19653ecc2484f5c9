/** What the digest says even of a quiet day: accounts that Cordon does not cover, and detection that was switched off. */
import type { PostureReport } from '../../posture/report.ts';

/** So many are named; the rest is counted. */
const mostNamed = 8;

const listed = (names: readonly string[], all: number): string => {
  const shown = names.slice(0, mostNamed);
  return `${shown.join(', ')}${all > shown.length ? ` and ${all - shown.length} more` : ''}`;
};

/** By question, the words before the names and after them. */
const words: Readonly<Record<string, readonly [before: string, after: string]>> = {
  'organization-accounts': [
    'Uncovered accounts of the organisation',
    '`cordon doctor` says what to do about each.',
  ],
  'organization-baseline': ['Switched off of the organisation baseline', 'switch it on again.'],
};

export const coverageLines = ({ sections }: PostureReport): readonly string[] =>
  sections.flatMap(({ question, answer }) => {
    const around = words[question];
    if (!around || answer.kind === 'unknown') return [];
    return answer.figures.flatMap(({ value, names = [], verdict }) =>
      verdict === 'act' ? [`${around[0]}: ${listed(names, value)}; ${around[1]}`] : [],
    );
  });
