/** The part of the plan modal in which people take in and leave out: one tick for each choice. */
import type { KnownBlock, PlainTextOption } from '@slack/types';
import type { Choice, Plan } from '../../actions/action.ts';
import { words as valueInWords } from '../../requests/plan-hash.ts';
import { planInputs } from '../controls.ts';
import { literal, richList, richText } from '../rich-text.ts';
import { plain } from '../text.ts';

/** Slack takes so many options in one group of check boxes: docs.slack.dev/reference/block-kit/block-elements/checkboxes-element */
const mostBoxes = 10;

interface Numbered {
  /** Its place in the plan's list: what comes back is looked up there. */
  readonly number: number;
  readonly choice: Choice;
}

const option = ({ number, choice: { change } }: Numbered): PlainTextOption => ({
  value: String(number),
  text: plain(change.label, 75),
  description: plain(`${valueInWords(change.before)} → ${valueInWords(change.after)}`, 75),
});

const boxes = (group: readonly Numbered[], title: string, position: number): KnownBlock => {
  const initial = group.filter(({ choice }) => choice.chosen).map(option);
  return {
    type: 'input',
    block_id: `${planInputs.choices.block}${position === 0 ? '' : `-${position}`}`,
    optional: true,
    label: plain(position === 0 ? title : `${title}, continued`, 60),
    element: {
      type: 'checkboxes',
      action_id: planInputs.choices.action,
      options: group.map(option),
      ...(initial.length > 0 ? { initial_options: initial } : {}),
    },
  };
};

const barredList = (choices: readonly Choice[]): readonly KnownBlock[] => {
  const barred = choices.flatMap(({ barred: why }) => (why ? [why] : []));
  return barred.length === 0
    ? []
    : [
        richText([[literal('Cannot be chosen', 'bold')]]),
        richList(
          'bullet',
          barred.map((why) => [literal(why, undefined, 600)]),
        ),
      ];
};

/** Nothing where nothing is up to people. */
export const choiceInputs = (
  { choices = [] }: Pick<Plan, 'choices'>,
  kind: 'contain' | 'undo',
): readonly KnownBlock[] => {
  const open = choices
    .map((choice, number) => ({ choice, number }))
    .filter(({ choice }) => choice.barred === undefined);
  const groups = Array.from({ length: Math.ceil(open.length / mostBoxes) }, (_, n) =>
    open.slice(n * mostBoxes, (n + 1) * mostBoxes),
  );
  const title = kind === 'undo' ? 'Undo these; the rest stays contained' : 'Besides, as chosen';
  return [
    ...groups.map((group, position) => boxes(group, title, position)),
    ...barredList(choices),
  ];
};
