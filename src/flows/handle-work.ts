/**
 * The worker's tasks from tick: what a deadline asks for. A task only names an item; what is to be
 * done is read from the item and the clock, so a forged task can do nothing that is not due.
 */
import { actionById, worksIn } from '../actions/index.ts';
import { planUndo } from '../execution/plan-undo.ts';
import type { Request } from '../requests/request.ts';
import { authorityOf } from './click.ts';
import { madeChanges } from './journal.ts';
import { isoIn, isoNow, type Work, type WorkerPorts } from './ports.ts';
import { endRun } from './run-work.ts';
import { tellCase } from './save-case.ts';
import { tellRequest } from './save-request.ts';
import { startExecution } from './start-execution.ts';
import { putRequest, requestIdOf } from './submit-plan.ts';

/** Everybody behind a request is asked about again; the first refusal is the answer. */
const stillAuthorised = async (
  ports: WorkerPorts,
  request: Request,
): Promise<{ readonly ok: boolean; readonly because: string }> => {
  const requester = await authorityOf(ports, request.requestedBy, 'respond');
  if (requester.kind === 'refused')
    return { ok: false, because: `requester: ${requester.because}` };
  const approvers = request.votes.filter(
    ({ verdict, planHash }) => verdict === 'approve' && planHash === request.planHash,
  );
  for (const { person } of approvers) {
    const authority = await authorityOf(ports, person, 'approve');
    if (authority.kind === 'refused')
      return { ok: false, because: `approver: ${authority.because}` };
  }
  return { ok: true, because: 'requester and approvers looked up again' };
};

/** An execution that gave no sign for so long is dead; its journal is taken up by a new one. */
const deadAfterMs = 1_800_000;

const restamp = async (ports: WorkerPorts, request: Request): Promise<void> => {
  const authority = await stillAuthorised(ports, request);
  if (!authority.ok) {
    const basis = request.undoes ? await ports.requests.get(request.undoes) : request;
    await endRun(
      ports,
      { request, basis: basis ?? request },
      { kind: 'fail', step: 'Check of authority', because: authority.because },
    );
    return;
  }
  const begun = Date.parse(request.approvedAt ?? request.requestedAt);
  const dead = request.state === 'executing' && ports.chance.now() - begun > deadAfterMs;
  const told = await tellRequest(ports, request.id, {
    kind: dead ? 'revive' : 'restamp',
    stamp: { at: isoNow(ports.chance), because: authority.because },
  });
  if (told.kind === 'moved') await startExecution(ports, told.request);
};

/**
 * The end of a suppression was part of the plan that was approved, so its undo needs no new
 * approval; it is still planned against live state, journalled and verified like any other.
 */
const endSuppression = async (ports: WorkerPorts, request: Request): Promise<void> => {
  const action = actionById(request.plan.action);
  if (!action) return;
  const token = `end-${request.id}`;
  const before = await ports.requests.get(requestIdOf(token));
  if (before?.failure) {
    await tellRequest(ports, request.id, { kind: 'release', because: before.failure.because });
    return;
  }
  const aws = await ports.aws.as({
    role: 'read',
    ...worksIn(action, request.plan.target, ports.config),
    requestId: request.id,
  });
  const plan = await planUndo(
    { action, plan: request.plan, made: await madeChanges(ports.requests, request.id) },
    aws,
  );
  if (plan.kind === 'refusal') {
    await tellRequest(ports, request.id, { kind: 'release', because: plan.because });
    return;
  }
  await putRequest(
    ports,
    {
      token,
      caseId: request.caseId,
      kind: 'undo',
      undoes: request.id,
      plan: { ...plan, tier: 1 },
      person: request.requestedBy,
      offeredAt: isoNow(ports.chance),
      expiresAt: isoIn(ports.chance, 60_000),
    },
    {
      submission: {
        token,
        reason: { code: 'expired', label: 'The suppression is over', text: '' },
      },
      authority: `the end was approved with ${request.id}`,
    },
  );
};

const onRequest = async (ports: WorkerPorts, id: string): Promise<void> => {
  const request = await ports.requests.get(id);
  if (!request) return;
  const now = isoNow(ports.chance);
  if (request.state === 'pending' && request.expiresAt <= now)
    await tellRequest(ports, id, { kind: 'expire' });
  else if (request.state === 'approved' || request.state === 'executing')
    await restamp(ports, request);
  else if (request.state === 'contained' && request.holdsUntil && request.holdsUntil <= now)
    await endSuppression(ports, request);
  await ports.wake.wake(request.caseId);
};

const onCase = async (ports: WorkerPorts, id: string): Promise<void> => {
  const theCase = await ports.cases.get(id);
  if (!theCase?.suppression || theCase.suppression.until > isoNow(ports.chance)) return;
  await tellCase(ports, id, { kind: 'suppression-end', because: 'its time is over' });
  await ports.wake.wake(id);
};

export const handleWork = async (ports: WorkerPorts, work: Work): Promise<void> => {
  switch (work.kind) {
    case 'request-due':
      return onRequest(ports, work.request);
    case 'case-due':
      return onCase(ports, work.case);
    default:
      work satisfies never;
  }
};
