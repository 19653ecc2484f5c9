/** What a review says, section by section: roles before names, and each line with its source. */

import { planTitle } from '../../actions/parts.ts';
import { leadFinding, mainResource } from '../../cases/case-findings.ts';
import type { Piece, ReviewLine, ReviewSection } from '../../cases/case-review.ts';
import { originName } from '../../findings/services.ts';
import { contributed, wentWell } from '../../reviews/factors.ts';
import type { FollowUp } from '../../reviews/follow-up.ts';
import { isLate, type Milestone, milestonesOf } from '../../reviews/milestones.ts';
import { type Moment, momentsOf, type Role } from '../../reviews/moments.ts';
import { isContainment, type ReviewRecord } from '../../reviews/record.ts';
import { duration, utc } from '../duration.ts';
import { classificationInWords } from '../modals/case-forms.ts';
import { factorInWords } from './factor-words.ts';

/** More than that is read in the record itself. */
const mostMoments = 150;

const words = (text: string): Piece => ({ words: text });
const quoted = (text: string): Piece => ({ quoted: text });

const summary = (record: ReviewRecord): readonly ReviewLine[] => {
  const { theCase, accountName } = record;
  const finding = leadFinding(theCase);
  const resource = mainResource(finding);
  const { resolved } = theCase;
  const count = Object.keys(theCase.findings).length;
  return [
    ...(theCase.drill ? [[words('This was a drill: nothing of it reached AWS')]] : []),
    [words(`${theCase.severity}: `), quoted(theCase.decision.title)],
    [
      words('Where: '),
      quoted(accountName ?? finding.account),
      words(', '),
      quoted(finding.region),
      ...(resource ? [words(', '), quoted(resource.id)] : []),
    ],
    [words('At risk: '), quoted(theCase.decision.atRisk)],
    [
      words(`Told by ${count === 1 ? 'one finding' : `${count} findings`}, the first of type `),
      quoted(finding.type),
    ],
    resolved
      ? [
          words(
            `It was: ${classificationInWords(resolved.classification)}. In the words of a responder: `,
          ),
          quoted(resolved.note),
        ]
      : [words('It is not resolved yet: this is what is known so far')],
  ];
};

const milestoneNames: { readonly [M in Milestone['what']]: string } = {
  seen: 'First seen by the source',
  detected: 'Detected: the case was opened',
  acknowledged: 'Acknowledged',
  decided: 'Decided: a containment was asked for',
  approved: 'Approved',
  contained: 'Contained and read back',
  resolved: 'Resolved',
};

const milestone = (one: Milestone, drill: boolean): ReviewLine => {
  const { what, at, afterMs, targetMs } = one;
  const name = drill && what === 'contained' ? 'Rehearsed to its end' : milestoneNames[what];
  const after =
    what === 'detected'
      ? ''
      : afterMs < 0
        ? `, ${duration(-afterMs)} before the case was opened`
        : `, after ${duration(afterMs)}`;
  const target =
    targetMs === undefined
      ? ''
      : ` (target ${duration(targetMs)}: ${isLate(one) ? 'missed' : 'kept'})`;
  return [words(`${name}: ${utc(at)}${after}${target}`)];
};

const roles: { readonly [R in Role]: string } = {
  responder: 'a responder',
  requester: 'the requester',
  approver: 'an approver',
  rule: 'an automation rule',
  cordon: 'Cordon',
  source: 'the source',
};

/** What is not here is named as the audit names it. */
const happened: Readonly<Record<string, string>> = {
  finding: 'Finding received',
  'case.opened': 'Case opened',
  'case.acknowledged': 'Acknowledged',
  'case.unacknowledged': 'Acknowledgement taken back',
  'case.assigned': 'Assigned',
  'case.commented': 'Comment',
  'case.snoozed': 'Snoozed',
  'case.snooze-ended': 'Snooze over',
  'case.escalated': 'Escalated',
  'case.paged': 'Called past Slack',
  'case.raised': 'Severity rose',
  'case.silenced': 'Over at its source',
  'case.resolved': 'Resolved',
  'case.reopened': 'Opened again',
  'case.absorbed': 'Another case goes on here',
  'case.owner-asked': 'Asked: was this you?',
  'case.owner-answered': 'Answered',
  'request.created': 'Asked for',
  'request.vote': 'Approved, more approvals needed',
  'request.approved': 'Approved',
  'request.denied': 'Denied',
  'request.withdrawn': 'Withdrawn',
  'request.expired': 'Request expired',
  'request.reminded': 'Reminded',
  'request.called': 'Approvers called',
  'request.glass-broken': 'Glass broken',
  'request.drifted': 'Plan void: live state had changed',
  'request.executing': 'Execution began',
  'step.done': 'Step done',
  'request.contained': 'Contained',
  'request.rehearsed': 'Rehearsed',
  'request.undo-rehearsed': 'Undo rehearsed',
  'drill.ended': 'Drill over',
  'request.failed': 'Failed',
  'request.undone': 'Undo done',
  'request.stopping': 'Stopped half-way',
  'request.resumed': 'Went on',
  'containment.countered': 'Taken back by somebody, put back by Cordon',
  'containment.changed': 'Changed by somebody while in force',
  'containment.as-left': 'As Cordon left it again',
  'containment.ended': 'Containment ended',
  'containment.review': 'Asked whether it is still needed',
  'click.refused': 'A press was refused',
  'case.evidence-asked': 'Evidence asked for',
  'case.evidence-skipped': 'Evidence left out',
  'case.evidence-stored': 'Evidence stored',
  'automation.shadow': 'Automation in shadow',
  'automation.asked': 'Automation announced',
  'automation.held': 'Automation held back',
  'automation.launched': 'Automation began',
  'automation.vetoed': 'Automation stopped',
};

const places = { comment: 'Slack comment, ', aws: 'AWS call, ', audit: '' } as const;

const source = ({ from }: Moment): string => {
  if (from.kind === 'finding') return `${originName(from.source)} finding`;
  const entry = from.seq === undefined ? 'audit, not chained yet' : `audit entry ${from.seq}`;
  return `${places[from.kind]}${entry}`;
};

const moment = (one: Moment): ReviewLine => {
  const known = happened[one.kind];
  return [
    words(`${one.at.slice(0, 10)} ${one.at.slice(11, 19)} UTC · `),
    known ? words(known) : quoted(one.kind),
    ...(one.role === 'source' || one.role === 'cordon'
      ? []
      : [words(` by ${roles[one.role]}`), ...(one.who ? [words(' '), quoted(one.who)] : [])]),
    words(': '),
    quoted(one.about),
    words(` (${source(one)})`),
  ];
};

const timeline = (record: ReviewRecord): readonly ReviewLine[] => {
  const all = momentsOf(record);
  const left = all.length - mostMoments;
  return [
    ...all.slice(0, mostMoments).map(moment),
    ...(left > 0
      ? [[words(`${left} more are in the record: `), quoted(`/cordon audit ${record.theCase.id}`)]]
      : []),
  ];
};

const inForce = ({ requests }: ReviewRecord): readonly ReviewLine[] =>
  requests
    .filter(
      (request) => isContainment(request) && request.state === 'contained' && !request.plan.drill,
    )
    .map(({ id, plan }) => [
      quoted(planTitle(plan)),
      words(': '),
      quoted(plan.summary),
      words(' '),
      quoted(id),
    ]);

const followUp = ({ text, owner, due }: FollowUp): ReviewLine => [
  quoted(text),
  words(' · owner '),
  quoted(owner),
  words(` · due ${due}`),
];

const questions = [
  'What would have shown this to us earlier?',
  'What made a decision harder than it had to be?',
  'What did we believe that turned out to be different?',
  'Where were we lucky?',
] as const;

const orPrompt = (lines: readonly ReviewLine[], prompt: string): readonly ReviewLine[] =>
  lines.length > 0 ? lines : [[words(prompt)]];

export const reviewSections = (record: ReviewRecord): readonly ReviewSection[] => {
  const open = record.followUps.filter(({ state }) => state === 'open');
  const still = inForce(record);
  return [
    { title: 'Summary', kind: 'facts', lines: summary(record) },
    {
      title: 'Times',
      kind: 'facts',
      lines: milestonesOf(record).map((one) => milestone(one, record.theCase.drill !== undefined)),
    },
    {
      title: 'What went well',
      kind: 'facts',
      lines: orPrompt(wentWell(record).map(factorInWords), 'The record names nothing. What did?'),
    },
    {
      title: 'Contributing factors',
      kind: 'facts',
      lines: orPrompt(
        contributed(record).map(factorInWords),
        'The record names none. What else made it possible, or harder?',
      ),
    },
    ...(still.length > 0
      ? [{ title: 'Still in force', kind: 'facts', lines: still } as const]
      : []),
    { title: 'Questions for us', kind: 'prompts', lines: questions.map((one) => [words(one)]) },
    open.length > 0
      ? { title: 'Follow-ups', kind: 'tasks', lines: open.map(followUp) }
      : {
          title: 'Follow-ups',
          kind: 'prompts',
          lines: [[words('None yet. “Add follow-up” in the thread of the case adds one.')]],
        },
    { title: 'Timeline', kind: 'facts', lines: timeline(record) },
  ];
};
