/** Asks whether a containment is still needed: a message of its own, because an edit wakes nobody. */

import type { Request } from '../../requests/request.ts';
import { controls, reference } from '../controls.ts';
import { mrkdwn, time } from '../mrkdwn.ts';
import { safe } from '../text.ts';
import { button } from './button.ts';
import type { DesiredMessage } from './desired-message.ts';
import { callRequester } from './requester.ts';

const at = (iso: string) =>
  time(Date.parse(iso) / 1000, `${iso.slice(0, 16).replace('T', ' ')} UTC`);

/** None before the first review, and none for what is over. */
export const reviewMessage = (request: Request): readonly DesiredMessage[] => {
  const { reviewAskedAt, reviewAt, ended } = request;
  if (request.state !== 'contained' || !reviewAskedAt || !reviewAt || !ended) return [];
  return [
    {
      key: `review:${request.id}:${reviewAskedAt}`,
      inThread: true,
      broadcast: true,
      text: safe(`Still needed? ${request.plan.summary}`, 120),
      blocks: [
        {
          type: 'section',
          block_id: 'review',
          text: mrkdwn`:hourglass: ${callRequester(request)} *is it still needed?* ${safe(request.plan.summary, 200)} It is in force since ${at(ended.at)}. If it is, do nothing: you are asked again ${at(reviewAt)}. Nothing is undone by itself.`,
        },
        {
          type: 'actions',
          block_id: 'review-controls',
          elements: [
            button({
              id: controls.undo,
              label: 'Undo',
              value: reference(request.id, request.token),
            }),
          ],
        },
      ],
    },
  ];
};
