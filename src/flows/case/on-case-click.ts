/** From a control or a form about a case to the one flow it is for. */
import {
  type CaseForm,
  type CaseVerb,
  caseInputs,
  parseReference,
  type Reference,
} from '../../slack/controls.ts';
import type { ViewSubmission } from '../../slack/interaction.ts';
import { type Click, refuseClick } from '../click.ts';
import type { WorkerPorts } from '../ports.ts';
import { acknowledge, unacknowledge } from './acknowledge.ts';
import { answerOwner, askOwner } from './ask-owner.ts';
import { offerAssign, submitAssign } from './assign.ts';
import type { Named } from './case-for.ts';
import { gatherNow } from './evidence.ts';
import { showOptions, showTimeline } from './look.ts';
import { offerMerge, submitMerge } from './merge.ts';
import { reopen } from './reopen.ts';
import { offerResolve, submitResolve } from './resolve.ts';
import { offerSnooze, submitSnooze, wakeUp } from './snooze.ts';
import { offerSplit, submitSplit } from './split.ts';

/** Loaded when somebody asks: what is in a hurry does without them. */
const followUps = () => import('./follow-up.ts');

type Flow = (ports: WorkerPorts, click: Click, named: Named, page: number) => Promise<void>;

const flows: { readonly [V in CaseVerb]: Flow } = {
  acknowledge,
  unacknowledge,
  resolve: offerResolve,
  reopen,
  snooze: offerSnooze,
  wake: wakeUp,
  assign: offerAssign,
  timeline: showTimeline,
  'timeline-older': showTimeline,
  'timeline-newer': showTimeline,
  options: showOptions,
  merge: offerMerge,
  split: offerSplit,
  'ask-owner': askOwner,
  evidence: gatherNow,
  'was-me': (ports, click, named) => answerOwner(ports, click, named, true),
  'was-not-me': (ports, click, named) => answerOwner(ports, click, named, false),
  'follow-up': async (ports, click, named) =>
    (await followUps()).offerFollowUp(ports, click, named),
};

/** The third part of a reference is a page where it is a number. */
const pageOf = ({ offer = '' }: Reference): number =>
  /^[0-9a-f]{8}$/.test(offer) ? Number.parseInt(offer, 16) : 0;

export const onCaseVerb = (
  ports: WorkerPorts,
  click: Click,
  verb: CaseVerb,
  reference: Reference,
): Promise<void> =>
  flows[verb](ports, click, { caseId: reference.id, token: reference.token }, pageOf(reference));

export const submitCaseForm = async (
  ports: WorkerPorts,
  click: Click,
  form: CaseForm,
  view: ViewSubmission,
): Promise<void> => {
  const reference = parseReference(view.privateMetadata);
  if (!reference)
    return refuseClick(ports, click, {
      code: 'unknown-control',
      because: 'This form does not carry anything that Cordon drew.',
      needed: 'the buttons of a card',
    });
  const named = { caseId: reference.id, token: reference.token };
  const entered = ({ block, action }: { readonly block: string; readonly action: string }) =>
    view.values[block]?.[action] ?? '';
  switch (form) {
    case 'resolve':
      return submitResolve(ports, click, named, {
        classification: entered(caseInputs.classification),
        note: entered(caseInputs.note),
      });
    case 'snooze':
      return submitSnooze(ports, click, named, {
        hours: Number(entered(caseInputs.hours)),
        reason: entered(caseInputs.reason),
      });
    case 'assign':
      return submitAssign(ports, click, named, entered(caseInputs.assignee));
    case 'merge':
      return submitMerge(ports, click, named, entered(caseInputs.other));
    case 'split':
      return submitSplit(ports, click, named, entered(caseInputs.finding));
    case 'follow-up':
      return (await followUps()).submitFollowUp(ports, click, named, {
        text: entered(caseInputs.task),
        owner: entered(caseInputs.owner),
        due: entered(caseInputs.due),
      });
    default:
      return form satisfies never;
  }
};
