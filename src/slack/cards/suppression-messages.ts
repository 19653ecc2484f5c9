/**
 * What is told about a suppression that Cordon keeps, in the thread of the case it was made in: that
 * it hides more than one resource's findings, and a day before its end that it ends.
 */

import { breadthOf, scopeInWords } from '../../findings/scope.ts';
import type { Request } from '../../requests/request.ts';
import { requesterName } from '../../requests/requester.ts';
import { mrkdwn, time } from '../mrkdwn.ts';
import { literal, richText } from '../rich-text.ts';
import { safe } from '../text.ts';
import type { DesiredMessage } from './desired-message.ts';
import { callRequester } from './requester.ts';

const clock = (iso: string) =>
  time(Date.parse(iso) / 1000, `${iso.slice(0, 16).replace('T', ' ')} UTC`);

/** Everybody in the channel sees what they will not be told: a silent one would be a blind spot. */
const inForce = ({ id, plan, holdsUntil, hidesSince, requestedBy, reason }: Request) =>
  plan.suppresses && hidesSince && holdsUntil && breadthOf(plan.suppresses.scope) !== 'narrow'
    ? [
        {
          key: `suppression-in-force:${id}`,
          inThread: true,
          broadcast: true,
          text: safe(`Hidden: ${scopeInWords(plan.suppresses.scope)}`, 120),
          blocks: [
            {
              type: 'section' as const,
              block_id: 'suppression-in-force',
              text: mrkdwn`:no_bell: *Hidden from now on*, until ${clock(holdsUntil)}`,
            },
            richText([
              [literal(scopeInWords(plan.suppresses.scope), 'bold', 300)],
              [literal(`By ${requesterName(requestedBy)}: ${reason.label}`, undefined, 200)],
              [literal('It ends by itself if it gets worse or somebody new does it.')],
            ]),
          ],
        },
      ]
    : [];

/** Whoever asked for it is called: it is for them to ask again, or to mend the cause. */
const endsSoon = ({ id, plan, holdsUntil, endAnnouncedAt, requestedBy, ask }: Request) =>
  plan.suppresses && endAnnouncedAt && holdsUntil
    ? [
        {
          key: `suppression-ends-soon:${id}`,
          inThread: true,
          broadcast: false,
          text: safe(`This suppression ends soon: ${scopeInWords(plan.suppresses.scope)}`, 120),
          blocks: [
            {
              type: 'section' as const,
              block_id: 'suppression-ends-soon',
              text: mrkdwn`:hourglass: ${callRequester({ requestedBy, ask })} *this suppression ends* ${clock(holdsUntil)}`,
            },
            richText([
              [literal(scopeInWords(plan.suppresses.scope), 'bold', 300)],
              [
                literal(
                  'Then these alert again. If it is still right, suppress the next one anew.',
                ),
              ],
            ]),
          ],
        },
      ]
    : [];

/** In the order in which they are posted; none for any other request. */
export const suppressionMessages = (request: Request): readonly DesiredMessage[] =>
  request.kind === 'contain' ? [...inForce(request), ...endsSoon(request)] : [];
