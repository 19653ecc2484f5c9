/** Earlier cases of the same kind and what came of them. Pure. */
import type { Case, Classification } from './case.ts';
import { leadFinding, mainResource } from './case-findings.ts';
import type { Contained } from './case-review.ts';

export interface Similar {
  readonly id: string;
  /** When it was resolved; ISO 8601 UTC. */
  readonly at: string;
  readonly classification: Classification;
  readonly contained?: Contained;
  /** It was about the same resource or principal, not only about the same kind of thing. */
  readonly same: boolean;
}

/** More than that nobody reads. */
const mostSimilar = 3;

/** How many earlier ones are looked at. */
export const similarRead = 8;

/** Who acted or what it is about: names, which may be an attacker's; only compared. */
const subjectsOf = (theCase: Case): ReadonlySet<string> => {
  const { actors, resources } = leadFinding(theCase);
  return new Set([
    ...actors.flatMap(({ principal }) => (principal ? [principal] : [])),
    ...resources.filter(({ kind }) => kind !== 'finding').map(({ kind, id }) => `${kind}/${id}`),
  ]);
};

/** The same for cases of one rule, account and kind of resource. The index hashes it. */
export const likenessOf = (theCase: Case): string => {
  const finding = leadFinding(theCase);
  const kind = mainResource(finding)?.kind ?? finding.type;
  return ['like', theCase.decision.rule, finding.account, kind].join('\n');
};

/** At most three of `others` that are resolved: those about the same thing first, then the newest. */
export const similarTo = (theCase: Case, others: readonly Case[]): readonly Similar[] => {
  const own = subjectsOf(theCase);
  return others
    .flatMap((other): readonly Similar[] =>
      other.resolved && other.id !== theCase.id
        ? [
            {
              id: other.id,
              at: other.resolved.at,
              classification: other.resolved.classification,
              ...(other.contained ? { contained: other.contained } : {}),
              same: [...subjectsOf(other)].some((subject) => own.has(subject)),
            },
          ]
        : [],
    )
    .toSorted((a, b) => Number(b.same) - Number(a.same) || b.at.localeCompare(a.at))
    .slice(0, mostSimilar);
};
