/** What people do with a request that exists: approve, deny, withdraw, stop, finish, look. */
import type { Need } from '../requests/authority.ts';
import type { Request } from '../requests/request.ts';
import type { RequestEvent } from '../requests/request-event.ts';
import { isPerson } from '../requests/requester.ts';
import { targetOf } from '../requests/scope.ts';
import type { Proof } from '../requests/step-up.ts';
import { requestView } from '../slack/modals/request.ts';
import { allowed, answer, authorityOf, type Click, refuseClick, show } from './click.ts';
import { isOwnCase } from './own-case.ts';
import { isoNow, type WorkerPorts } from './ports.ts';
import { refuseTold } from './refuse-told.ts';
import { tellRequest } from './save-request.ts';
import { settleBasis } from './settle-basis.ts';
import { startExecution } from './start-execution.ts';
import { askToConfirm } from './step-up/ask.ts';
import { stillAuthorised } from './still-authorised.ts';
import { tellApproved } from './tell-approved.ts';

export interface NamedRequest {
  readonly request: string;
  readonly token: string;
  /** Of a no, or of a step that is left out. */
  readonly reason?: string;
  /** Of an approval of tier 3 that was confirmed on the step-up page. */
  readonly proof?: Proof;
}

/** `done` and `skip` are about the step at which a playbook stands still; `finish` tries it again. */
export type Verb =
  | 'approve'
  | 'deny'
  | 'withdraw'
  | 'veto'
  | 'reviewed'
  | 'stop'
  | 'finish'
  | 'done'
  | 'skip';

const needs: Readonly<Record<Verb, Need>> = {
  approve: 'approve',
  deny: 'approve',
  withdraw: 'respond',
  veto: 'respond',
  reviewed: 'respond',
  stop: 'respond',
  finish: 'respond',
  done: 'respond',
  skip: 'respond',
};

/** What makes something run again that stood still. */
const goesOn: readonly Verb[] = ['finish', 'done', 'skip'];

const eventFor = (
  verb: Verb,
  click: Click,
  facts: {
    readonly request: Request;
    readonly token: string;
    readonly at: string;
    readonly because: string;
    readonly proof?: Proof | undefined;
    readonly reason?: string | undefined;
    /** Takes back what others asked for. */
    readonly admin: boolean;
  },
): RequestEvent => {
  const { request, token, at, because, proof, reason } = facts;
  const stamp = { at, because };
  switch (verb) {
    case 'approve':
    case 'deny':
      return {
        kind: 'vote',
        token,
        stamp,
        vote: {
          person: click.person,
          verdict: verb,
          at,
          planHash: request.planHash,
          ...(proof ? { proof } : {}),
          ...(reason ? { reason } : {}),
        },
      };
    case 'withdraw':
      return { kind: 'withdraw', by: click.person, token, ...(facts.admin ? { admin: true } : {}) };
    case 'veto':
    case 'reviewed':
      return { kind: verb, by: click.person, token };
    case 'stop':
      return { kind: 'stop', by: click.person, token };
    case 'finish':
      return { kind: 'finish', by: click.person, token, stamp };
    case 'done':
    case 'skip':
      return {
        kind: 'finish',
        by: click.person,
        token,
        stamp,
        says: { state: verb === 'done' ? 'done' : 'skipped', because: reason ?? '' },
      };
    default:
      return verb satisfies never;
  }
};

/** The requester must still be a responder when the last approval arrives. */
const requesterStill = async (
  ports: WorkerPorts,
  click: Click,
  request: Request,
): Promise<boolean> => {
  const { requestedBy } = request;
  // What a rule asks for waits for no approval: the transition says so.
  if (!isPerson(requestedBy)) return true;
  const authority = await authorityOf(ports, requestedBy, 'respond', targetOf(request.plan));
  if (authority.kind === 'allowed') return true;
  await refuseClick(
    ports,
    click,
    {
      code: 'requester-lost-authority',
      because:
        authority.code === 'lookup-failed'
          ? 'Slack could not tell whether the requester may still request this.'
          : 'The requester may no longer request this.',
      needed:
        authority.code === 'lookup-failed'
          ? 'a Slack look-up that works; press again in a minute'
          : 'a new request by a responder',
      who: requestedBy.user,
    },
    { case: request.caseId, request: request.id },
  );
  return false;
};

/** What was stopped goes on only while everybody behind it may still do it. */
const peopleStill = async (
  ports: WorkerPorts,
  click: Click,
  request: Request,
): Promise<boolean> => {
  const still = await stillAuthorised(ports, request);
  if (still.kind === 'yes') return true;
  await refuseClick(
    ports,
    click,
    {
      code: 'lost-authority',
      because: `Somebody behind this request may no longer do it (${still.because})`,
      needed: 'undo what was done, or a new plan',
    },
    { case: request.caseId, request: request.id },
  );
  return false;
};

/** What nobody does in a case about themselves. */
const guarded: readonly Verb[] = ['approve', 'deny', 'veto', 'reviewed', 'stop'];

/** A twist of a drill: for some minutes no approver is there. Their own request is refused as ever. */
const isAway = async (ports: WorkerPorts, click: Click, request: Request): Promise<boolean> => {
  if (!request.plan.drill || request.requestedBy.id === click.person.id) return false;
  const { absentUntil } = await import('./drill/absent.ts');
  const until = await absentUntil(ports, request);
  if (!until) return false;
  await refuseClick(
    ports,
    click,
    {
      code: 'drill-absent',
      because: `In this drill you are on your way and cannot answer before ${until.slice(11, 16)} UTC. Keep that to yourself.`,
      needed: 'the others to find a way, or the time to pass',
    },
    { case: request.caseId, request: request.id },
  );
  return true;
};

/** Whether this person and the others behind the request may be part of it, as far as the verb asks. */
const othersStill = async (
  ports: WorkerPorts,
  click: Click,
  verb: Verb,
  request: Request,
): Promise<boolean> => {
  if (guarded.includes(verb) && (await isOwnCase(ports, click, request))) return false;
  if ((verb === 'approve' || verb === 'deny') && (await isAway(ports, click, request)))
    return false;
  if (verb === 'approve') return requesterStill(ports, click, request);
  return !goesOn.includes(verb) || peopleStill(ports, click, request);
};

/** An administrator may also take back what others asked for. */
const needOf = async (ports: WorkerPorts, click: Click, verb: Verb): Promise<Need> => {
  if (verb !== 'withdraw') return needs[verb];
  const admin = await authorityOf(ports, click.person, 'administer');
  return admin.kind === 'allowed' ? 'administer' : needs.withdraw;
};

/** What an approval sets off. */
export const carryOut = async (ports: WorkerPorts, request: Request): Promise<void> => {
  if (request.approvedAt) await tellApproved(ports, request);
  await startExecution(ports, request);
};

export const decideRequest = async (
  ports: WorkerPorts,
  click: Click,
  verb: Verb,
  named: NamedRequest,
): Promise<void> => {
  const current = await ports.requests.get(named.request);
  const about = { request: named.request, ...(current ? { case: current.caseId } : {}) };
  const need = await needOf(ports, click, verb);
  const target = current && targetOf(current.plan);
  const because = await allowed(ports, click, need, about, target);
  if (!because) return;
  if (!current)
    return refuseClick(ports, click, {
      code: 'unknown-request',
      because: 'This request does not exist.',
      needed: 'the card in the thread',
    });
  if (!(await othersStill(ports, click, verb, current))) return;
  const at = isoNow(ports.chance);
  const told = await tellRequest(
    ports,
    current.id,
    eventFor(verb, click, {
      request: current,
      token: named.token,
      at,
      because,
      proof: named.proof,
      reason: named.reason,
      admin: need === 'administer',
    }),
    current,
  );
  // Also when refused against itself: the job of this vote may have died before it came so far.
  const own = told.kind === 'moved' || told.who === click.person.user;
  if (own && told.request) await carryOut(ports, told.request);
  if (told.kind === 'refused' && told.code === 'step-up-needed')
    return askToConfirm(ports, click, current, named.token);
  if (told.kind === 'refused') return refuseTold(ports, click, told, about);
  await settleBasis(ports, told.request.id);
  await ports.wake.wake(told.request.caseId);
  if (click.viewId ?? click.externalId)
    await answer(ports, click, {
      title: 'Done',
      lines: [`Recorded: ${verb}. The thread shows what happens next.`],
    });
};

/** The whole plan, with Approve and Deny for those who may. */
export const showRequest = async (
  ports: WorkerPorts,
  click: Click,
  named: NamedRequest,
): Promise<void> => {
  const request = await ports.requests.get(named.request);
  const theCase = request && (await ports.cases.get(request.caseId));
  if (!request || !theCase)
    return refuseClick(ports, click, {
      code: 'unknown-request',
      because: 'This request does not exist.',
      needed: 'the card in the thread',
    });
  if (!(await allowed(ports, click, 'look'))) return;
  const approver = await authorityOf(ports, click.person, 'approve', targetOf(request.plan));
  await show(
    ports,
    click,
    requestView({
      request,
      theCase,
      accountName: ports.config.accounts[request.plan.target.account]?.name,
      mayVote:
        approver.kind === 'allowed' &&
        request.state === 'pending' &&
        request.requestedBy.id !== click.person.id,
    }),
  );
};
