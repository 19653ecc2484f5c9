/** What an undo would do now: planned against live state where something was changed in AWS. */
import type { Plan, Refusal } from '../actions/action.ts';
import { worksIn } from '../actions/index.ts';
import { type Part, partsOf } from '../actions/parts.ts';
import { planEnd, staysInCordon } from '../actions/suppression-plan.ts';
import { planUndoOf } from '../execution/plan-undo.ts';
import type { Request } from '../requests/request.ts';
import { drillOf, inDrill } from './drill/drill-of.ts';
import { madeChanges } from './journal.ts';
import type { WorkerPorts } from './ports.ts';

/** Of a playbook one step, or all that are not undone yet. */
export const undoable = (
  parts: readonly Part[],
  { outcomes = {} }: Pick<Request, 'outcomes'>,
  step: string | undefined,
): readonly Part[] =>
  parts.filter(
    ({ key }) => (step === undefined || key === step) && outcomes[key]?.state !== 'undone',
  );

/**
 * A suppression can be ended whatever AWS says: what it archived then stays as it is, and that is
 * part of the plan. Throws when AWS cannot be asked.
 */
export const undoPlan = async (
  ports: Pick<WorkerPorts, 'config' | 'aws' | 'drills' | 'requests'>,
  undone: {
    readonly request: Request;
    readonly step?: string | undefined;
    readonly how?: 'whole' | 'by item';
  },
  session: { readonly requestId: string; readonly sourceIdentity?: string },
): Promise<Plan | Refusal> => {
  const { request, step, how = 'whole' } = undone;
  if (staysInCordon(request.plan)) return planEnd(request.plan);
  const drill = await drillOf(ports, request);
  const plan = await planUndoOf(request.plan, {
    parts: undoable(partsOf(request.plan), request, step),
    made: await madeChanges(ports.requests, request),
    how,
    aws: ({ action, basis }) =>
      ports.aws.as({
        role: 'read',
        ...worksIn(action, basis.target, ports.config),
        ...session,
        drill,
      }),
  });
  return plan.kind === 'refusal' && request.plan.suppresses
    ? planEnd(request.plan, plan.because)
    : inDrill(plan, drill);
};
