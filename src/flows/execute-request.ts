/**
 * The executor's story: load the approved request, prove that it may run now, run its journalled
 * steps, read back, record. Called again and again by the state machine until it says done.
 */

import type { Action, Plan, Refusal } from '../actions/action.ts';
import type { Aws } from '../actions/aws.ts';
import { actionById, worksIn } from '../actions/index.ts';
import { planUndo, stepsOf } from '../execution/plan-undo.ts';
import { errorInWords, runSteps, type Step } from '../execution/run-steps.ts';
import type { ExecutorAnswer } from '../execution/state-machine.ts';
import { disclosures, planHash, same, words } from '../requests/plan-hash.ts';
import type { Request } from '../requests/request.ts';
import { journalOf, madeChanges } from './journal.ts';
import { isoIn, isoNow, type Ports } from './ports.ts';
import { type Told, tellRequest } from './save-request.ts';

export type ExecutePorts = Pick<Ports, 'config' | 'chance' | 'requests' | 'wake' | 'aws'>;

/** The function's time limit is 60 s; a lease outlives it, so a killed run cannot be overtaken. */
const leaseSeconds = 90;
/** The worker's word counts this long, at the start and after every wait. */
const stampSeconds = 60;
/** Reading back is repeated: IAM and EC2 may answer with the old value for some seconds. */
const checks = { most: 4, everySeconds: 5 };

const done: ExecutorAnswer = { status: 'done' };
const failed: ExecutorAnswer = { status: 'failed' };
const again = (afterSeconds: number): ExecutorAnswer => ({ status: 'again', afterSeconds });

interface Work {
  readonly action: Action;
  readonly request: Request;
  /** Undo: the request that is undone. */
  readonly basis: Request;
  readonly aws: Aws;
}

const tell = async (
  ports: ExecutePorts,
  request: Request,
  event: Parameters<typeof tellRequest>[2],
): Promise<Told> => {
  const told = await tellRequest(ports, request.id, event);
  await ports.wake.wake(request.caseId);
  return told;
};

const endWith = async (
  ports: ExecutePorts,
  work: Pick<Work, 'request' | 'basis'>,
  event: Extract<Parameters<typeof tellRequest>[2], { kind: 'succeed' | 'fail' }>,
): Promise<ExecutorAnswer> => {
  // The undone request first: a crash in between is repaired when the undo request runs again.
  if (work.request.kind === 'undo')
    await tell(ports, work.basis, {
      kind: 'undo-end',
      undo: work.request.id,
      undone: event.kind === 'succeed',
    });
  await tell(ports, work.request, event);
  return event.kind === 'succeed' ? done : failed;
};

const stamped = (ports: ExecutePorts, request: Request): boolean =>
  request.stamp !== undefined &&
  Date.parse(request.stamp.at) >= ports.chance.now() - stampSeconds * 1000;

/** What the plan would be now: the same question as at request time, asked with the same words. */
const replan = async (ports: ExecutePorts, work: Work): Promise<Plan | Refusal> => {
  const { action, request, basis, aws } = work;
  if (request.kind === 'contain') {
    const live = await action.plan(request.plan.target, aws, ports.config);
    return live.kind === 'plan' ? { ...live, tier: request.tier } : live;
  }
  const made = await madeChanges(ports.requests, basis.id);
  const live = await planUndo({ action, plan: basis.plan, made }, aws);
  return live.kind === 'plan' ? { ...live, tier: request.tier } : live;
};

/** Decides whether an approved request starts; answers the executing request or how it ended. */
const start = async (ports: ExecutePorts, work: Work): Promise<Request | ExecutorAnswer> => {
  const { request } = work;
  if (request.steps.length > 0) {
    const told = await tell(ports, request, {
      kind: 'start',
      plan: request.plan,
      disclosed: [],
      steps: request.steps,
    });
    return told.kind === 'moved' ? told.request : done;
  }
  const live = await replan(ports, work);
  if (live.kind === 'refusal')
    return endWith(
      ports,
      { ...work, basis: { ...work.basis } },
      {
        kind: 'fail',
        step: 'Check before start',
        because: `${live.because} ${live.instead}`,
      },
    );
  if (planHash(live) !== request.planHash) {
    await tell(ports, request, {
      kind: 'drift',
      plan: live,
      token: ports.chance.id(),
      expiresAt: isoIn(ports.chance, minutesFor(ports, request) * 60_000),
    });
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
      return endWith(ports, work, {
        kind: 'fail',
        step: 'Start of undo',
        because: claimed.because,
      });
  }
  const told = await tell(ports, request, {
    kind: 'start',
    plan: live,
    disclosed: disclosures(request.plan, live),
    steps,
  });
  return told.kind === 'moved' ? told.request : done;
};

const minutesFor = (ports: ExecutePorts, request: Request): number =>
  request.tier >= 3 ? ports.config.approval.tier3Minutes : ports.config.approval.tier2Minutes;

const report = (request: Request, doneSteps: number): Request['steps'] =>
  request.steps.map((step, position) => ({
    ...step,
    status: position < doneSteps ? 'done' : 'waiting',
  }));

const verify = async (
  work: Work,
  steps: readonly Step[],
): Promise<{ readonly ok: boolean; readonly lines: readonly string[] }> => {
  if (work.request.kind === 'contain') {
    const verification = await work.action.verify(work.request.plan, work.aws);
    return verification.kind === 'verified'
      ? { ok: true, lines: verification.lines }
      : { ok: false, lines: [verification.because] };
  }
  const readings = await Promise.all(
    steps.map(async ({ register, to }) => ({
      id: register.id,
      to,
      live: await register.read(work.aws),
    })),
  );
  const wrong = readings.filter(({ to, live }) => !same(live, to));
  return wrong.length === 0
    ? { ok: true, lines: readings.map(({ id, live }) => `${id} is ${words(live)} again`) }
    : {
        ok: false,
        lines: wrong.map(({ id, to, live }) => `${id} is ${words(live)}, not ${words(to)}`),
      };
};

const conclude = async (
  ports: ExecutePorts,
  work: Work,
  steps: readonly Step[],
): Promise<ExecutorAnswer> => {
  const { request } = work;
  let checked: Awaited<ReturnType<typeof verify>>;
  try {
    checked = await verify(work, steps);
  } catch (error) {
    checked = { ok: false, lines: [errorInWords(error)] };
  }
  if (checked.ok)
    return endWith(ports, work, {
      kind: 'succeed',
      lines: checked.lines,
      ...(request.kind === 'contain'
        ? { reviewAt: isoIn(ports.chance, work.action.reviewAfterHours * 3_600_000) }
        : {}),
    });
  if (request.checks + 1 < checks.most) {
    await tell(ports, request, { kind: 'check-again' });
    return again(checks.everySeconds);
  }
  return endWith(ports, work, {
    kind: 'fail',
    step: 'Verification',
    because: `the changes were made, but reading back shows: ${checked.lines.join('; ')}`,
  });
};

const run = async (ports: ExecutePorts, work: Work): Promise<ExecutorAnswer> => {
  const { request, action, basis, aws } = work;
  const steps = stepsOf(action, basis.plan, request.plan);
  const outcome = await runSteps({
    steps,
    aws,
    journal: journalOf(ports, request, steps),
    mayContinue: async () => {
      const now = await ports.requests.get(request.id);
      return now?.state === 'executing';
    },
    progress: async (count) => {
      await tell(ports, request, { kind: 'progress', steps: report(request, count) });
    },
  });
  switch (outcome.kind) {
    case 'finished':
      return conclude(ports, work, steps);
    case 'stopped':
      return done;
    case 'failed':
      return endWith(ports, work, {
        kind: 'fail',
        step: outcome.step,
        because: outcome.because,
      });
    default:
      return outcome satisfies never;
  }
};

/** Leases every resource in sorted order, or none. */
const withLeases = async (
  ports: ExecutePorts,
  names: readonly string[],
  body: () => Promise<ExecutorAnswer>,
): Promise<ExecutorAnswer> => {
  const holder = ports.chance.id();
  const held: string[] = [];
  try {
    for (const name of names) {
      const now = isoNow(ports.chance);
      const until = isoIn(ports.chance, leaseSeconds * 1000);
      if (!(await ports.requests.leases.take(name, holder, now, until))) return again(10);
      held.push(name);
    }
    return await body();
  } finally {
    for (const name of held.toReversed()) await ports.requests.leases.release(name, holder);
  }
};

const load = async (ports: ExecutePorts, id: string): Promise<Omit<Work, 'aws'> | undefined> => {
  const request = await ports.requests.get(id);
  const basis = request?.undoes ? await ports.requests.get(request.undoes) : request;
  const action = request && actionById(request.plan.action);
  return request && basis && action ? { request, basis, action } : undefined;
};

/**
 * Runs one request as far as it goes in one invocation.
 * Throws when our own tables or AWS's session service fail: the state machine retries.
 */
export const executeRequest = async (ports: ExecutePorts, id: string): Promise<ExecutorAnswer> => {
  const loaded = await load(ports, id);
  if (!loaded) return failed;
  const { request, action, basis } = loaded;
  if (request.state !== 'approved' && request.state !== 'executing') return done;
  if (
    request.state === 'approved' &&
    request.steps.length === 0 &&
    isoNow(ports.chance) >= startBy(request)
  ) {
    await tell(ports, request, {
      kind: 'fail',
      step: 'Check before start',
      because: 'it was approved, but not started in time; request it again',
    });
    return failed;
  }
  if (!stamped(ports, request)) return again(15);
  const place = worksIn(action, request.plan.target, ports.config);
  const resources = [...new Set(action.registers(basis.plan).map(({ resource }) => resource))];
  return withLeases(ports, resources.toSorted(), async () => {
    const aws = await ports.aws.as({
      role: action.role,
      ...place,
      requestId: request.id,
      sourceIdentity: request.requestedBy.id,
    });
    const work: Work = { ...loaded, aws };
    if (request.state === 'executing') return run(ports, work);
    const started = await start(ports, work);
    return 'status' in started ? started : run(ports, { ...work, request: started });
  });
};

/** Approval is for now: ten minutes after it, an unstarted request is over. */
const startBy = (request: Request): string =>
  new Date(Date.parse(request.approvedAt ?? request.requestedAt) + 600_000).toISOString();
