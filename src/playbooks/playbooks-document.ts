/** docs/playbooks.md, generated from the one list: a runbook for somebody without Cordon. */
import { type Phase, phases } from '../actions/action.ts';
import { actionById } from '../actions/index.ts';
import { phaseTitle } from './combined-plan.ts';
import { playbooks } from './index.ts';
import type { Playbook, PlaybookStep } from './playbook.ts';

const commands = (lines: readonly string[]): readonly string[] => [
  '   ```sh',
  ...lines.map((line) => `   ${line}`),
  '   ```',
];

/** Steps are named by their numbers: whoever works by hand has no ids. */
const numbered = ({ steps }: Playbook, ids: readonly string[]): string =>
  ids.map((id) => `step ${steps.findIndex((step) => step.id === id) + 1}`).join(' and ');

const conditions = (playbook: Playbook, step: PlaybookStep): readonly string[] => [
  ...(step.kind === 'action' && step.insteadOf
    ? [`   Only if ${numbered(playbook, [step.insteadOf])} is not possible.`]
    : []),
  ...(step.needs ? [`   Only after ${numbered(playbook, step.needs)}.`] : []),
];

const stepText = (playbook: Playbook, step: PlaybookStep): readonly string[] => {
  const number = playbook.steps.indexOf(step) + 1;
  switch (step.kind) {
    case 'action': {
      const action = actionById(step.action);
      if (!action) return [];
      return [
        `${number}. **${action.title}**, ${step.on.words} (\`${step.id}\`). Cordon does it: tier ${action.tier}.`,
        ...conditions(playbook, step),
        '   By hand:',
        '',
        ...commands(action.byHand),
      ];
    }
    case 'manual':
      return [
        `${number}. **${step.title}** (\`${step.id}\`). A person does it and ticks it in Slack.`,
        ...conditions(playbook, step),
        ...step.instructions.map((line) => `   - ${line}`),
      ];
    case 'check':
      return [
        `${number}. **${step.title}** (\`${step.id}\`). Cordon reads back every value that it changed; by hand, run the commands that read again.`,
      ];
    default:
      return step satisfies never;
  }
};

const phaseText = (playbook: Playbook, phase: Phase): readonly string[] => {
  const steps = playbook.steps.filter((step) => step.phase === phase);
  if (steps.length === 0) return [];
  return [`### ${phaseTitle[phase]}`, '', ...steps.flatMap((step) => stepText(playbook, step)), ''];
};

const section = (playbook: Playbook): string =>
  [
    `## ${playbook.title}`,
    '',
    `${playbook.situation} Id \`${playbook.id}\`.`,
    '',
    `Recommended from ${playbook.applies.from} on, for ${playbook.applies.resources.join(', ')}, by the rules ${playbook.applies.rules
      .map((id) => `\`${id}\``)
      .join(', ')}${
      playbook.applies.types
        ? `; by your own rules for types like \`${playbook.applies.types.source.replaceAll('|', ' or ')}\``
        : ''
    }.`,
    '',
    ...phases.flatMap((phase) => phaseText(playbook, phase)),
    ...playbook.links.map((link) => `- <${link}>`),
  ].join('\n');

/** As GitHub makes them of headings. */
const anchor = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');

const contents = (): readonly string[] => [
  '| what happened | playbook |',
  '|---|---|',
  ...playbooks.map(
    ({ title, situation }) =>
      `| ${situation.replaceAll('|', '\\|')} | [${title}](#${anchor(title)}) |`,
  ),
];

export const playbooksDocument = (): string =>
  `${[
    '# Playbooks',
    '',
    'Generated from `src/playbooks/index.ts`; do not edit. Each is what Cordon offers on a card as one plan',
    'with one approval, and a runbook that can be followed without it: the commands are under each step, with',
    'words in capitals for names and ids. Do the steps in their order, and write each value down before you',
    'change it: undo puts back what was there.',
    '',
    'By hand you need the AWS CLI, version 2, with credentials of the account that the finding names, and its Region',
    '(`export AWS_REGION=…`; IAM has none). Read what each command answers before you go',
    'on with the next step. Who does the work, when, and what came back belongs into the incident’s notes; with Cordon',
    'that is the audit, and a tick in Slack.',
    '',
    ...contents(),
    '',
    playbooks.map(section).join('\n\n'),
  ].join('\n')}\n`;
