/** What an undo would do now: planned against live state where something was changed in AWS. */
import type { Action, Plan, Refusal } from '../actions/action.ts';
import { worksIn } from '../actions/index.ts';
import { planEnd, staysInCordon } from '../actions/suppression-plan.ts';
import { planUndo } from '../execution/plan-undo.ts';
import type { Request } from '../requests/request.ts';
import { madeChanges } from './journal.ts';
import type { WorkerPorts } from './ports.ts';

/**
 * A suppression can be ended whatever AWS says: what it archived then stays as it is, and that is
 * part of the plan. Throws when AWS cannot be asked.
 */
export const undoPlan = async (
  ports: Pick<WorkerPorts, 'config' | 'aws' | 'requests'>,
  undone: { readonly request: Request; readonly action: Action },
  session: { readonly requestId: string; readonly sourceIdentity?: string },
): Promise<Plan | Refusal> => {
  const { request, action } = undone;
  if (staysInCordon(request.plan)) return planEnd(request.plan);
  const aws = await ports.aws.as({
    role: 'read',
    ...worksIn(action, request.plan.target, ports.config),
    ...session,
  });
  const plan = await planUndo(
    { action, plan: request.plan, made: await madeChanges(ports.requests, request) },
    aws,
  );
  return plan.kind === 'refusal' && request.plan.suppresses
    ? planEnd(request.plan, plan.because)
    : plan;
};
