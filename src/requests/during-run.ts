/** A request while it runs and when it ends: progress, stop and finish, success and failure. */

import { mayBeSaid, said, saidInWords } from './during-playbook.ts';
import { actorOf } from './person.ts';
import type { Request, RequestState } from './request.ts';
import {
  type Moved,
  moved,
  oldCard,
  type RequestEvent,
  refused,
  type TransitionRefusal,
  wrongState,
} from './request-event.ts';

export const progress = (
  request: Request,
  event: Extract<RequestEvent, { kind: 'start' | 'progress' | 'check-again' }>,
  at: string,
): Moved | TransitionRefusal => {
  const actor = 'cordon:executor';
  if (event.kind === 'start')
    return request.state === 'approved'
      ? moved(request, at, {
          change: {
            state: 'executing',
            plan: event.plan,
            disclosed: [...request.disclosed, ...event.disclosed],
            steps: event.steps,
            checks: 0,
          },
          audit: 'request.executing',
          actor,
          because: 'approved, unexpired, stamped, and live state is what was approved',
          detail: { planHash: request.planHash, disclosed: event.disclosed },
        })
      : wrongState(request);
  if (request.state !== 'executing' && request.state !== 'stopping') return wrongState(request);
  return event.kind === 'progress'
    ? moved(request, at, {
        change: { steps: event.steps },
        audit: 'step.done',
        actor,
        because: event.steps.findLast((step) => step.status === 'done')?.title ?? 'started',
      })
    : moved(request, at, {
        change: { checks: request.checks + 1 },
        audit: 'request.unverified',
        actor,
        because: 'read back without the expected result; it is read again',
      });
};

const minute = 60_000;

/**
 * Approvals hold for what is stopped as long as they do for what waits. A failed step of a playbook
 * gets an hour, because somebody has to look at it, and a person's own step three days.
 */
const standsStill = { stopped: 15 * minute, failed: 60 * minute, manual: 3 * 24 * 60 * minute };

export const finishBy = (request: Request): string =>
  new Date(
    Date.parse(request.stoppedAt ?? request.requestedAt) +
      standsStill[request.halt?.kind ?? 'stopped'],
  ).toISOString();

export const stopOrFinish = (
  request: Request,
  event: Extract<RequestEvent, { kind: 'stop' | 'finish' }>,
  at: string,
): Moved | TransitionRefusal => {
  const wanted: RequestState = event.kind === 'stop' ? 'executing' : 'stopping';
  if (request.state !== wanted) return wrongState(request);
  const stale = oldCard(request, event.token);
  if (stale) return stale;
  if (event.kind === 'finish' && event.says && !mayBeSaid(request, event.says.state))
    return refused('wrong-state', 'Nobody is asked about a step now.');
  if (event.kind === 'finish' && at >= finishBy(request))
    return refused('expired', 'It was stopped too long ago; its approvals are over.');
  if (event.kind === 'stop')
    return moved(request, at, {
      change: { state: 'stopping', stoppedBy: event.by, stoppedAt: at },
      audit: 'request.stopping',
      actor: actorOf(event.by),
      because: 'stop after the current step',
    });
  const { halt: _, stoppedBy: __, ...going } = request;
  return moved(going, at, {
    change: {
      state: 'approved',
      stamp: event.stamp,
      run: request.run + 1,
      approvedAt: at,
      ...said(request, event, at),
    },
    audit: 'request.resumed',
    actor: actorOf(event.by),
    because: saidInWords(request, event),
    detail: { authority: event.stamp.because, ...(event.says ? { says: event.says } : {}) },
  });
};

export const revive = (
  request: Request,
  event: Extract<RequestEvent, { kind: 'revive' }>,
  at: string,
): Moved | TransitionRefusal =>
  request.state === 'executing' || request.state === 'approved'
    ? moved(request, at, {
        change: { state: 'approved', stamp: event.stamp, run: request.run + 1, approvedAt: at },
        audit: 'request.revived',
        actor: 'cordon:worker',
        because: 'it has not ended half an hour after it was approved',
        detail: { authority: event.stamp.because },
      })
    : wrongState(request);

/** What the audit says of a drill in the place of contained and undone. */
const rehearsal = { contain: 'request.rehearsed', undo: 'request.undo-rehearsed' } as const;

export const settle = (
  request: Request,
  event: Extract<RequestEvent, { kind: 'succeed' | 'fail' }>,
  at: string,
): Moved | TransitionRefusal => {
  if (!['approved', 'executing', 'stopping'].includes(request.state)) return wrongState(request);
  if (event.kind === 'fail')
    return moved(request, at, {
      change: {
        state: 'failed',
        failure: { step: event.step, because: event.because },
        ended: { at, lines: [] },
      },
      audit: 'request.failed',
      actor: 'cordon:executor',
      because: `${event.step}: ${event.because}`,
    });
  const done: RequestState = request.kind === 'undo' ? 'undone' : 'contained';
  return moved(request, at, {
    change: {
      state: done,
      ended: { at, lines: event.lines },
      ...(event.reviewAt ? { reviewAt: event.reviewAt } : {}),
      ...(event.watchAt ? { watchAt: event.watchAt } : {}),
    },
    // Nothing that counts containments may count what was rehearsed.
    audit: request.plan.drill ? rehearsal[request.kind] : `request.${done}`,
    actor: event.by ?? 'cordon:executor',
    because: event.by
      ? 'it changes nothing in AWS'
      : request.plan.drill
        ? 'rehearsed: nothing was sent to AWS'
        : 'verified by reading back',
    detail: { lines: event.lines },
  });
};
