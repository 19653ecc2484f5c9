/** The whole plan of a request, with Approve and Deny inside the approver's view. */

import type { KnownBlock } from '@slack/types';
import type { Case } from '../../cases/case.ts';
import { canUndo, type Request } from '../../requests/request.ts';
import { consentInWords } from '../../requests/tiers.ts';
import { button } from '../cards/button.ts';
import {
  blastRadiusList,
  cannotList,
  changeList,
  planPlace,
  undoLine,
} from '../cards/plan-blocks.ts';
import { undoableSteps } from '../cards/playbook-blocks.ts';
import { mentionedRequester } from '../cards/requester.ts';
import { controls, reference } from '../controls.ts';
import { literal, richText, words } from '../rich-text.ts';
import { type ModalView, modal } from './view.ts';

export interface RequestScreen {
  readonly request: Request;
  readonly theCase: Case;
  readonly accountName: string | undefined;
  readonly mayVote: boolean;
}

const voteButtons = (request: Request): KnownBlock => {
  const value = reference(request.id, request.token);
  return {
    type: 'actions',
    block_id: 'vote',
    elements: [
      button({ id: controls.approve, label: 'Approve', value, style: 'primary' }),
      button({ id: controls.deny, label: 'Deny', value, style: 'danger' }),
    ],
  };
};

/** Each step of a playbook that is in force can be taken back by itself. */
const stepUndos = (request: Request): readonly KnownBlock[] => {
  if (!canUndo(request)) return [];
  const rows = undoableSteps(request);
  return rows.length === 0
    ? []
    : [
        richText([[literal('Undo one step', 'bold')]]),
        ...rows.map(
          (step): KnownBlock => ({
            type: 'actions',
            block_id: `undo-${step.key}`,
            elements: [
              button({
                id: controls.undo,
                label: `Undo: ${step.title}`,
                value: reference(request.id, request.token, step.key),
              }),
            ],
          }),
        ),
      ];
};

export const requestView = (screen: RequestScreen): ModalView => {
  const { request, theCase } = screen;
  const { plan } = request;
  return modal({
    callback: 'request',
    title: request.kind === 'undo' ? 'Undo request' : 'Request',
    blocks: [
      richText([
        [literal(plan.summary, 'bold', 300)],
        [literal(theCase.severity), words(' · '), literal(theCase.decision.title, undefined, 150)],
        planPlace(plan, screen.accountName),
        [
          words('Asked by '),
          mentionedRequester(request),
          words(': '),
          literal(request.reason.label),
        ],
        ...(request.reason.text ? [[literal(request.reason.text, 'italic', 600)]] : []),
      ]),
      ...(screen.mayVote ? [voteButtons(request)] : []),
      ...stepUndos(request),
      ...changeList(plan, 40),
      ...cannotList(plan, 12),
      ...blastRadiusList(plan, 12),
      richText([
        [literal(undoLine(plan, request.kind), undefined, 400)],
        [literal(consentInWords(request.tier).replace('than you', 'than the requester'))],
      ]),
    ],
  });
};
