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

const conditions = (step: PlaybookStep): readonly string[] => [
  ...(step.kind === 'action' && step.insteadOf
    ? [`   Only if \`${step.insteadOf}\` is not possible.`]
    : []),
  ...(step.needs ? [`   Only after ${step.needs.map((id) => `\`${id}\``).join(', ')}.`] : []),
];

const stepText = (step: PlaybookStep, number: number): readonly string[] => {
  switch (step.kind) {
    case 'action': {
      const action = actionById(step.action);
      if (!action) return [];
      return [
        `${number}. **${action.title}**, ${step.on.words} (\`${step.id}\`). Cordon does it: tier ${action.tier}.`,
        ...conditions(step),
        '   By hand:',
        '',
        ...commands(action.byHand),
      ];
    }
    case 'manual':
      return [
        `${number}. **${step.title}** (\`${step.id}\`). A person does it and ticks it in Slack.`,
        ...conditions(step),
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
  return [
    `### ${phaseTitle[phase]}`,
    '',
    ...steps.flatMap((step) => stepText(step, playbook.steps.indexOf(step) + 1)),
    '',
  ];
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

export const playbooksDocument = (): string =>
  `${[
    '# Playbooks',
    '',
    'Generated from `src/playbooks/index.ts`; do not edit. Each is what Cordon offers on a card as one plan',
    'with one approval, and a runbook that can be followed without it: the commands are under each step, with',
    'words in capitals for names and ids. Do the steps in their order, and write each value down before you',
    'change it.',
    '',
    playbooks.map(section).join('\n\n'),
  ].join('\n')}\n`;
