/** The forms about a case: what it was, how long it can wait, who has it, what it belongs to. */
import type { KnownBlock, PlainTextOption } from '@slack/types';
import { type Case, type Classification, classifications, findingKey } from '../../cases/case.ts';
import { leadFinding, mainResource, toldFindings } from '../../cases/case-findings.ts';
import { snoozeHours } from '../../cases/snooze.ts';
import { addMessageCallback, type CaseForm, caseInputs, reference } from '../controls.ts';
import { literal, richText, words } from '../rich-text.ts';
import { plain } from '../text.ts';
import { type ModalView, modal } from './view.ts';

type Input = (typeof caseInputs)[keyof typeof caseInputs];

const option = (value: string, label: string, description?: string): PlainTextOption => ({
  value,
  text: plain(label, 75),
  ...(description ? { description: plain(description, 75) } : {}),
});

const select = (input: Input, label: string, options: readonly PlainTextOption[]): KnownBlock => ({
  type: 'input',
  block_id: input.block,
  label: plain(label, 60),
  element: { type: 'static_select', action_id: input.action, options: [...options] },
});

const radio = (input: Input, label: string, options: readonly PlainTextOption[]): KnownBlock => ({
  type: 'input',
  block_id: input.block,
  label: plain(label, 60),
  element: { type: 'radio_buttons', action_id: input.action, options: [...options] },
});

const textInput = (input: Input, label: string, placeholder: string): KnownBlock => ({
  type: 'input',
  block_id: input.block,
  label: plain(label, 60),
  element: {
    type: 'plain_text_input',
    action_id: input.action,
    multiline: true,
    min_length: 3,
    max_length: 1000,
    placeholder: plain(placeholder, 100),
  },
});

const about = (theCase: Case): KnownBlock =>
  richText([
    [
      words(`${theCase.severity}  `, 'bold'),
      literal(theCase.decision.title, undefined, 150),
      words('  case '),
      literal(theCase.id, 'code'),
    ],
  ]);

const form = (
  theCase: Case,
  parts: {
    readonly callback: CaseForm;
    readonly title: string;
    readonly submit: string;
    readonly blocks: readonly KnownBlock[];
  },
): ModalView =>
  modal({
    ...parts,
    metadata: reference(theCase.id, theCase.token),
    blocks: [about(theCase), ...parts.blocks],
  });

const meanings: Readonly<Record<Classification, readonly [label: string, meaning: string]>> = {
  'true-positive': ['True positive', 'An attack, or a real weakness'],
  benign: ['Benign', 'It did happen, and it was meant to'],
  'false-positive': ['False positive', 'It did not happen, or is no risk'],
  test: ['Test', 'A drill, a scan of ours or a sample'],
};

export const classificationInWords = (classification: Classification): string =>
  meanings[classification][0];

export const resolveView = (theCase: Case): ModalView =>
  form(theCase, {
    callback: 'resolve',
    title: 'Resolve',
    submit: 'Resolve',
    blocks: [
      radio(
        caseInputs.classification,
        'What was it?',
        classifications.map((one) => option(one, ...meanings[one])),
      ),
      textInput(caseInputs.note, 'Note', 'What you found and what was done, for whoever reads it'),
    ],
  });

export const snoozeView = (theCase: Case): ModalView =>
  form(theCase, {
    callback: 'snooze',
    title: 'Snooze',
    submit: 'Snooze',
    blocks: [
      select(
        caseInputs.hours,
        'For how long',
        snoozeHours(theCase.severity).map((hours) =>
          option(String(hours), hours === 1 ? '1 hour' : `${hours} hours`),
        ),
      ),
      textInput(caseInputs.reason, 'Why it can wait', 'Waiting for the owner of the server'),
      richText([[literal('It wakes up earlier when it gets worse or somebody new appears.')]]),
    ],
  });

const personInput = (input: Input, label: string, user: string): KnownBlock => ({
  type: 'input',
  block_id: input.block,
  label: plain(label, 60),
  element: { type: 'users_select', action_id: input.action, initial_user: user },
});

/** `user`: whoever opened it; taking it is one tap. */
export const assignView = (theCase: Case, user: string): ModalView =>
  form(theCase, {
    callback: 'assign',
    title: 'Assign',
    submit: 'Assign',
    blocks: [personInput(caseInputs.assignee, 'Who has it from now on', user)],
  });

/** `user`: whoever opened it; `due`: the day that is proposed, `2026-12-01`. */
export const followUpView = (theCase: Case, user: string, due: string): ModalView =>
  form(theCase, {
    callback: 'follow-up',
    title: 'Add follow-up',
    submit: 'Add',
    blocks: [
      textInput(caseInputs.task, 'What is to be done', 'Turn IMDSv1 off in the launch template'),
      personInput(caseInputs.owner, 'Who sees to it', user),
      {
        type: 'input',
        block_id: caseInputs.due.block,
        label: plain('Until when', 60),
        element: { type: 'datepicker', action_id: caseInputs.due.action, initial_date: due },
      },
      richText([[literal('It is in the digest and in their Home tab until somebody closes it.')]]),
    ],
  });

const caseOption = (one: Case): PlainTextOption => {
  const finding = leadFinding(one);
  return option(
    one.id,
    `${one.severity} ${one.decision.title}`,
    `${one.id} · ${mainResource(finding)?.id ?? finding.region}`,
  );
};

export const mergeView = (theCase: Case, others: readonly Case[]): ModalView =>
  form(theCase, {
    callback: 'merge',
    title: 'Merge',
    submit: 'Merge',
    blocks: [
      select(caseInputs.other, 'It goes on in', others.map(caseOption)),
      richText([
        [
          literal(
            'What comes later for this case goes there. This card stays, says so, and is closed.',
          ),
        ],
      ]),
    ],
  });

/** `text` is anybody's; `token` names the message that was kept for this form. */
export const addMessageView = (
  cases: readonly Case[],
  { token, text }: { readonly token: string; readonly text: string },
): ModalView =>
  modal({
    callback: addMessageCallback,
    title: 'Add to a case',
    submit: 'Add',
    metadata: token,
    blocks: [
      richText([[literal(text, 'italic', 500)]]),
      select(caseInputs.other, 'Which case', cases.map(caseOption)),
      richText([
        [literal('It is kept in the record, and shown under the last comment of the card.')],
      ]),
    ],
  });

export const splitView = (theCase: Case): ModalView =>
  form(theCase, {
    callback: 'split',
    title: 'Split',
    submit: 'Split',
    blocks: [
      select(
        caseInputs.finding,
        'Which finding gets a case of its own',
        toldFindings(theCase).map(({ finding, title }) =>
          option(
            findingKey(finding.canonicalId),
            `${finding.severity} ${title}`,
            mainResource(finding)?.id ?? finding.type,
          ),
        ),
      ),
    ],
  });
