/**
 * The message of a request in its thread: first the approval card, then the same message tells the
 * truth as it runs, ends, or is undone.
 */

import type { Button, KnownBlock, RichTextElement } from '@slack/types';
import { canUndo, hasBegun, isAutomatic, type Request } from '../../requests/request.ts';
import { controls, reference } from '../controls.ts';
import { mrkdwn, ours } from '../mrkdwn.ts';
import { literal, richList, richText, words } from '../rich-text.ts';
import { safe } from '../text.ts';
import { alone, named } from './alone.ts';
import { announcedBody, announcedButtons, calledOffBody } from './announced.ts';
import { button } from './button.ts';
import { blastRadiusList, cannotList, changeList, planPlace, undoLine } from './plan-blocks.ts';
import { haltBlocks, stepsAsTheyStand } from './playbook-blocks.ts';
import { clock, headline, type RequestFacts } from './request-headline.ts';
import { namedRequester } from './requester.ts';
import { lines, sinceThen } from './since-then.ts';

const about = (facts: RequestFacts): KnownBlock => {
  const { request, theCase } = facts;
  return richText([
    [literal(request.plan.summary, 'bold', 300)],
    [literal(theCase.severity), words(' · '), literal(theCase.decision.title, undefined, 150)],
    planPlace(request.plan, facts.accountName),
    [
      words('Asked by '),
      namedRequester(request),
      words(': '),
      literal(request.reason.label),
      ...(request.reason.text ? [words(' – '), literal(request.reason.text, 'italic', 500)] : []),
    ],
    ...request.votes
      .filter(({ verdict }) => verdict === 'approve')
      .map((vote) => [words('Approved by '), named(vote.person)]),
    ...why(request),
  ]);
};

/** Why it went on, or did not: apart from the state, literally. */
const why = ({ glass, votes }: Request): readonly (readonly RichTextElement[])[] => {
  const denial = votes.find(({ verdict }) => verdict === 'deny');
  return [
    ...(glass
      ? [
          [
            words('Without an approver, by '),
            named(glass.by),
            words(': '),
            literal(glass.reason, 'italic', 500),
          ],
        ]
      : []),
    ...(denial?.reason ? [[words('Why not: '), literal(denial.reason, 'italic', 500)]] : []),
  ];
};

const steps = (request: Request): readonly KnownBlock[] => {
  if (request.kind === 'contain' && request.plan.playbook)
    return hasBegun(request) || request.halt
      ? stepsAsTheyStand(request, request.plan.playbook.steps)
      : [];
  return request.steps.length === 0
    ? []
    : [
        richText(
          request.steps.map((step) => [
            words(stepMark(request, step)),
            literal(step.title, undefined, 200),
          ]),
        ),
      ];
};

const stepMark = (request: Request, step: Request['steps'][number]): string => {
  if (step.status === 'done') return '✓ ';
  if (request.failure?.step === step.title) return '✗ Failed: ';
  return request.state === 'approved' || request.state === 'executing' ? '○ ' : '– Not done: ';
};

const disclosed = (request: Request): readonly KnownBlock[] =>
  request.disclosed.length === 0
    ? []
    : [
        richText([[literal('Changed since the plan was shown (recorded as found)', 'bold')]]),
        richList(
          'bullet',
          request.disclosed.map((line) => [literal(line, undefined, 400)]),
        ),
      ];

/** How something that stands still can go on. */
const goOn = (request: Request, value: string): Button[] => {
  if (!request.halt)
    return [button({ id: controls.finish, label: 'Finish the rest', value, style: 'primary' })];
  switch (request.halt.kind) {
    case 'failed':
      return [
        button({ id: controls.finish, label: 'Try again', value, style: 'primary' }),
        button({ id: controls.stepSkip, label: 'Skip…', value }),
      ];
    case 'manual':
      return [
        button({ id: controls.stepDone, label: 'Done', value, style: 'primary' }),
        button({ id: controls.stepSkip, label: 'Skip…', value }),
      ];
    default:
      return request.halt.kind satisfies never;
  }
};

const buttons = (request: Request): readonly KnownBlock[] => {
  const value = reference(request.id, request.token);
  const elements = (() => {
    switch (request.state) {
      case 'announced':
        return announcedButtons(value);
      case 'pending':
        return [
          button({ id: controls.approve, label: 'Approve', value, style: 'primary' }),
          button({ id: controls.deny, label: 'Deny', value, style: 'danger' }),
          button({ id: controls.viewPlan, label: 'View plan', value }),
          button({ id: controls.withdraw, label: 'Withdraw', value }),
        ];
      case 'executing':
        return [
          button({ id: controls.stop, label: 'Stop after this step', value, style: 'danger' }),
        ];
      case 'stopping':
        return goOn(request, value);
      default:
        return [];
    }
  })();
  if (canUndo(request))
    elements.push(
      button({
        id: controls.undo,
        label: request.state === 'contained' ? 'Undo' : 'Undo what was done',
        value,
      }),
    );
  if (request.plan.playbook && request.kind === 'contain' && canUndo(request))
    elements.push(button({ id: controls.viewPlan, label: 'View plan', value }));
  return elements.length === 0 ? [] : [{ type: 'actions', block_id: 'request', elements }];
};

/** How long is part of what is approved. */
const holds = (request: Request): readonly KnownBlock[] =>
  [request.holdsUntil ?? request.endsAt ?? []].flat().map((end) => ({
    type: 'section',
    block_id: 'holds',
    text: mrkdwn`*Holds until* ${clock(end)}, then it ends by itself`,
  }));

/** Who can take it back, where it can be taken back. */
const afterwards = ({ request, quickUndoMinutes }: RequestFacts): readonly KnownBlock[] =>
  request.plan.playbook && !canUndo(request)
    ? []
    : [
        {
          type: 'context',
          block_id: 'afterwards',
          elements: [
            request.plan.suppresses
              ? mrkdwn`Any responder can end it, here or with /cordon suppressions.`
              : mrkdwn`${ours(isAutomatic(request) ? 'Any responder' : 'Requester or approver')} can undo this alone for ${quickUndoMinutes} minutes after verification; later it needs the same approvals.`,
          ],
        },
      ];

const body = (facts: RequestFacts): readonly KnownBlock[] => {
  const { request } = facts;
  switch (request.state) {
    case 'announced':
      return announcedBody(request);
    case 'pending':
      return [
        ...changeList(request.plan, 6),
        ...cannotList(request.plan, 2),
        ...blastRadiusList(request.plan, 3),
        ...holds(request),
        richText([
          [literal(undoLine(request.plan, request.kind), undefined, 300)],
          [literal('If nobody acts: nothing is changed, and the request expires.')],
        ]),
      ];
    case 'contained':
      return [
        ...(request.plan.playbook ? steps(request) : lines(request.ended?.lines ?? [])),
        ...sinceThen(request),
        ...disclosed(request),
        ...afterwards(facts),
      ];
    case 'failed':
      return [
        richText([[literal(request.failure?.because ?? 'no reason recorded', undefined, 600)]]),
        ...steps(request),
      ];
    case 'undone':
      return request.plan.playbook && request.kind === 'contain'
        ? []
        : lines(request.ended?.lines ?? []);
    case 'undo-failed':
      return request.failure
        ? [richText([[literal(request.failure.because, undefined, 600)]]), ...steps(request)]
        : steps(request);
    case 'approved':
    case 'executing':
    case 'stopping':
    case 'undoing':
      return [...disclosed(request), ...haltBlocks(request), ...steps(request)];
    case 'withdrawn':
      return calledOffBody(request);
    case 'denied':
    case 'expired':
      return [];
    default:
      return request.state satisfies never;
  }
};

export const requestCard = (facts: RequestFacts): readonly KnownBlock[] => [
  { type: 'section', block_id: 'headline', text: headline(facts) },
  about(facts),
  ...body(facts),
  ...buttons(facts.request),
  ...alone(facts),
];

const headOf = ({ state, plan }: Request): string => {
  if (state === 'announced') return 'Runs by itself unless stopped';
  if (plan.drill && (state === 'contained' || state === 'undone'))
    return state === 'contained' ? 'Request rehearsed' : 'Request undone in the drill';
  return state === 'pending' ? 'Approval needed' : `Request ${state}`;
};

/** Lock-screen text, at most 120 characters. */
export const requestText = (facts: RequestFacts): string => {
  const { request } = facts;
  return safe(`${headOf(request)}: ${request.plan.summary}`, 120);
};

/** What is left of an approval card whose plan is void. */
export const supersededCard = (): readonly KnownBlock[] => [
  {
    type: 'section',
    block_id: 'headline',
    text: mrkdwn`:warning: *This plan is void.* Live state changed between approval and start, nothing was changed, and its approvals do not count. A new plan follows in this thread.`,
  },
];
