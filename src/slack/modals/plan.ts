/** The plan modal: what would happen, and one tap for the reason. Submitting it is the request. */
import type { KnownBlock, PlainTextOption } from '@slack/types';
import type { Plan } from '../../actions/action.ts';
import { asksUntilWhen } from '../../actions/parts.ts';
import type { Severity } from '../../findings/finding.ts';
import { consentInWords } from '../../requests/tiers.ts';
import type { SuppressionChoice } from '../../rules/suppression-choices.ts';
import { drillBlock } from '../cards/drill-messages.ts';
import {
  blastRadiusList,
  cannotList,
  changeList,
  planPlace,
  undoLine,
} from '../cards/plan-blocks.ts';
import { planCallback, planInputs } from '../controls.ts';
import { literal, richText } from '../rich-text.ts';
import { plain } from '../text.ts';
import { choiceInputs } from './choice-inputs.ts';
import { reasonsFor } from './reasons.ts';
import { suppressionDays } from './suppression-days.ts';
import { suppressionInputs } from './suppression-inputs.ts';
import { type ModalView, modal } from './view.ts';

export interface PlanScreen {
  readonly plan: Plan;
  readonly token: string;
  readonly kind: 'contain' | 'undo';
  readonly accountName: string | undefined;
  readonly severity: Severity;
  readonly suppression: {
    readonly defaultDays: number;
    readonly maximumDays: number;
    readonly maximumDaysCritical: number;
  };
  readonly quickUndo: boolean;
  /** What whoever asked with words has to know: which case it belongs to. */
  readonly note?: string;
  /** What may be suppressed; empty for any other plan. */
  readonly choices: readonly SuppressionChoice[];
}

const option = (value: string, label: string): PlainTextOption => ({
  value,
  text: plain(label, 75),
});

const reasonInputs = (screen: PlanScreen): readonly KnownBlock[] => [
  {
    type: 'input',
    block_id: planInputs.reason.block,
    label: plain('Reason', 40),
    element: {
      type: 'radio_buttons',
      action_id: planInputs.reason.action,
      options: reasonsFor({ expires: asksUntilWhen(screen.plan) }, screen.kind).map(
        ({ code, label }) => option(code, label),
      ),
    },
  },
  {
    type: 'input',
    block_id: planInputs.text.block,
    optional: true,
    label: plain('Anything to add', 40),
    element: {
      type: 'plain_text_input',
      action_id: planInputs.text.action,
      max_length: 500,
      placeholder: plain('Ticket, observation, who was told', 60),
    },
  },
];

const daysInput = (screen: PlanScreen): readonly KnownBlock[] => {
  if (!asksUntilWhen(screen.plan) || screen.kind === 'undo') return [];
  const days = suppressionDays(screen);
  const options = days.map((count) =>
    option(String(count), count === 1 ? '1 day' : `${count} days`),
  );
  const initial = options[days.indexOf(screen.suppression.defaultDays)] ?? options.at(-1);
  return [
    {
      type: 'input',
      block_id: planInputs.days.block,
      label: plain('For how long', 40),
      element: {
        type: 'static_select',
        action_id: planInputs.days.action,
        options,
        ...(initial ? { initial_option: initial } : {}),
      },
    },
  ];
};

const consent = (screen: PlanScreen): string =>
  screen.quickUndo
    ? 'You may undo this alone: it is recent, yours, and nothing has drifted.'
    : consentInWords(screen.plan.tier);

const submitLabel = ({ plan, kind, choices }: PlanScreen): string => {
  if (plan.tier > 1) return 'Ask for approval';
  if (kind === 'undo') return 'Undo now';
  return choices.length > 0 ? 'Suppress' : 'Run now';
};

/** Values of an undo may be long: in full here, in short beside their boxes. */
const withEveryChoice = (plan: Plan): Plan => ({
  ...plan,
  changes: plan.choices
    ? plan.choices.filter(({ barred }) => !barred).map(({ change }) => change)
    : plan.changes,
});

/** What is up to people has its before and after beside its box. */
const withoutChoices = (plan: Plan): Plan => ({
  ...plan,
  changes: plan.changes.filter(({ id }) => !plan.choices?.some(({ change }) => change.id === id)),
});

/** Slack shows at most 24 characters. */
const titleOf = ({ drill }: Plan, kind: PlanScreen['kind']): string => {
  if (drill) return kind === 'undo' ? 'DRILL: undo, the plan' : 'DRILL: the plan';
  return kind === 'undo' ? 'Undo: the plan' : 'The plan';
};

export const planView = (screen: PlanScreen): ModalView => {
  const { plan, kind } = screen;
  return modal({
    callback: planCallback,
    title: titleOf(plan, kind),
    submit: submitLabel(screen),
    metadata: screen.token,
    blocks: [
      ...(plan.drill ? [drillBlock] : []),
      richText([
        [literal(plan.summary, 'bold', 300)],
        planPlace(plan, screen.accountName),
        ...(screen.note ? [[literal(screen.note, 'italic', 200)]] : []),
      ]),
      ...changeList(kind === 'undo' ? withEveryChoice(plan) : withoutChoices(plan), 20),
      ...choiceInputs(plan, kind),
      richText([[literal(undoLine(plan, kind), undefined, 400)], [literal(consent(screen))]]),
      ...suppressionInputs(screen.choices, plan.changes.length > 0),
      ...reasonInputs(screen),
      ...daysInput(screen),
      { type: 'divider' },
      ...cannotList(plan, 8),
      ...blastRadiusList(plan, 8),
    ],
  });
};
