/** From approved to executing: live state is asked again, and what people consented to must hold. */
import { type Plan, type PlannedStep, type Refusal, refuse } from '../actions/action.ts';
import { chosenAs } from '../actions/choices.ts';
import { actionSteps, idInPlan, type Part, partsOf, planTitle } from '../actions/parts.ts';
import { suppressionPlan } from '../actions/suppression-plan.ts';
import { planUndoOf, stepsOf } from '../execution/plan-undo.ts';
import type { ExecutorAnswer } from '../execution/state-machine.ts';
import { combine } from '../playbooks/combined-plan.ts';
import { deadlines } from '../requests/deadlines.ts';
import { disclosures, planHash } from '../requests/plan-hash.ts';
import { hasBegun, itemsOf, type Request } from '../requests/request.ts';
import { undoneParts } from '../requests/request-event.ts';
import { tierOf } from '../requests/tiers.ts';
import { inDrill } from './drill/drill-of.ts';
import { gateAccount } from './gate-target.ts';
import { madeChanges } from './journal.ts';
import { isoNow } from './ports.ts';
import { done, type ExecutePorts, endRun, tell, type Work } from './run-work.ts';
import type { Told } from './save-request.ts';
import type { Sessions } from './sessions.ts';
import { settleBasis } from './settle-basis.ts';
import { undoable } from './undo-plan.ts';

/** Tier, duration, what is hidden and what is left out were decided by people, not by live state. */
const asConsented = (request: Request, live: Plan): Plan => ({
  ...(request.plan.suppresses
    ? suppressionPlan(live, request.plan.suppresses, true)
    : chosenAs(live, request.plan)),
  tier: request.tier,
  ...(request.plan.holdsDays === undefined
    ? {}
    : { holdsDays: request.plan.holdsDays, summary: request.plan.summary }),
});

const inWords = (looking: { readonly because: string }): Refusal =>
  refuse('not-permitted', looking.because, 'Check the response role in that account.');

const planPart = async (
  ports: ExecutePorts,
  part: Part,
  sessions: Sessions,
): Promise<Plan | Refusal> => {
  const aws = await sessions.look(part);
  if ('because' in aws) return inWords(aws);
  const live = await part.action.plan(part.basis.target, aws, ports.config);
  return live.kind === 'plan'
    ? { ...live, tier: tierOf(ports.config, part.action, part.basis.target) }
    : live;
};

/** Each action planned again; what is refused now is left out, and so the whole is another plan. */
const replanPlaybook = async (
  ports: ExecutePorts,
  { request }: Work,
  sessions: Sessions,
): Promise<Plan | Refusal> => {
  const { plan } = request;
  const live = new Map(
    await Promise.all(
      partsOf(plan).map(async (part) => [part.key, await planPart(ports, part, sessions)] as const),
    ),
  );
  const steps = (plan.playbook?.steps ?? []).flatMap((step): readonly PlannedStep[] => {
    if (step.kind !== 'action') return [step];
    const now = live.get(step.key);
    return now?.kind === 'plan' ? [{ ...step, plan: now }] : [];
  });
  const leftOut = actionSteps(plan).flatMap(({ key, title }) => {
    const now = live.get(key);
    return now?.kind === 'refusal' ? [{ title, because: now.because, instead: now.instead }] : [];
  });
  const whole = combine({
    id: plan.action,
    title: planTitle(plan),
    target: plan.target,
    steps,
    leftOut,
  });
  // What was left out before anybody approved stays told.
  return whole.kind === 'plan' && leftOut.length === 0 ? { ...whole, cannot: plan.cannot } : whole;
};

/** People chose what is undone, and said what stays. */
const undoneAs = ({ plan, tier }: Request, live: Plan): Plan => ({
  ...live,
  tier,
  ...(plan.choices ? { choices: plan.choices, cannot: plan.cannot, summary: plan.summary } : {}),
});

/** As `replan`, and still of the drill that it was approved for. */
const replanned = async (
  ports: ExecutePorts,
  work: Work,
  sessions: Sessions,
): Promise<Plan | Refusal> => inDrill(await replan(ports, work, sessions), work.drill);

/** What the plan would be now: the same question as at request time, asked with the same words. */
const replan = async (
  ports: ExecutePorts,
  work: Work,
  sessions: Sessions,
): Promise<Plan | Refusal> => {
  const { request, basis } = work;
  const parts = partsOf(basis.plan);
  if (request.kind === 'undo') {
    const live = await planUndoOf(basis.plan, {
      parts: undoable(parts, basis, request.undoesStep),
      // What was left out is nobody's concern: it may be changed as it likes.
      made: (await madeChanges(ports.requests, basis)).filter(
        ({ id }) => itemsOf(request)?.includes(id) ?? true,
      ),
      aws: async (part) => {
        const aws = await sessions.look(part);
        if ('because' in aws) throw new Error(aws.because);
        return aws;
      },
    });
    return live.kind === 'plan' ? undoneAs(request, live) : live;
  }
  if (request.plan.playbook) {
    const whole = await replanPlaybook(ports, work, sessions);
    return whole.kind === 'plan' ? { ...whole, tier: request.tier } : whole;
  }
  const [part] = parts;
  if (!part) return refuse('not-supported', 'This action does not exist any more.', 'Act by hand.');
  const live = await planPart(ports, part, sessions);
  return live.kind === 'plan' ? asConsented(request, live) : live;
};

/** The configuration may have changed since the plan was shown; an undo stays possible. */
export const switchedOff = (
  ports: Pick<ExecutePorts, 'config'>,
  request: Request,
): Refusal | undefined => {
  if (request.kind === 'undo') return undefined;
  for (const { action, basis } of partsOf(request.plan)) {
    if (tierOf(ports.config, action, basis.target) > request.tier)
      return refuse(
        'not-permitted',
        'The configuration has raised the tier of this action since it was requested.',
        'Request it again.',
      );
    const gate = gateAccount(ports.config, { action, target: basis.target });
    if (gate) return gate;
  }
  return undefined;
};

/** Somebody may have started it in this very run, before an answer was lost. */
const started = (told: Told): Request | ExecutorAnswer =>
  told.request?.state === 'executing' ? told.request : done;

/** Every register that is going to be written, in the order of the plan. */
const stepReports = (basis: Plan, live: Plan): Request['steps'] =>
  partsOf(basis, live).flatMap((part) =>
    stepsOf(part.action, part.basis, part.plan).map(({ register }) => ({
      id: idInPlan(part.key, register.id),
      title: register.title,
      status: 'waiting' as const,
    })),
  );

/** Decides whether an approved request starts; answers the executing request or how it ended. */
export const beginRun = async (
  ports: ExecutePorts,
  work: Work,
  sessions: Sessions,
): Promise<Request | ExecutorAnswer> => {
  const { request } = work;
  if (hasBegun(request)) {
    const { plan, steps } = request;
    return started(await tell(ports, request, { kind: 'start', plan, disclosed: [], steps }));
  }
  const off = switchedOff(ports, request);
  const live = off ?? (await replanned(ports, work, sessions));
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
  const steps = stepReports(request.kind === 'contain' ? live : work.basis.plan, live);
  if (request.kind === 'undo') {
    const claimed = await tell(ports, work.basis, {
      kind: 'undo-start',
      undo: request.id,
      ...undoneParts(request),
    });
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
