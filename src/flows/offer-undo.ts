/** A press on Undo: who may, what would be restored, and the modal with it. */
import type { Plan, Refusal } from '../actions/action.ts';
import { isOnFindings } from '../actions/parts.ts';
import type { Need } from '../requests/authority.ts';
import { canUndo, isAutomatic, type Request } from '../requests/request.ts';
import { targetOf } from '../requests/scope.ts';
import { allowed, type Click, refuseClick } from './click.ts';
import { oldCard, show } from './offer-plan.ts';
import { isOwnCase } from './own-case.ts';
import { inWords } from './plan-action.ts';
import type { WorkerPorts } from './ports.ts';
import { undoPlan } from './undo-plan.ts';

/**
 * Requester or approver, soon after verification, nothing drifted: one person is enough. Of what ran by
 * itself any responder: they could have stopped it.
 */
export const isQuickUndo = (
  ports: Pick<WorkerPorts, 'config' | 'chance'>,
  click: Click,
  request: Request,
): boolean => {
  const people = [request.requestedBy, ...request.votes.map((vote) => vote.person)];
  const until =
    Date.parse(request.ended?.at ?? request.stoppedAt ?? request.requestedAt) +
    ports.config.approval.quickUndoMinutes * 60_000;
  const may = isAutomatic(request) || people.some(({ id }) => id === click.person.id);
  return may && ports.chance.now() < until;
};

/** An approver who is no responder may take back what they approved, soon after. */
export const undoNeed = (
  ports: Pick<WorkerPorts, 'config' | 'chance'>,
  click: Click,
  request: Request | undefined,
): Need =>
  request &&
  !isAutomatic(request) &&
  request.requestedBy.id !== click.person.id &&
  isQuickUndo(ports, click, request)
    ? 'approve'
    : 'respond';

const readUndo = async (
  ports: WorkerPorts,
  click: Click,
  request: Request,
  step: string | undefined,
): Promise<Plan | Refusal> => {
  try {
    return await undoPlan(
      ports,
      { request, step, how: 'by item' },
      { requestId: click.digest.slice(0, 32), sourceIdentity: click.person.id },
    );
  } catch (error) {
    return inWords(error);
  }
};

export const offerUndo = async (
  ports: WorkerPorts,
  click: Click,
  named: {
    readonly request: string;
    readonly token: string;
    /** Key of one step of a playbook; the whole when absent. */
    readonly step?: string | undefined;
  },
): Promise<void> => {
  const about = { request: named.request };
  const request = await ports.requests.get(named.request);
  const target = request && targetOf(request.plan);
  if (!(await allowed(ports, click, undoNeed(ports, click, request), about, target))) return;
  const theCase = request && (await ports.cases.get(request.caseId));
  if (!request || !theCase || request.token !== named.token)
    return refuseClick(ports, click, oldCard, about);
  if (!canUndo(request))
    return refuseClick(
      ports,
      click,
      {
        code: 'wrong-state',
        because: `There is nothing to undo: the request is ${request.state}.`,
        needed: 'a containment that is in force',
      },
      about,
    );
  if (!isOnFindings(request.plan) && (await isOwnCase(ports, click, request))) return;
  const plan = await readUndo(ports, click, request, named.step);
  if (plan.kind === 'refusal')
    return refuseClick(
      ports,
      click,
      { code: 'drifted', because: plan.because, needed: plan.instead },
      { ...about, case: request.caseId },
    );
  const quick = isQuickUndo(ports, click, request);
  await show(ports, click, {
    theCase,
    // To alert again is the safe direction: what ends only that needs one responder.
    plan: { ...plan, tier: quick || request.plan.suppresses ? 1 : request.tier },
    undoes: request,
    step: named.step,
    quick,
  });
};
