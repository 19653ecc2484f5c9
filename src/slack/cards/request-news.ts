/** What becomes of a request and needs people, as messages of their own: an edit of its card wakes nobody. */

import { planTitle } from '../../actions/parts.ts';
import { finishBy } from '../../requests/during-run.ts';
import type { Person } from '../../requests/person.ts';
import type { Halt, Request } from '../../requests/request.ts';
import { type MrkdwnText, mention, mrkdwn, ours, time } from '../mrkdwn.ts';
import { literal, richText, words } from '../rich-text.ts';
import { safe } from '../text.ts';
import type { DesiredMessage } from './desired-message.ts';
import { haltTitle } from './playbook-blocks.ts';
import { callRequester } from './requester.ts';

/** A failure calls its requester; the edit of the card alone would not wake anybody. */
const becauseOfState = (request: Request): readonly DesiredMessage[] => {
  if (request.state === 'stopping')
    return [request.halt ? standsStill(request, request.halt) : stoppedHalfWay(request)];
  // Whoever stopped it knows; it was nobody's own.
  if (request.state === 'denied' && request.automation) return [];
  if (request.state === 'withdrawn' && request.automation) return [calledOff(request)];
  if (request.state === 'denied' || request.state === 'expired') return [notAgreed(request)];
  if (request.state !== 'failed' && request.state !== 'undo-failed') return [];
  if (!request.failure) return [];
  const { step, because } = request.failure;
  const title = planTitle(request.plan);
  return [
    {
      key: `failed:${request.id}:${request.run}:${request.planNumber}`,
      inThread: true,
      broadcast: true,
      text: safe(`Failed: ${title} at ${step}`, 120),
      blocks: [
        {
          type: 'section',
          block_id: 'failed',
          text: mrkdwn`:x: ${callRequester(request)} *this needs you:* ${safe(title, 80)} failed at ${safe(step, 150)}`,
        },
        richText([[literal(because, undefined, 600)], [literal(whatNow(request))]]),
      ],
    },
  ];
};

/** The finding stays open: whoever asked has to know, and an edit would not tell them. */
const notAgreed = (request: Request): DesiredMessage => {
  const denied = request.state === 'denied';
  return {
    key: `over:${request.id}:${request.planNumber}`,
    inThread: true,
    broadcast: !denied,
    text: safe(`${denied ? 'Denied' : 'Expired'}: ${request.plan.summary}`, 120),
    blocks: [
      {
        type: 'section',
        block_id: 'over',
        text: mrkdwn`${ours(denied ? ':no_entry:' : ':alarm_clock:')} ${callRequester(request)} *your request ${ours(denied ? 'was denied' : 'expired without its approvals')}*; nothing was changed. The finding is still open: decide on the card.`,
      },
    ],
  };
};

/** People had counted on it: now it is theirs. */
const calledOff = (request: Request): DesiredMessage => ({
  key: `called-off:${request.id}`,
  inThread: true,
  broadcast: true,
  text: safe(`Called off: ${request.plan.summary}`, 120),
  blocks: [
    {
      type: 'section',
      block_id: 'called-off',
      text: mrkdwn`:raised_hand: ${callRequester(request)} *it does not run by itself; nothing was changed.* Decide on the card.`,
    },
    richText([[literal(request.failure?.because ?? '', undefined, 600)]]),
  ],
});

/** Something is half done until a person says how it goes on. */
const stoppedHalfWay = (request: Request): DesiredMessage => ({
  key: `stopped:${request.id}:${request.run}`,
  inThread: true,
  broadcast: true,
  text: safe(`Stopped half-way: ${request.plan.summary}`, 120),
  blocks: [
    {
      type: 'section',
      block_id: 'stopped',
      text: mrkdwn`:octagonal_sign: *Stopped half-way.* Finish it or undo what was done, before ${time(Date.parse(finishBy(request)) / 1000, finishBy(request).slice(11, 16))}; then its approvals are over.`,
    },
  ],
});

/** A playbook goes on when a person says how. A failure calls whoever asked for it. */
const standsStill = (request: Request, { kind, because, at }: Halt): DesiredMessage => ({
  key: `halt:${request.id}:${request.run}`,
  inThread: true,
  broadcast: kind === 'failed',
  text: safe(`${kind === 'failed' ? 'Failed' : 'Your turn'}: ${haltTitle(request)}`, 120),
  blocks: [
    {
      type: 'section',
      block_id: 'halt',
      text:
        kind === 'failed'
          ? mrkdwn`:x: ${callRequester(request)} *this needs you:* ${safe(haltTitle(request), 120)}`
          : mrkdwn`:raised_hand: *A person’s turn:* ${safe(haltTitle(request), 120)}`,
    },
    richText([
      ...(kind === 'failed' ? [[literal(`${at}: ${because}`, undefined, 600)]] : []),
      [
        literal(
          kind === 'failed'
            ? 'On the card above: try again, skip it with a reason, or undo what was done.'
            : 'What to do is on the card above; press Done there, or skip it with a reason.',
        ),
      ],
    ]),
    {
      type: 'context',
      block_id: 'until',
      elements: [
        mrkdwn`It waits until ${clock(finishBy(request))}; then it is over, and what was done can still be undone.`,
      ],
    },
  ],
});

const whatNow = (request: Request): string => {
  const done = request.steps.filter(({ status }) => status === 'done').length;
  if (request.kind === 'undo')
    return 'Parts may still be contained. Look at the steps above, then press Undo again or restore by hand.';
  if (request.steps.length === 0) return 'Nothing was changed. Ask for a new plan on the card.';
  return done === 0
    ? 'No step is confirmed. “Undo what was done” reads live state and restores what was changed.'
    : `${done} of ${request.steps.length} steps are in force. Undo what was done, or ask for a new plan on the card.`;
};

const clock = (iso: string): MrkdwnText =>
  time(Date.parse(iso) / 1000, `${iso.slice(0, 16).replace('T', ' ')} UTC`);

const mentions = (ids: readonly string[]): MrkdwnText =>
  ids.reduce((text, id) => mrkdwn`${text} ${mention(id)}`, mrkdwn``);

const named = ({ name, user }: Person) => literal(name ?? user, 'bold', 80);

/** Nobody has answered: told again at the times of the configuration, until somebody does. */
const reminders = (request: Request): readonly DesiredMessage[] =>
  request.reminded.map(({ plan, at }) => ({
    key: `reminder:${request.id}:${at}`,
    inThread: true,
    broadcast: true,
    text: safe(`Still waiting for approval: ${request.plan.summary}`, 120),
    blocks: [
      {
        type: 'section',
        block_id: 'reminder',
        text:
          request.state === 'pending' && plan === request.planNumber
            ? mrkdwn`:hourglass_flowing_sand: *Nobody has answered yet.*${mentions(request.ask)} The request above expires ${clock(request.expiresAt)}.`
            : mrkdwn`:white_check_mark: *Nobody had answered yet*; the request above says what became of it.`,
      },
      richText([[literal(request.plan.summary, undefined, 300)]]),
    ],
  }));

/** As loud as it can be: whom it calls was perhaps called twice before. */
const glassBroken = (request: Request): readonly DesiredMessage[] =>
  request.glass
    ? [
        {
          key: `glass:${request.id}:${request.planNumber}`,
          inThread: true,
          broadcast: true,
          anew: true,
          text: safe(`Glass broken: ${request.plan.summary}`, 120),
          blocks: [
            {
              type: 'section',
              block_id: 'glass',
              text: mrkdwn`:rotating_light: *Glass broken.* This runs without an approver.${mentions(request.ask.filter((id) => id !== request.glass?.by.user))} Look at it now.`,
            },
            richText([
              [literal(request.plan.summary, 'bold', 300)],
              [
                words('By '),
                named(request.glass.by),
                words(', who is on call: '),
                literal(request.glass.reason, 'italic', 500),
              ],
            ]),
          ],
        },
      ]
    : [];

/** In the order in which they are posted. */
export const requestNews = (request: Request): readonly DesiredMessage[] => [
  ...reminders(request),
  ...glassBroken(request),
  ...becauseOfState(request),
];
