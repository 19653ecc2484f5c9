/** A plan for people: exact changes before → after, what it cannot stop, what else it touches. */
import type { KnownBlock, RichTextSection } from '@slack/types';
import type { Change, Plan } from '../../actions/action.ts';
import { planHash, shortHash, words as valueInWords } from '../../requests/plan-hash.ts';
import { literal, richList, richText, words } from '../rich-text.ts';

type Elements = RichTextSection['elements'];

const changeLine = (change: Change): Elements => [
  literal(change.label, undefined, 160),
  words('\n'),
  literal(valueInWords(change.before), 'code', 160),
  words(' → '),
  literal(valueInWords(change.after), 'code', 160),
];

/** Account, region and the short hash that consent is bound to. */
export const planPlace = (plan: Plan, accountName: string | undefined): Elements => [
  literal(accountName ?? 'Unknown account', undefined, 80),
  words(' · '),
  literal(plan.target.account),
  words(' · '),
  literal(plan.target.region),
  words(' · plan '),
  literal(shortHash(planHash(plan)), 'code'),
];

const heading = (text: string): KnownBlock => richText([[literal(text, 'bold')]]);

const more = (left: number): readonly Elements[] =>
  left > 0 ? [[literal(`and ${left} more`)]] : [];

/** At most `limit` changes, then how many more. */
export const changeList = (plan: Plan, limit: number): readonly KnownBlock[] =>
  plan.changes.length === 0
    ? []
    : [
        heading('What changes'),
        richList('ordered', [
          ...plan.changes.slice(0, limit).map(changeLine),
          ...more(plan.changes.length - limit),
        ]),
      ];

const list = (title: string, lines: readonly string[], limit: number): readonly KnownBlock[] =>
  lines.length === 0
    ? []
    : [
        heading(title),
        richList('bullet', [
          ...lines.slice(0, limit).map((line) => [literal(line, undefined, 400)]),
          ...more(lines.length - limit),
        ]),
      ];

export const cannotList = (plan: Plan, limit: number): readonly KnownBlock[] =>
  list('What it does not stop', plan.cannot, limit);

export const blastRadiusList = (plan: Plan, limit: number): readonly KnownBlock[] =>
  list(`What else it touches: ${plan.blastRadius.class}`, plan.blastRadius.lines, limit);

/** One line: whether it can be taken back. */
export const undoLine = (plan: Plan, kind: 'contain' | 'undo'): string => {
  if (kind === 'undo') return 'This restores the recorded values; to contain again, use the card.';
  switch (plan.reversible.kind) {
    case 'yes':
      return 'Can be undone: every value is recorded before it is changed.';
    case 'partly':
      return `Can be undone in part: ${plan.reversible.because}`;
    case 'no':
      return `Cannot be undone: ${plan.reversible.because}`;
    default:
      return plan.reversible satisfies never;
  }
};
