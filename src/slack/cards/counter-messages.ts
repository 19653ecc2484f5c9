/** Somebody takes back what was contained: each time a message of its own, because an edit wakes nobody. */

import { planTitle } from '../../actions/parts.ts';
import { words as valueInWords } from '../../requests/plan-hash.ts';
import { type Counter, type CounterMove, isChanged, type Request } from '../../requests/request.ts';
import { type MrkdwnText, mrkdwn } from '../mrkdwn.ts';
import { literal, richList, richText } from '../rich-text.ts';
import { safe } from '../text.ts';
import type { DesiredMessage } from './desired-message.ts';
import { callRequester } from './requester.ts';

/** One line: what it is, and what Cordon had made of it. */
export const moveInWords = ({ label, found, left, appeared }: CounterMove): string =>
  appeared
    ? `${label}: made since, and ${valueInWords(found)}; to be ${valueInWords(left)}`
    : `${label}: ${valueInWords(found)}; Cordon had left ${valueInWords(left)}`;

/** The first round calls whoever asked; what follows within seconds calls nobody a second time. */
const headline = (request: Request, position: number): MrkdwnText => {
  const title = safe(planTitle(request.plan), 80);
  return position === 0
    ? mrkdwn`:rotating_light: ${callRequester(request)} *somebody may be fighting back:* ${title} was read back, and is not as Cordon left it.`
    : mrkdwn`:rotating_light: *Round ${position + 1}:* ${title} was put back, and is again not as Cordon left it.`;
};

/** A counter-move is answered by the next one, by the verification, or not at all. */
const answered = (request: Request, position: number): string => {
  if (position + 1 < (request.counters?.length ?? 0))
    return 'Cordon put it back, and it did not hold: see the next message.';
  switch (request.state) {
    case 'approved':
    case 'executing':
      return 'Cordon puts it back now, waits until AWS has applied it, and reads it back again.';
    case 'stopping':
      return 'It was stopped before it was read back again: finish it, or undo what was done.';
    case 'failed':
      return 'It could not be held: look at the message of the failure.';
    default:
      return 'Cordon put it back and has verified it.';
  }
};

const message = (request: Request, one: Counter, position: number): DesiredMessage => ({
  key: `counter:${request.id}:${one.at}`,
  ...(position === 0 ? { anew: true } : {}),
  inThread: true,
  broadcast: true,
  text: safe(`Somebody may be fighting back: ${request.plan.summary}`, 120),
  blocks: [
    {
      type: 'section',
      block_id: 'counter',
      text: headline(request, position),
    },
    richList(
      'bullet',
      one.moves.map((move) => [literal(moveInWords(move), undefined, 400)]),
    ),
    richText([[literal(answered(request, position))]]),
  ],
});

/** What a look at a containment in force found: once, until something else is found. */
const changedMessage = (request: Request): readonly DesiredMessage[] => {
  const { changed } = request;
  if (!changed) return [];
  return [
    {
      key: `changed:${request.id}:${changed.at}`,
      anew: true,
      inThread: true,
      broadcast: true,
      text: safe(`Somebody changed what was contained: ${request.plan.summary}`, 120),
      blocks: [
        {
          type: 'section',
          block_id: 'changed',
          text: mrkdwn`:rotating_light: ${callRequester(request)} *somebody changed what was contained:* ${safe(request.plan.summary, 200)}`,
        },
        richList(
          'bullet',
          changed.moves.map((move) => [literal(moveInWords(move), undefined, 400)]),
        ),
        richText([[literal(whatNow(request))]]),
      ],
    },
  ];
};

const whatNow = (request: Request): string => {
  if (request.changed?.over) return 'By now every value is again as Cordon had left it.';
  return isChanged(request)
    ? 'Cordon puts nothing back by itself now: it may have been one of you. Contain it again on the card, or undo what is left.'
    : 'This containment is not in force any more.';
};

/** In the order in which they happened. */
export const counterMessages = (request: Request): readonly DesiredMessage[] => [
  ...(request.counters ?? []).map((one, position) => message(request, one, position)),
  ...changedMessage(request),
];
