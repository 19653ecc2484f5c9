/** A plan for people: exact changes before → after, what it cannot stop, what else it touches. */
import type { KnownBlock, RichTextSection } from '@slack/types';
import type { Change, Plan } from '../../actions/action.ts';
import { planHash, same, shortHash } from '../../requests/plan-hash.ts';
import { literal, richList, richText, words } from '../rich-text.ts';
import { changeLine, stepsInFull, stepsInShort } from './playbook-blocks.ts';

type Elements = RichTextSection['elements'];

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

/** A register that only has to stay as it is; it is read and compared like the others. */
const stays = ({ before, after }: Change): boolean => same(before, after);

/** What is not in the list, so that it can be looked for in the plan. */
const unlisted = (left: number, already: number): readonly KnownBlock[] => {
  const parts = [
    ...(left > 0 ? [`and ${left} more`] : []),
    ...(already > 0 ? [`${already} ${already === 1 ? 'value is' : 'values are'} already so`] : []),
  ];
  return parts.length > 0 ? [richText([[literal(parts.join('; '), 'italic')]])] : [];
};

/** Up to so many a playbook is told by its steps alone. */
const fewChanges = 6;

/** At most `limit` changes, then how many more; of a playbook its steps. */
export const changeList = (plan: Plan, limit: number): readonly KnownBlock[] => {
  if (plan.playbook)
    return limit <= fewChanges
      ? stepsInShort(plan.playbook.steps)
      : stepsInFull(plan.playbook.steps);
  const changes = plan.changes.filter((change) => !stays(change));
  if (plan.changes.length === 0) return [];
  return [
    heading('What changes'),
    ...(changes.length > 0 ? [richList('ordered', changes.slice(0, limit).map(changeLine))] : []),
    ...unlisted(changes.length - limit, plan.changes.length - changes.length),
  ];
};

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
