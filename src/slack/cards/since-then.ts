/** What became of a containment after it was verified: undone in part, changed, or not to be seen. */
import type { KnownBlock } from '@slack/types';
import { isChanged, type Request } from '../../requests/request.ts';
import { mrkdwn, time } from '../mrkdwn.ts';
import { literal, richList, richText } from '../rich-text.ts';
import { safe } from '../text.ts';
import { moveInWords } from './counter-messages.ts';

/** A bullet each; no block where there is none. */
export const lines = (texts: readonly string[]): readonly KnownBlock[] =>
  texts.length === 0
    ? []
    : [
        richList(
          'bullet',
          texts.map((text) => [literal(text, undefined, 300)]),
        ),
      ];

/** What is not so any more, or cannot be seen: the lines above are of the verification. */
export const sinceThen = (request: Request): readonly KnownBlock[] => [
  ...(request.undoneItems
    ? [
        richText([[literal('Undone since, and not contained any more', 'bold')]]),
        ...lines(
          request.plan.changes
            .filter(({ id }) => request.undoneItems?.includes(id))
            .map(({ label }) => label),
        ),
      ]
    : []),
  ...(isChanged(request)
    ? [
        richText([[literal('Not as Cordon left it', 'bold')]]),
        ...lines((request.changed?.moves ?? []).map(moveInWords)),
      ]
    : []),
  ...(request.unseen
    ? [
        {
          type: 'context' as const,
          block_id: 'unseen',
          elements: [
            mrkdwn`:warning: Since ${time(Date.parse(request.unseen.at) / 1000, request.unseen.at.slice(11, 16))} Cordon cannot look whether it is still in force: ${safe(request.unseen.because, 200)}`,
          ],
        },
      ]
    : []),
];
