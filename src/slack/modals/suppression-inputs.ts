/** The part of the plan modal that asks what to suppress, with what each choice would have hidden. */
import type { KnownBlock, PlainTextOption } from '@slack/types';
import type { SuppressionChoice } from '../../rules/suppression-choices.ts';
import {
  hidesMuch,
  previewDays,
  type SuppressionPreview,
} from '../../rules/suppression-preview.ts';
import { planInputs } from '../controls.ts';
import { literal, richList, richText } from '../rich-text.ts';
import { plain } from '../text.ts';

const cases = (count: number): string => `${count} case${count === 1 ? '' : 's'}`;

/** At most 75 characters: Slack's limit for the description of an option. */
const previewInWords = (preview: SuppressionPreview | undefined): string => {
  if (!preview) return 'No preview: stored cases could not be read';
  const { count, highest, cutAt } = preview;
  const span = cutAt ? `Since ${cutAt.slice(0, 10)}` : `Last ${previewDays} days`;
  return highest === undefined
    ? `${span}: nothing`
    : `${span}: ${cases(count)}, highest ${highest}`;
};

const describe = ({ terms, preview, code }: SuppressionChoice): string => {
  if (!terms) return 'Archived where it is kept; nothing else is hidden';
  const shown = previewInWords(preview);
  return code === 'everywhere' ? `${shown}; needs an approver` : shown;
};

const option = (choice: SuppressionChoice): PlainTextOption => ({
  value: choice.code,
  text: plain(choice.label, 75),
  description: plain(describe(choice), 75),
});

const scopeInput = (choices: readonly SuppressionChoice[]): KnownBlock => {
  const options = choices.map(option);
  const [initial] = options;
  return {
    type: 'input',
    block_id: planInputs.scope.block,
    label: plain('What to suppress', 40),
    element: {
      type: 'radio_buttons',
      action_id: planInputs.scope.action,
      options,
      ...(initial ? { initial_option: initial } : {}),
    },
  };
};

const archiveInput = (): KnownBlock => ({
  type: 'input',
  block_id: planInputs.archive.block,
  optional: true,
  label: plain('In AWS', 40),
  element: {
    type: 'checkboxes',
    action_id: planInputs.archive.action,
    options: [
      {
        value: 'archive',
        text: plain('Also archive this finding in AWS', 75),
        description: plain(
          'Without it nothing in AWS changes; “Just this finding” always does',
          75,
        ),
      },
    ],
  },
});

const warning = ({ label, preview }: SuppressionChoice): readonly string[] =>
  preview && hidesMuch(preview)
    ? [
        `${label}: would have hidden ${cases(preview.count)}, ${preview.whole} of them wholly, up to ${preview.highest ?? ''}, since ${preview.oldest?.slice(0, 10) ?? ''}.`,
      ]
    : [];

const warnings = (choices: readonly SuppressionChoice[]): readonly KnownBlock[] => {
  const lines = choices.flatMap(warning);
  return lines.length === 0
    ? []
    : [
        richText([[literal('Look twice: this has been HIGH or CRITICAL', 'bold')]]),
        richList(
          'bullet',
          lines.map((line) => [literal(line, undefined, 300)]),
        ),
      ];
};

/** Nothing where there is nothing to choose: every other action, and the end of a suppression. */
export const suppressionInputs = (
  choices: readonly SuppressionChoice[],
  canArchive: boolean,
): readonly KnownBlock[] =>
  choices.length === 0
    ? []
    : [scopeInput(choices), ...(canArchive ? [archiveInput()] : []), ...warnings(choices)];
