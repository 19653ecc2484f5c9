/** A containment in force until it is undone, or released because somebody else ended it. */
import { actionSteps } from '../actions/parts.ts';
import { stepTitle } from './during-playbook.ts';
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

const startUndo = (
  request: Request,
  event: Extract<RequestEvent, { kind: 'undo-start' }>,
  at: string,
): Moved | TransitionRefusal => {
  if (!['contained', 'failed', 'stopping', 'undo-failed'].includes(request.state))
    return wrongState(request);
  return moved(request, at, {
    change: {
      state: 'undoing',
      undoneBy: event.undo,
      undoStartedAt: at,
      ...(event.step || event.items ? { undoneFrom: request.state } : {}),
    },
    audit: 'request.undoing',
    actor: 'cordon:executor',
    because: event.step
      ? `undo ${event.undo} of “${stepTitle(request, event.step)}” started`
      : `undo ${event.undo} started`,
  });
};

export const undo = (
  request: Request,
  event: Extract<RequestEvent, { kind: 'undo-start' | 'undo-end' }>,
  at: string,
): Moved | TransitionRefusal => {
  const actor = 'cordon:executor';
  if (event.kind === 'undo-start') return startUndo(request, event, at);
  if (request.state !== 'undoing') return wrongState(request);
  if (request.undoneBy !== event.undo)
    return refused('undone-by-another', `Undo ${request.undoneBy ?? ''} is in charge.`);
  if (event.items) return undoItems(request, { undone: event.undone, items: event.items }, at);
  if (event.step) return undoStep(request, { undone: event.undone, step: event.step }, at);
  return moved(request, at, {
    change: { state: event.undone ? 'undone' : 'undo-failed' },
    audit: event.undone ? 'containment.ended' : 'containment.undo-failed',
    actor,
    because: event.undone ? 'the baseline is restored' : 'the undo did not finish',
  });
};

/** It has ended, and nothing that could be taken back is in force any more. */
const nothingLeft = (request: Request, step: string): boolean =>
  request.undoneFrom !== 'stopping' &&
  actionSteps(request.plan).every(
    ({ key, plan }) =>
      key === step || plan.reversible.kind === 'no' || request.outcomes?.[key]?.state !== 'done',
  );

/** The other steps are in force as before; the whole can still be undone, or go on. */
const undoStep = (
  request: Request,
  { step, undone }: { readonly step: string; readonly undone: boolean },
  at: string,
): Moved => {
  const { undoneFrom = 'contained', undoneBy: _, ...before } = request;
  return moved(before, at, {
    change: {
      state: undone ? (nothingLeft(request, step) ? 'undone' : undoneFrom) : 'undo-failed',
      ...(undone
        ? { outcomes: { ...request.outcomes, [step]: { state: 'undone', at, lines: [] } } }
        : {}),
    },
    audit: undone ? 'playbook.step-undone' : 'containment.undo-failed',
    actor: 'cordon:executor',
    because: undone
      ? `the baseline of “${stepTitle(request, step)}” is restored`
      : `the undo of “${stepTitle(request, step)}” did not finish`,
    detail: { step },
  });
};

/** Some values are as they were before; the others are in force and can still be undone. */
const undoItems = (
  request: Request,
  { items, undone }: { readonly items: readonly string[]; readonly undone: boolean },
  at: string,
): Moved => {
  const { undoneFrom = 'contained', undoneBy: _, ...before } = request;
  const labels = request.plan.changes
    .filter(({ id }) => items.includes(id))
    .map(({ label }) => label);
  return moved(before, at, {
    change: undone
      ? { state: undoneFrom, undoneItems: [...(request.undoneItems ?? []), ...items] }
      : { state: 'undo-failed' },
    audit: undone ? 'containment.part-ended' : 'containment.undo-failed',
    actor: 'cordon:executor',
    because: undone
      ? `the baseline is restored of: ${labels.join(', ')}`
      : 'the undo of a part of it did not finish',
    detail: { items },
  });
};
