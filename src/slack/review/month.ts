/** A month's figures: times against their targets, what cases turned out to be, which rules were wrong how often. */
import type { KnownBlock } from '@slack/types';
import { type Classification, classifications } from '../../cases/case.ts';
import type { Targets } from '../../cases/digest.ts';
import { severities } from '../../findings/finding.ts';
import { shadowInWords } from '../../requests/shadow-report.ts';
import type { MonthFacts, RuleFigures } from '../../reviews/ended-case.ts';
import { chartTable } from '../digest/chart.ts';
import { acknowledgeTarget, timesLine } from '../digest/times.ts';
import { duration } from '../duration.ts';
import { classificationInWords } from '../modals/case-forms.ts';
import { literal, richList, richText } from '../rich-text.ts';

const mostRules = 6;

/** With fewer cases a share says nothing. */
const enoughCases = 3;
const tooOften = 0.5;

const share = (part: number, of: number): string => `${Math.round((100 * part) / of)} %`;

const ruleLine = ({ rule, cases, falsePositives, benign }: RuleFigures): string => {
  const figures = `${rule}: ${falsePositives} of ${cases} false positives (${share(falsePositives, cases)})${benign > 0 ? `, ${benign} benign` : ''}`;
  return cases >= enoughCases && (falsePositives + benign) / cases >= tooOften
    ? `${figures}. Suppress what is expected with its scope, or make the rule narrower`
    : figures;
};

const list = (title: string, lines: readonly string[]): readonly KnownBlock[] =>
  lines.length === 0
    ? []
    : [
        richText([[literal(title, 'bold')]]),
        richList(
          'bullet',
          lines.map((line) => [literal(line, undefined, 300)]),
        ),
      ];

const turnedOut = ({ cases, byClassification }: MonthFacts): string =>
  `${cases} closed: ${classifications
    .flatMap((one: Classification) =>
      byClassification[one]
        ? [`${byClassification[one]} ${classificationInWords(one).toLowerCase()}`]
        : [],
    )
    .join(', ')}`;

export const monthBlocks = (facts: MonthFacts, within: Targets): readonly KnownBlock[] => {
  const falling = severities.toReversed();
  return [
    richText([[literal(turnedOut(facts))]]),
    // Only messages take charts, and this is told to one person.
    chartTable({
      title: 'Cases by severity',
      categories: falling,
      series: [{ name: 'Closed', values: falling.map((one) => facts.bySeverity[one] ?? 0) }],
      unit: 'cases',
    }),
    ...list('Times, from the opening of the case', [
      ...timesLine('To acknowledge', facts.toAcknowledge, acknowledgeTarget(within)),
      ...timesLine('To contain', facts.toContain, duration(within.contain)),
      ...timesLine('To resolve', facts.toResolve, duration(within.resolve)),
    ]),
    ...list('Rules, the most false positives first', facts.rules.slice(0, mostRules).map(ruleLine)),
    ...list('Automation in shadow', facts.shadow.map(shadowInWords)),
  ];
};
