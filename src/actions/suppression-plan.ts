/**
 * The plan of a suppression that Cordon keeps itself. It changes nothing in AWS unless people also
 * wanted the finding archived where it is kept, so it needs no register of its own.
 */
import type { Resource } from '../findings/finding.ts';
import { breadthOf, type Scope, type SuppressionTerms, scopeInWords } from '../findings/scope.ts';
import type { Plan, Refusal, Tier } from './action.ts';

/** True when nothing in AWS changes: there is nothing for the executor to do. */
export const staysInCordon = ({ suppresses, changes }: Plan): boolean =>
  suppresses !== undefined && changes.length === 0;

/** For a finding that cannot be archived, or that no service keeps: only Cordon can hide it. */
export const planWithoutArchive = (
  about: { readonly action: string; readonly target: Resource; readonly tier: Tier },
  refusal?: Refusal,
): Plan => ({
  ...about,
  kind: 'plan',
  summary: 'Hide findings like this one',
  changes: [],
  cannot: [
    'It stops nothing in AWS: whoever is behind the finding goes on.',
    ...(refusal ? [`The finding is not archived: ${refusal.because}`] : []),
  ],
  blastRadius: { class: 'this resource only', lines: [] },
  reversible: { kind: 'yes' },
});

const reach: Readonly<Record<ReturnType<typeof breadthOf>, Plan['blastRadius']>> = {
  narrow: {
    class: 'this resource only',
    lines: ['No card and no mention for the findings that fit; they are counted.'],
  },
  wide: {
    class: 'shared with others',
    lines: [
      'It hides findings about whatever the account or the tag holds, also what is new there.',
    ],
  },
  unscoped: {
    class: 'whole account',
    lines: ['It hides this type in every account and Region, whatever it is about.'],
  },
};

/** Hiding a type wherever it appears takes a second person, whatever the action's own tier is. */
const tierFor = (scope: Scope, tier: Tier): Tier =>
  breadthOf(scope) === 'unscoped' && tier < 2 ? 2 : tier;

/** `plan` is about the one finding; `archive` keeps its changes. */
export const suppressionPlan = (plan: Plan, terms: SuppressionTerms, archive: boolean): Plan => ({
  ...plan,
  summary: `Hide ${scopeInWords(terms.scope)}${archive ? ', and archive this finding in AWS' : ''}`,
  changes: archive ? plan.changes : [],
  cannot: [
    'It stops nothing in AWS: whoever is behind the findings goes on.',
    `What is above ${terms.ceiling}, or by an actor who was not seen before, breaks it and alerts.`,
  ],
  blastRadius: reach[breadthOf(terms.scope)],
  tier: tierFor(terms.scope, plan.tier),
  suppresses: terms,
});

/** Ends it and leaves AWS as it is; `because` says why, where something had been archived. */
export const planEnd = (plan: Plan, because?: string): Plan => ({
  ...plan,
  summary: `End: ${plan.summary}`,
  changes: [],
  cannot: [
    ...(because ? [`AWS stays as it is: ${because}`] : []),
    'Alerts that were not sent in the meantime are not sent again.',
  ],
  tier: 1,
});
