/** A request that waits for approval: its glass is broken, its approvers are paged, people are reminded. */
import { expiredBy } from './before-run.ts';
import { actorOf } from './person.ts';
import type { Request } from './request.ts';
import {
  type Moved,
  moved,
  oldCard,
  type RequestEvent,
  refused,
  type TransitionRefusal,
  wrongState,
} from './request-event.ts';

/** Why nothing that concerns the waiting plan can happen to it any more. */
const notWaiting = (request: Request, token: string, at: string): TransitionRefusal | undefined => {
  if (request.state !== 'pending') return wrongState(request);
  if (expiredBy(request, at)) return refused('expired', 'The request has expired.');
  return oldCard(request, token);
};

/** Whether the person is on call is for the caller to know. */
export const breakGlass = (
  request: Request,
  { glass, token, stamp }: Extract<RequestEvent, { kind: 'break-glass' }>,
): Moved | TransitionRefusal => {
  const over = notWaiting(request, token, glass.at);
  if (over) return over;
  if (request.tier !== 2)
    return refused('not-this-tier', `Tier ${request.tier} needs its approvals, whatever happens.`);
  if (request.plan.suppresses)
    return refused('not-this-tier', 'To hide alerts is never an emergency.');
  if (glass.planHash !== request.planHash)
    return refused('other-plan', 'This is about another plan than the one that waits.');
  return moved(request, glass.at, {
    change: { glass, state: 'approved', approvedAt: glass.at, stamp, run: request.run + 1 },
    audit: 'request.glass-broken',
    actor: actorOf(glass.by),
    because: 'whoever is on call went on without an approver',
    detail: { planHash: request.planHash, authority: stamp.because, reason: glass.reason },
  });
};

/** Once for each plan: a pager goes on by itself. */
export const call = (
  request: Request,
  { by, token }: Extract<RequestEvent, { kind: 'call' }>,
  at: string,
): Moved | TransitionRefusal => {
  const over = notWaiting(request, token, at);
  if (over) return over;
  if (request.called)
    return {
      ...refused('already-called', 'The approvers were paged already.'),
      who: request.called.by.user,
    };
  return moved(request, at, {
    change: { called: { by, at } },
    audit: 'request.called',
    actor: actorOf(by),
    because: 'somebody asked for the approvers to be paged',
  });
};

/** What was missed is one reminder, not several. */
export const remind = (request: Request, at: string): Moved | TransitionRefusal => {
  if (request.state !== 'pending') return wrongState(request);
  const later = request.remindAt.filter((one) => one > at);
  if (later.length === request.remindAt.length)
    return refused('wrong-state', 'It is not time to remind yet.');
  return moved(request, at, {
    change: {
      remindAt: later,
      reminded: [...request.reminded, { plan: request.planNumber, at }],
    },
    audit: 'request.reminded',
    actor: 'cordon:worker',
    because: 'nobody has answered',
  });
};
