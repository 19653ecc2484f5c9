/** A request until it runs: votes, withdrawal, expiry, stamps, drift. */
import type { Plan } from '../actions/action.ts';
import type { AuditDraft } from '../audit/entry.ts';
import { actorOf } from './person.ts';
import { planHash } from './plan-hash.ts';
import { isAutomatic, type Request, type Vote } from './request.ts';
import {
  type Moved,
  moved,
  oldCard,
  type RequestEvent,
  refused,
  type TransitionRefusal,
  wrongState,
} from './request-event.ts';
import { approvalsNeeded, countedApprovals, quorumReached } from './tiers.ts';

export const expiredBy = (request: Request, at: string): boolean => at >= request.expiresAt;

const denied = (request: Request, cast: Vote, detail: AuditDraft['detail']): Moved =>
  moved(request, cast.at, {
    change: { state: 'denied', votes: [...request.votes, cast] },
    audit: 'request.denied',
    actor: actorOf(cast.person),
    because: 'an approver said no',
    detail: { ...detail, ...(cast.reason ? { reason: cast.reason } : {}) },
  });

export const vote = (
  request: Request,
  event: Extract<RequestEvent, { kind: 'vote' }>,
): Moved | TransitionRefusal => {
  const { vote: cast, token, stamp } = event;
  const stale = request.state === 'pending' ? oldCard(request, token) : undefined;
  if (stale) return stale;
  if (request.state !== 'pending') return wrongState(request);
  if (cast.planHash !== request.planHash)
    return refused('other-plan', 'The vote is for another plan than the one that waits.');
  if (expiredBy(request, cast.at)) return refused('expired', 'The request has expired.');
  const actor = actorOf(cast.person);
  const detail = { planHash: request.planHash, authority: stamp.because };
  if (cast.verdict === 'deny') return denied(request, cast, detail);
  if (cast.person.id === request.requestedBy.id)
    return refused(
      'own-request',
      `You requested this, so your approval does not count. It needs ${approvalsNeeded(request.tier)} other approver${approvalsNeeded(request.tier) > 1 ? 's' : ''}.`,
    );
  if (countedApprovals(request).includes(cast.person.id))
    return refused('already-voted', 'You have already approved this plan; one person, one vote.');
  if (request.tier >= 3 && !cast.proof)
    return refused('step-up-needed', 'This approval has to be confirmed with your passkey.');
  const voted: Request = { ...request, votes: [...request.votes, cast] };
  const enough = quorumReached(voted);
  return moved(request, cast.at, {
    change: enough
      ? { votes: voted.votes, state: 'approved', approvedAt: cast.at, stamp, run: request.run + 1 }
      : { votes: voted.votes },
    audit: enough ? 'request.approved' : 'request.vote',
    actor,
    because: enough ? 'the last approval it needed' : 'an approval; more are needed',
    detail,
  });
};

/** What could not be planned any more, in the words of its plan. */
const nowLeftOut = ({ cannot }: Plan): string =>
  cannot
    .filter((line) => line.startsWith('Left out'))
    .map((line) => ` ${line}`)
    .join('');

/** A second drift, or one where nobody is asked to approve, ends the request. */
const overByDrift = (request: Request, live: Plan): string | undefined => {
  if (isAutomatic(request))
    return `live state is no longer what was announced, and nobody agreed to anything else; nothing was changed.${nowLeftOut(live)}`;
  if (request.planNumber >= 2)
    return 'live state changed a second time between approval and start; nothing was changed';
  if (approvalsNeeded(request.tier) === 0)
    return 'live state changed between request and start; nothing was changed';
  return undefined;
};

export const drift = (
  request: Request,
  event: Extract<RequestEvent, { kind: 'drift' }>,
  at: string,
): Moved | TransitionRefusal => {
  if (request.state !== 'approved') return wrongState(request);
  const hash = planHash(event.plan);
  const detail = { shown: request.planHash, live: hash };
  const over = overByDrift(request, event.plan);
  if (over)
    return moved(request, at, {
      change: {
        state: 'failed',
        failure: { step: 'Check before start', because: over },
        ended: { at, lines: [] },
      },
      audit: 'request.failed',
      actor: 'cordon:executor',
      because: over,
      detail,
    });
  const { approvedAt: _, stamp: __, glass: ___, called: ____, ...kept } = request;
  return moved(kept, at, {
    change: {
      state: 'pending',
      plan: event.plan,
      planHash: hash,
      planNumber: request.planNumber + 1,
      token: event.token,
      votes: [],
      ...event.deadlines,
    },
    audit: 'request.drifted',
    actor: 'cordon:executor',
    because: 'live state is no longer what was approved; the approval is void',
    detail,
  });
};

export const beforeStart = (
  request: Request,
  event: Extract<RequestEvent, { kind: 'withdraw' | 'expire' | 'restamp' }>,
  at: string,
): Moved | TransitionRefusal => {
  if (event.kind === 'restamp')
    return ['approved', 'executing', 'stopping'].includes(request.state)
      ? moved(request, at, {
          change: { stamp: event.stamp },
          audit: 'request.stamped',
          actor: 'cordon:worker',
          because: 'the people behind it may still do this',
          detail: { authority: event.stamp.because },
        })
      : wrongState(request);
  if (event.kind === 'expire') {
    if (request.state !== 'pending') return wrongState(request);
    if (!expiredBy(request, at)) return refused('wrong-state', 'It has not expired yet.');
    return moved(request, at, {
      change: { state: 'expired' },
      audit: 'request.expired',
      actor: 'cordon:tick',
      because: 'not approved in time',
    });
  }
  if (request.state !== 'pending') return wrongState(request);
  const stale = oldCard(request, event.token);
  if (stale) return stale;
  const own = event.by.id === request.requestedBy.id;
  return own || event.admin
    ? moved(request, at, {
        change: { state: 'withdrawn' },
        audit: 'request.withdrawn',
        actor: actorOf(event.by),
        because: own ? 'the requester took it back' : 'an administrator took it back',
      })
    : refused('not-yours', 'Only the requester can withdraw a request.');
};
