/**
 * Carries out an approved request that changes nothing in AWS. The executor holds the response roles
 * and may not touch what ingest decides by, so the worker does this itself: the same request, asked
 * the same questions, without a run.
 */
import { actionById } from '../actions/index.ts';
import type { Request } from '../requests/request.ts';
import { quorumReached } from '../requests/tiers.ts';
import { switchedOff } from './begin-run.ts';
import { keepSuppression } from './keep-suppression.ts';
import { isoIn, type WorkerPorts } from './ports.ts';
import { endRun, tell } from './run-work.ts';

/** Why it may not be carried out after all. */
const obstacle = (ports: WorkerPorts, request: Request): string | undefined => {
  const action = actionById(request.plan.action);
  if (!action) return `the action ${request.plan.action} does not exist any more`;
  if (!quorumReached(request)) return 'it is marked approved, but its approvals are missing';
  return switchedOff(ports, request)?.because;
};

const lines = (request: Request): readonly string[] =>
  request.kind === 'undo'
    ? request.plan.cannot
    : ['Nothing changes in AWS. Findings that fit are counted, and shown again when it breaks.'];

/** An undo takes the request that it undoes first; answers why another one has it. */
const taken = async (ports: WorkerPorts, request: Request, basis: Request) => {
  if (request.kind !== 'undo') return undefined;
  const claimed = await tell(ports, basis, { kind: 'undo-start', undo: request.id });
  return claimed.kind === 'refused' && claimed.request?.undoneBy !== request.id
    ? claimed.because
    : undefined;
};

/** Called wherever a run would be started, so right after the people behind it were looked up. */
export const runInCordon = async (ports: WorkerPorts, request: Request): Promise<void> => {
  const basis = request.undoes ? await ports.requests.get(request.undoes) : request;
  const action = actionById(request.plan.action);
  if (!basis) return;
  const because = obstacle(ports, request) ?? (await taken(ports, request, basis));
  if (because !== undefined) {
    await endRun(ports, { request, basis }, { kind: 'fail', step: 'Check before start', because });
    return;
  }
  await endRun(
    ports,
    { request, basis },
    {
      kind: 'succeed',
      by: 'cordon:worker',
      lines: lines(request),
      ...(action && request.kind === 'contain'
        ? { reviewAt: isoIn(ports.chance, action.reviewAfterHours * 3_600_000) }
        : {}),
    },
  );
  await keepSuppression(ports, basis.id);
};
