/** What a rule asked for: it starts when its time is over unless somebody says no; then people look at it. */
import { actorOf } from './person.ts';
import { needsReview, type Request } from './request.ts';
import {
  type Moved,
  moved,
  oldCard,
  type RequestEvent,
  refused,
  type TransitionRefusal,
  wrongState,
} from './request-event.ts';
import { requesterActor } from './requester.ts';

/** One no is enough. */
export const veto = (
  request: Request,
  { by, token }: Extract<RequestEvent, { kind: 'veto' }>,
  at: string,
): Moved | TransitionRefusal => {
  if (request.state !== 'announced') return wrongState(request);
  const stale = oldCard(request, token);
  if (stale) return stale;
  const cast = { person: by, verdict: 'deny', at, planHash: request.planHash } as const;
  return moved(request, at, {
    change: { state: 'denied', votes: [...request.votes, cast] },
    audit: 'automation.vetoed',
    actor: actorOf(by),
    because: 'a responder stopped it before it began',
  });
};

/** Before its time only for somebody who may approve it. */
export const launch = (
  request: Request,
  { stamp, hurried }: Extract<RequestEvent, { kind: 'launch' }>,
  at: string,
): Moved | TransitionRefusal => {
  const { automation } = request;
  if (request.state !== 'announced' || !automation) return wrongState(request);
  const stale = hurried && oldCard(request, hurried.token);
  if (stale) return stale;
  if (!hurried && at < automation.runsAt)
    return refused('wrong-state', 'Its time is not over yet.');
  return moved(request, at, {
    change: {
      state: 'approved',
      approvedAt: at,
      stamp,
      run: request.run + 1,
      ...(hurried ? { automation: { ...automation, hurried: { by: hurried.by, at } } } : {}),
    },
    audit: 'automation.launched',
    actor: hurried ? actorOf(hurried.by) : requesterActor(request.requestedBy),
    because: hurried ? 'an approver did not want to wait' : 'nobody stopped it in time',
    detail: { planHash: request.planHash, authority: stamp.because, mode: automation.mode },
  });
};

/** Something that has to hold for it does not hold any more. */
export const callOff = (
  request: Request,
  { because, code }: Extract<RequestEvent, { kind: 'call-off' }>,
  at: string,
): Moved | TransitionRefusal =>
  request.state === 'announced'
    ? moved(request, at, {
        change: {
          state: 'withdrawn',
          failure: { step: 'Check before start', because },
          ended: { at, lines: [] },
        },
        audit: 'automation.called-off',
        actor: 'cordon:worker',
        because,
        detail: { code },
      })
    : wrongState(request);

export const reviewed = (
  request: Request,
  { by, token }: Extract<RequestEvent, { kind: 'reviewed' }>,
  at: string,
): Moved | TransitionRefusal => {
  const { automation } = request;
  if (!automation || !needsReview(request))
    return refused('wrong-state', 'Nothing of it waits for a review.');
  return (
    oldCard(request, token) ??
    moved(request, at, {
      change: { automation: { ...automation, reviewed: { by, at } } },
      audit: 'automation.reviewed',
      actor: actorOf(by),
      because: 'a person looked at what ran by itself',
    })
  );
};
