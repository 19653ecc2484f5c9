/** From approved to executing: live state is asked again, and what people consented to must hold. */
import { type Plan, type Refusal, refuse } from '../actions/action.ts';
import { suppressionPlan } from '../actions/suppression-plan.ts';
import { planUndo, stepsOf } from '../execution/plan-undo.ts';
import type { ExecutorAnswer } from '../execution/state-machine.ts';
import { deadlines } from '../requests/deadlines.ts';
import { disclosures, planHash } from '../requests/plan-hash.ts';
import type { Request } from '../requests/request.ts';
import { tierOf } from '../requests/tiers.ts';
import { gateAccount } from './gate-target.ts';
import { madeChanges } from './journal.ts';
import { isoNow } from './ports.ts';
import { done, type ExecutePorts, endRun, tell, type Work } from './run-work.ts';
import type { Told } from './save-request.ts';
import { settleBasis } from './settle-basis.ts';

/** Tier, duration and what is hidden were decided by people, not by live state. */
const asConsented = (request: Request, live: Plan): Plan => ({
  ...(request.plan.suppresses ? suppressionPlan(live, request.plan.suppresses, true) : live),
  tier: request.tier,
  ...(request.plan.holdsDays === undefined
    ? {}
    : { holdsDays: request.plan.holdsDays, summary: request.plan.summary }),
});

/** What the plan would be now: the same question as at request time, asked with the same words. */
const replan = async (ports: ExecutePorts, work: Work): Promise<Plan | Refusal> => {
  const { action, request, basis, aws } = work;
  if (request.kind === 'contain') {
    const live = await action.plan(request.plan.target, aws, ports.config);
    return live.kind === 'plan' ? asConsented(request, live) : live;
  }
  const made = await madeChanges(ports.requests, basis);
  const live = await planUndo({ action, plan: basis.plan, made }, aws);
  return live.kind === 'plan' ? { ...live, tier: request.tier } : live;
};

/** The configuration may have changed since the plan was shown; an undo stays possible. */
export const switchedOff = (
  ports: Pick<ExecutePorts, 'config'>,
  { request, action }: Pick<Work, 'request' | 'action'>,
): Refusal | undefined => {
  if (request.kind === 'undo') return undefined;
  if (tierOf(ports.config, action, request.plan.target) > request.tier)
    return refuse(
      'not-permitted',
      'The configuration has raised the tier of this action since it was requested.',
      'Request it again.',
    );
  return gateAccount(ports.config, { action, target: request.plan.target });
};

/** Somebody may have started it in this very run, before an answer was lost. */
const started = (told: Told): Request | ExecutorAnswer =>
  told.request?.state === 'executing' ? told.request : done;

/** Decides whether an approved request starts; answers the executing request or how it ended. */
export const beginRun = async (
  ports: ExecutePorts,
  work: Work,
): Promise<Request | ExecutorAnswer> => {
  const { request } = work;
  if (request.steps.length > 0) {
    const { plan, steps } = request;
    return started(await tell(ports, request, { kind: 'start', plan, disclosed: [], steps }));
  }
  const off = switchedOff(ports, work);
  const live = off ?? (await replan(ports, work));
  if (live.kind === 'refusal')
    return endRun(ports, work, {
      kind: 'fail',
      step: 'Check before start',
      because: `${live.because} ${live.instead}`,
    });
  if (planHash(live) !== request.planHash) {
    await tell(ports, request, {
      kind: 'drift',
      plan: live,
      token: ports.chance.id(),
      deadlines: deadlines(ports.config.approval, request.tier, isoNow(ports.chance)),
    });
    await settleBasis(ports, request.id);
    return done;
  }
  const steps = stepsOf(work.action, work.basis.plan, live).map(({ register }) => ({
    id: register.id,
    title: register.title,
    status: 'waiting' as const,
  }));
  if (request.kind === 'undo') {
    const claimed = await tell(ports, work.basis, { kind: 'undo-start', undo: request.id });
    if (claimed.kind === 'refused' && claimed.request?.undoneBy !== request.id)
      return endRun(ports, work, {
        kind: 'fail',
        step: 'Start of undo',
        because: claimed.because,
      });
  }
  return started(
    await tell(ports, request, {
      kind: 'start',
      plan: live,
      disclosed: disclosures(request.plan, live),
      steps,
    }),
  );
};
