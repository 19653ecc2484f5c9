/** A containment in force until it is undone, or released because somebody else ended it. */
import { isReviewed, type Request } from './request.ts';
import {
  type Moved,
  moved,
  type RequestEvent,
  refused,
  type TransitionRefusal,
  wrongState,
} from './request-event.ts';

export const release = (
  request: Request,
  event: Extract<RequestEvent, { kind: 'release' }>,
  at: string,
): Moved | TransitionRefusal =>
  request.state === 'contained'
    ? moved(request, at, {
        change: event.restored
          ? { state: 'undone' }
          : {
              state: 'undo-failed',
              failure: {
                step: request.endsAt ? 'End of the containment' : 'End of the suppression',
                because: event.because,
              },
            },
        audit: event.restored ? 'containment.ended' : 'containment.undo-failed',
        actor: 'cordon:worker',
        because: event.because,
      })
    : wrongState(request);

/** Asked once a period: whoever comes late finds that it was asked. */
export const review = (
  request: Request,
  event: Extract<RequestEvent, { kind: 'review' }>,
  at: string,
): Moved | TransitionRefusal => {
  if (request.state !== 'contained' || !isReviewed(request)) return wrongState(request);
  return !request.reviewAt || request.reviewAt > at
    ? refused('wrong-state', 'It is not time to ask yet.')
    : moved(request, at, {
        change: { reviewAskedAt: at, reviewAt: event.nextAt },
        audit: 'containment.review',
        actor: 'cordon:worker',
        because: 'its review time has come',
        detail: { nextAt: event.nextAt },
      });
};

/** A suppression in force: stored where alerts are decided, then about to end. */
export const hiding = (
  request: Request,
  event: Extract<RequestEvent, { kind: 'hides' | 'ends-soon' }>,
  at: string,
): Moved | TransitionRefusal => {
  if (request.state !== 'contained' || !request.plan.suppresses) return wrongState(request);
  const actor = 'cordon:worker';
  if (event.kind === 'hides')
    return request.hidesSince
      ? refused('wrong-state', 'It hides already.')
      : moved(request, at, {
          change: { hidesSince: at },
          audit: 'suppression.in-force',
          actor,
          because: request.plan.summary,
          detail: { ...request.plan.suppresses, until: request.holdsUntil },
        });
  return request.endAnnouncedAt
    ? refused('wrong-state', 'Its end was announced already.')
    : moved(request, at, {
        change: { endAnnouncedAt: at },
        audit: 'suppression.end-announced',
        actor,
        because: 'it ends within a day',
        detail: { until: request.holdsUntil },
      });
};

export const undo = (
  request: Request,
  event: Extract<RequestEvent, { kind: 'undo-start' | 'undo-end' }>,
  at: string,
): Moved | TransitionRefusal => {
  const actor = 'cordon:executor';
  if (event.kind === 'undo-start') {
    if (!['contained', 'failed', 'stopping', 'undo-failed'].includes(request.state))
      return wrongState(request);
    return moved(request, at, {
      change: { state: 'undoing', undoneBy: event.undo, undoStartedAt: at },
      audit: 'request.undoing',
      actor,
      because: `undo ${event.undo} started`,
    });
  }
  if (request.state !== 'undoing') return wrongState(request);
  if (request.undoneBy !== event.undo)
    return refused('undone-by-another', `Undo ${request.undoneBy ?? ''} is in charge.`);
  return moved(request, at, {
    change: { state: event.undone ? 'undone' : 'undo-failed' },
    audit: event.undone ? 'containment.ended' : 'containment.undo-failed',
    actor,
    because: event.undone ? 'the baseline is restored' : 'the undo did not finish',
  });
};
