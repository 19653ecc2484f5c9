/** The forms about a request: why not, why without an approver, why without a step. */
import type { KnownBlock } from '@slack/types';
import type { Request } from '../../requests/request.ts';
import { planPlace } from '../cards/plan-blocks.ts';
import { haltTitle } from '../cards/playbook-blocks.ts';
import { type RequestForm, reference, requestInputs } from '../controls.ts';
import { literal, richText } from '../rich-text.ts';
import { plain } from '../text.ts';
import { type ModalView, modal } from './view.ts';

const why = (label: string, placeholder: string): KnownBlock => ({
  type: 'input',
  block_id: requestInputs.why.block,
  label: plain(label, 60),
  element: {
    type: 'plain_text_input',
    action_id: requestInputs.why.action,
    multiline: true,
    min_length: 3,
    max_length: 500,
    placeholder: plain(placeholder, 100),
  },
});

const form = (
  request: Request,
  parts: {
    readonly callback: RequestForm;
    readonly title: string;
    readonly submit: string;
    readonly blocks: readonly KnownBlock[];
  },
  accountName: string | undefined,
): ModalView =>
  modal({
    ...parts,
    metadata: reference(request.id, request.token),
    blocks: [
      richText([
        [literal(request.plan.summary, 'bold', 300)],
        planPlace(request.plan, accountName),
      ]),
      ...parts.blocks,
    ],
  });

export const denyView = (request: Request, accountName: string | undefined): ModalView =>
  form(
    request,
    {
      callback: 'deny',
      title: 'Deny',
      submit: 'Deny',
      blocks: [why('Why not', 'It is the payment server; drain it first')],
    },
    accountName,
  );

export const skipView = (request: Request, accountName: string | undefined): ModalView =>
  form(
    request,
    {
      callback: 'step-skip',
      title: 'Skip this step',
      submit: 'Skip',
      blocks: [
        richText([
          [literal(haltTitle(request), 'bold', 200)],
          [literal('The steps that stand on it are skipped too; the others go on.')],
        ]),
        why('Why', 'What makes it unnecessary, or who does it otherwise'),
      ],
    },
    accountName,
  );

export const breakGlassView = (request: Request, accountName: string | undefined): ModalView =>
  form(
    request,
    {
      callback: 'break-glass',
      title: 'Break glass',
      submit: 'Go on alone',
      blocks: [
        richText([
          [literal('It runs at once, without an approver.')],
          [literal('The channel and the pager are told, with your name and this reason.')],
        ]),
        why('Why it cannot wait for an approver', 'Data is leaving now, and nobody answers'),
      ],
    },
    accountName,
  );
