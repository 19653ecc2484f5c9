/**
 * The request state machine: one pure function from a request and what happened to the next
 * request or a refusal with its reason. The store writes the result on condition that the version
 * is still the one it was computed from, so of two clicks one wins and the other is told who won.
 */
import type { Plan } from '../actions/action.ts';
import type { AuditDraft } from '../audit/entry.ts';
import { actorOf, type Person } from './person.ts';
import { planHash } from './plan-hash.ts';
import type { Request, RequestState, Stamp, StepReport, Vote } from './request.ts';
import { approvalsNeeded, countedApprovals, quorumReached } from './tiers.ts';

export type RequestEvent =
  | { readonly kind: 'vote'; readonly vote: Vote; readonly token: string; readonly stamp: Stamp }
  | { readonly kind: 'withdraw'; readonly by: Person; readonly token: string }
  | { readonly kind: 'expire' }
  | { readonly kind: 'restamp'; readonly stamp: Stamp }
  | {
      readonly kind: 'drift';
      readonly plan: Plan;
      readonly token: string;
      readonly expiresAt: string;
    }
  | {
      readonly kind: 'start';
      readonly plan: Plan;
      readonly disclosed: readonly string[];
      readonly steps: readonly StepReport[];
    }
  | { readonly kind: 'progress'; readonly steps: readonly StepReport[] }
  | { readonly kind: 'stop'; readonly by: Person; readonly token: string }
  | { readonly kind: 'finish'; readonly by: Person; readonly token: string; readonly stamp: Stamp }
  | { readonly kind: 'check-again' }
  | { readonly kind: 'succeed'; readonly lines: readonly string[]; readonly reviewAt?: string }
  | { readonly kind: 'fail'; readonly step: string; readonly because: string }
  /** A suppression's end finds that somebody else already changed what it left. */
  | { readonly kind: 'release'; readonly because: string }
  | { readonly kind: 'undo-start'; readonly undo: string }
  | { readonly kind: 'undo-end'; readonly undo: string; readonly undone: boolean };

export type TransitionRefusal = {
  readonly kind: 'refused';
  readonly code:
    | 'other-plan'
    | 'expired'
    | 'already-voted'
    | 'own-request'
    | 'wrong-state'
    | 'not-yours'
    | 'undone-by-another';
  readonly because: string;
  /** Slack user id of the one who decided before. */
  readonly who?: string;
};

export type Moved = { readonly kind: 'moved'; readonly request: Request };

const refused = (code: TransitionRefusal['code'], because: string): TransitionRefusal => ({
  kind: 'refused',
  code,
  because,
});

interface Next {
  readonly change: Partial<Request>;
  readonly audit: string;
  readonly actor: string;
  readonly because: string;
  readonly detail?: AuditDraft['detail'];
}

const moved = (request: Request, at: string, next: Next): Moved => {
  const version = request.version + 1;
  const draft: AuditDraft = {
    id: `${request.id}/${version}`,
    at,
    kind: next.audit,
    actor: next.actor,
    case: request.caseId,
    request: request.id,
    because: next.because,
    ...(next.detail ? { detail: next.detail } : {}),
  };
  return {
    kind: 'moved',
    request: { ...request, ...next.change, version, outbox: [...request.outbox, draft] },
  };
};

/** What became of a request, for the one who came too late. */
export const outcome = (request: Request): string => {
  switch (request.state) {
    case 'pending':
      return 'it is still waiting for approval';
    case 'approved':
    case 'executing':
      return request.votes.length > 0
        ? 'it is already approved and running'
        : 'it is already running';
    case 'stopping':
      return 'it was stopped';
    case 'contained':
      return 'it is already done and verified';
    case 'denied':
      return 'it was denied';
    case 'expired':
      return 'it expired before it had its approvals';
    case 'withdrawn':
      return 'the requester withdrew it';
    case 'failed':
      return 'it already ran and failed';
    case 'undoing':
      return 'it is being undone';
    case 'undone':
      return 'it is already undone';
    case 'undo-failed':
      return 'its undo failed';
    default:
      return request.state satisfies never;
  }
};

/** Slack user id of the one whose decision stands. */
export const decidedBy = (request: Request): string =>
  request.state === 'stopping' && request.stoppedBy
    ? request.stoppedBy.user
    : (request.votes.at(-1)?.person.user ?? request.requestedBy.user);

const wrongState = (request: Request): TransitionRefusal => ({
  ...refused('wrong-state', `Too late: ${outcome(request)}.`),
  who: decidedBy(request),
});

const expiredBy = (request: Request, at: string): boolean => at >= request.expiresAt;

const oldCard = (request: Request, token: string): TransitionRefusal | undefined =>
  token === request.token
    ? undefined
    : refused(
        'other-plan',
        'This card shows an older plan. Live state changed, and a new plan waits in the thread.',
      );

const vote = (
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
  if (cast.verdict === 'deny')
    return moved(request, cast.at, {
      change: { state: 'denied', votes: [...request.votes, cast] },
      audit: 'request.denied',
      actor,
      because: 'an approver said no',
      detail,
    });
  if (cast.person.id === request.requestedBy.id)
    return refused(
      'own-request',
      `You requested this, so your approval does not count. It needs ${approvalsNeeded(request.tier)} other approver${approvalsNeeded(request.tier) > 1 ? 's' : ''}.`,
    );
  if (countedApprovals(request).includes(cast.person.id))
    return refused('already-voted', 'You have already approved this plan; one person, one vote.');
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

const drift = (
  request: Request,
  event: Extract<RequestEvent, { kind: 'drift' }>,
  at: string,
): Moved | TransitionRefusal => {
  if (request.state !== 'approved') return wrongState(request);
  const hash = planHash(event.plan);
  const detail = { shown: request.planHash, live: hash };
  if (request.planNumber >= 2)
    return moved(request, at, {
      change: {
        state: 'failed',
        failure: {
          step: 'Check before start',
          because: 'live state changed a second time between approval and start',
        },
        ended: { at, lines: [] },
      },
      audit: 'request.failed',
      actor: 'cordon:executor',
      because: 'second drift between approval and start',
      detail,
    });
  const { approvedAt: _, stamp: __, ...kept } = request;
  return moved(kept, at, {
    change: {
      state: 'pending',
      plan: event.plan,
      planHash: hash,
      planNumber: request.planNumber + 1,
      token: event.token,
      votes: [],
      expiresAt: event.expiresAt,
    },
    audit: 'request.drifted',
    actor: 'cordon:executor',
    because: 'live state is no longer what was approved; the approval is void',
    detail,
  });
};

const settle = (
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
    },
    audit: `request.${done}`,
    actor: 'cordon:executor',
    because: 'verified by reading back',
    detail: { lines: event.lines },
  });
};

const stopOrFinish = (
  request: Request,
  event: Extract<RequestEvent, { kind: 'stop' | 'finish' }>,
  at: string,
): Moved | TransitionRefusal => {
  const wanted: RequestState = event.kind === 'stop' ? 'executing' : 'stopping';
  if (request.state !== wanted) return wrongState(request);
  const stale = oldCard(request, event.token);
  if (stale) return stale;
  return event.kind === 'stop'
    ? moved(request, at, {
        change: { state: 'stopping', stoppedBy: event.by },
        audit: 'request.stopping',
        actor: actorOf(event.by),
        because: 'stop after the current step',
      })
    : moved(request, at, {
        change: { state: 'approved', stamp: event.stamp, run: request.run + 1, approvedAt: at },
        audit: 'request.resumed',
        actor: actorOf(event.by),
        because: 'finish what was stopped',
        detail: { authority: event.stamp.because },
      });
};

const release = (
  request: Request,
  event: Extract<RequestEvent, { kind: 'release' }>,
  at: string,
): Moved | TransitionRefusal =>
  request.state === 'contained'
    ? moved(request, at, {
        change: {
          state: 'undo-failed',
          failure: { step: 'End of the suppression', because: event.because },
        },
        audit: 'containment.undo-failed',
        actor: 'cordon:worker',
        because: event.because,
      })
    : wrongState(request);

const undo = (
  request: Request,
  event: Extract<RequestEvent, { kind: 'undo-start' | 'undo-end' }>,
  at: string,
): Moved | TransitionRefusal => {
  const actor = 'cordon:executor';
  if (event.kind === 'undo-start') {
    if (!['contained', 'failed', 'stopping', 'undo-failed'].includes(request.state))
      return wrongState(request);
    return moved(request, at, {
      change: { state: 'undoing', undoneBy: event.undo },
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

const progress = (
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

const beforeStart = (
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
    const stranded = request.state === 'approved' && request.steps.length === 0;
    if (request.state !== 'pending' && !stranded) return wrongState(request);
    if (!expiredBy(request, at)) return refused('wrong-state', 'It has not expired yet.');
    return moved(request, at, {
      change: { state: 'expired' },
      audit: 'request.expired',
      actor: 'cordon:tick',
      because: stranded ? 'approved, but not started in time' : 'not approved in time',
    });
  }
  if (request.state !== 'pending') return wrongState(request);
  const stale = oldCard(request, event.token);
  if (stale) return stale;
  return event.by.id === request.requestedBy.id
    ? moved(request, at, {
        change: { state: 'withdrawn' },
        audit: 'request.withdrawn',
        actor: actorOf(event.by),
        because: 'the requester took it back',
      })
    : refused('not-yours', 'Only the requester can withdraw a request.');
};

/** `at` is the time of the transition, ISO 8601 UTC. */
export const transition = (
  request: Request,
  event: RequestEvent,
  at: string,
): Moved | TransitionRefusal => {
  switch (event.kind) {
    case 'vote':
      return vote(request, event);
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
    case 'stop':
    case 'finish':
      return stopOrFinish(request, event, at);
    case 'succeed':
    case 'fail':
      return settle(request, event, at);
    case 'release':
      return release(request, event, at);
    case 'undo-start':
    case 'undo-end':
      return undo(request, event, at);
    default:
      return event satisfies never;
  }
};
