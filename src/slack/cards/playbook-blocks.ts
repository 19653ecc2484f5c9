/** A playbook for people: its steps by phase, before it is approved and while it runs. */
import type { KnownBlock, RichTextSection } from '@slack/types';
import type { Change, PlannedStep } from '../../actions/action.ts';
import { phaseTitle } from '../../playbooks/combined-plan.ts';
import { words as valueInWords } from '../../requests/plan-hash.ts';
import type { Request } from '../../requests/request.ts';
import { literal, richList, richText, words } from '../rich-text.ts';

type Elements = RichTextSection['elements'];

export const changeLine = (change: Change): Elements => [
  literal(change.label, undefined, 160),
  words('\n'),
  literal(valueInWords(change.before), 'code', 160),
  words(' → '),
  literal(valueInWords(change.after), 'code', 160),
];

const stepLine = (step: PlannedStep, number: number): Elements => [
  literal(`${number}. ${phaseTitle[step.phase]}: `),
  literal(step.title, 'bold', 160),
  ...(step.kind === 'manual' ? [words(' – a person does it')] : []),
];

/** Changes of all steps together that one modal shows; the rest is counted. */
const changesPerStep = 12;

const under = (step: PlannedStep): readonly Elements[] => {
  switch (step.kind) {
    case 'action': {
      const left = step.plan.changes.length - changesPerStep;
      return [
        ...step.plan.changes.slice(0, changesPerStep).map(changeLine),
        ...(left > 0 ? [[literal(`and ${left} more`)]] : []),
      ];
    }
    case 'manual':
      return step.instructions.map((line) => [literal(line, undefined, 400)]);
    case 'check':
      return [];
    default:
      return step satisfies never;
  }
};

/** Every step with all that it changes or asks: for a modal. */
export const stepsInFull = (steps: readonly PlannedStep[]): readonly KnownBlock[] =>
  steps.flatMap((step, position) => {
    const lines = under(step);
    return [
      richText([stepLine(step, position + 1)]),
      ...(lines.length > 0 ? [richList('bullet', lines)] : []),
    ];
  });

const shortLine = (step: PlannedStep, number: number): Elements => [
  ...stepLine(step, number),
  ...(step.kind === 'action' ? [words(` (${step.plan.changes.length} changes)`)] : []),
];

/** One line a step: for a card. */
export const stepsInShort = (steps: readonly PlannedStep[]): readonly KnownBlock[] => [
  richText([[literal('Steps', 'bold')], ...steps.map((step, place) => shortLine(step, place + 1))]),
];

/** Steps of the whole list that this one still has to write, for a step that runs. */
const written = (request: Request, key: string): string => {
  const own = request.steps.filter(({ id }) => id.startsWith(`${key}/`));
  const done = own.filter(({ status }) => status === 'done').length;
  return done > 0 && done < own.length ? ` (${done} of ${own.length} changes made)` : '';
};

const markOf = (request: Request, step: PlannedStep): string => {
  const outcome = request.outcomes?.[step.key];
  if (outcome) return { done: '✓ ', skipped: '– Skipped: ', undone: '↩ Undone: ' }[outcome.state];
  if (request.halt?.step === step.key)
    return request.halt.kind === 'failed' ? '✗ Failed: ' : '☞ Waits for a person: ';
  return request.state === 'executing' || request.state === 'approved' || request.halt
    ? '○ '
    : '– Not done: ';
};

const runLine = (request: Request, step: PlannedStep): Elements => {
  const outcome = request.outcomes?.[step.key];
  return [
    words(markOf(request, step)),
    literal(`${phaseTitle[step.phase]}: ${step.title}`, undefined, 200),
    words(outcome ? '' : written(request, step.key)),
    ...(outcome?.by
      ? [words(', by '), literal(outcome.by.name ?? outcome.by.user, 'bold', 80)]
      : []),
    ...(outcome?.state === 'skipped' && outcome.lines[0]
      ? [words(': '), literal(outcome.lines[0], 'italic', 200)]
      : []),
  ].filter((element) => element.type !== 'text' || element.text !== '');
};

/** How each step stands. */
export const stepsAsTheyStand = (
  request: Request,
  steps: readonly PlannedStep[],
): readonly KnownBlock[] => [richText(steps.map((step) => runLine(request, step)))];

/** What a person has to do now, or why the run stands still. */
export const haltBlocks = (request: Request): readonly KnownBlock[] => {
  const { halt, plan } = request;
  const step = plan.playbook?.steps.find(({ key }) => key === halt?.step);
  if (!halt || !step) return [];
  if (step.kind === 'manual' && halt.kind === 'manual')
    return [
      richText([[literal('To do now', 'bold')]]),
      richList(
        'bullet',
        step.instructions.map((line) => [literal(line, undefined, 400)]),
      ),
    ];
  return [richText([[literal(`${halt.at}: ${halt.because}`, undefined, 600)]])];
};

/** The title of the step at which it stands still. */
export const haltTitle = ({ halt, plan }: Pick<Request, 'halt' | 'plan'>): string =>
  plan.playbook?.steps.find(({ key }) => key === halt?.step)?.title ?? halt?.at ?? 'a step';

/** Steps of a plan whose undo would change something. */
export const undoableSteps = (
  request: Request,
): readonly Extract<PlannedStep, { kind: 'action' }>[] =>
  (request.plan.playbook?.steps ?? []).flatMap((step) =>
    step.kind === 'action' &&
    step.plan.reversible.kind !== 'no' &&
    (request.outcomes?.[step.key]?.state === 'done' || written(request, step.key) !== '')
      ? [step]
      : [],
  );
