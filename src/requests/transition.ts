/**
 * The request state machine: one pure function from a request and what happened to the next
 * request or a refusal with its reason. The store writes the result on condition that the version
 * is still the one it was computed from, so of two clicks one wins and the other is told who won.
 */
import { hiding, release, review, undo } from './after-run.ts';
import { beforeStart, drift, vote } from './before-run.ts';
import { counter, watch } from './counter-moves.ts';
import { endStep, halt } from './during-playbook.ts';
import { progress, revive, settle, stopOrFinish } from './during-run.ts';
import type { Request } from './request.ts';
import type { Moved, RequestEvent, TransitionRefusal } from './request-event.ts';
import { callOff, launch, reviewed, veto } from './while-announced.ts';
import { breakGlass, call, remind } from './while-waiting.ts';

/** `at` is the time of the transition, ISO 8601 UTC. */
export const transition = (
  request: Request,
  event: RequestEvent,
  at: string,
): Moved | TransitionRefusal => {
  switch (event.kind) {
    case 'veto':
      return veto(request, event, at);
    case 'launch':
      return launch(request, event, at);
    case 'call-off':
      return callOff(request, event, at);
    case 'reviewed':
      return reviewed(request, event, at);
    case 'vote':
      return vote(request, event);
    case 'break-glass':
      return breakGlass(request, event);
    case 'call':
      return call(request, event, at);
    case 'remind':
      return remind(request, at);
    case 'withdraw':
    case 'expire':
    case 'restamp':
      return beforeStart(request, event, at);
    case 'drift':
      return drift(request, event, at);
    case 'start':
    case 'progress':
    case 'check-again':
      return progress(request, event, at);
    case 'counter':
      return counter(request, event, at);
    case 'step-end':
      return endStep(request, event, at);
    case 'halt':
      return halt(request, event, at);
    case 'revive':
      return revive(request, event, at);
    case 'stop':
    case 'finish':
      return stopOrFinish(request, event, at);
    case 'succeed':
    case 'fail':
      return settle(request, event, at);
    case 'release':
      return release(request, event, at);
    case 'watch':
      return watch(request, event, at);
    case 'review':
      return review(request, event, at);
    case 'hides':
    case 'ends-soon':
      return hiding(request, event, at);
    case 'undo-start':
    case 'undo-end':
      return undo(request, event, at);
    default:
      return event satisfies never;
  }
};
