/**
 * The executor's story: load the approved request, prove that it may run now, run its journalled
 * steps, read back, record. Called again and again by the state machine until it says done.
 */
import type { Aws } from '../actions/aws.ts';
import { actionById, worksIn } from '../actions/index.ts';
import { lookScope, type Scope, stepScope } from '../actions/session-policy.ts';
import { errorInWords } from '../execution/error-in-words.ts';
import { stepsOf } from '../execution/plan-undo.ts';
import { runSteps, type Step, StoreFailure } from '../execution/run-steps.ts';
import type { ExecutorAnswer } from '../execution/state-machine.ts';
import type { Request } from '../requests/request.ts';
import { quorumReached } from '../requests/tiers.ts';
import type { JournalEntry } from '../store/requests-table.ts';
import { beginRun } from './begin-run.ts';
import { concludeRun } from './conclude-run.ts';
import { journalOf } from './journal.ts';
import { isoIn, isoNow } from './ports.ts';
import { again, done, type ExecutePorts, endRun, failed, tell, type Work } from './run-work.ts';
import { unproven } from './step-up/unproven.ts';

/** The function's time limit is 45 s; a lease outlives it, so a killed run cannot be overtaken. */
const leaseSeconds = 60;
/** The worker's word counts this long, at the start and after every wait. */
const stampSeconds = 60;

const stamped = (ports: ExecutePorts, request: Request): boolean =>
  request.stamp !== undefined &&
  Date.parse(request.stamp.at) >= ports.chance.now() - stampSeconds * 1000;

const report = (request: Request, doneSteps: ReadonlySet<number>): Request['steps'] =>
  request.steps.map((step, position) => ({
    ...step,
    status: doneSteps.has(position) ? 'done' : 'waiting',
  }));

const doneIn = (steps: Request['steps']): number =>
  steps.filter(({ status }) => status === 'done').length;

/** What is told of one run, in order: each transition starts from the one before. */
const progressOf = (ports: ExecutePorts, started: Request) => {
  let latest = started;
  let telling: Promise<void> = Promise.resolve();
  const one = async (doneSteps: ReadonlySet<number>): Promise<void> => {
    const steps = report(latest, doneSteps);
    if (doneIn(steps) <= doneIn(latest.steps)) return;
    const told = await tell(ports, latest, { kind: 'progress', steps });
    latest = told.request ?? latest;
  };
  return {
    /** The request once everything is told. */
    latest: async (): Promise<Request> => {
      await telling;
      return latest;
    },
    tell: (done: Promise<ReadonlySet<number>>): void => {
      const before = telling;
      telling = held(Promise.all([done, before]).then(([doneSteps]) => one(doneSteps)));
    },
  };
};

const run = async (
  ports: ExecutePorts,
  work: Work,
  {
    entries,
    sessionFor,
  }: { readonly entries: Promise<readonly JournalEntry[]>; readonly sessionFor: StepSession },
): Promise<ExecutorAnswer> => {
  const { request, action, basis } = work;
  const steps = stepsOf(action, basis.plan, request.plan);
  const progress = progressOf(ports, request);
  const outcome = await runSteps({
    steps,
    aws: sessionFor,
    journal: journalOf(ports, { request, entries }, steps),
    mayContinue: async () => {
      const now = await ports.requests.get(request.id);
      return now?.state === 'executing';
    },
    progress: progress.tell,
  });
  switch (outcome.kind) {
    case 'finished':
      return concludeRun(ports, { ...work, told: held(progress.latest()) }, steps);
    case 'stopped':
      await progress.latest();
      return done;
    case 'failed':
      return endRun(
        ports,
        { ...work, request: await progress.latest() },
        { kind: 'fail', step: outcome.step, because: outcome.because },
      );
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

/** What STS says no to, for people: a retry would change nothing. */
const refusals = [
  'AccessDenied',
  'AccessDeniedException',
  'MalformedPolicyDocument',
  'PackedPolicyTooLarge',
  'RegionDisabledException',
  'ValidationError',
];

const isRefusal = (error: unknown): boolean =>
  error instanceof Error && refusals.includes(error.name);

const session = (
  ports: ExecutePorts,
  { action, request }: Pick<Work, 'action' | 'request'>,
  scope: Scope,
): Promise<Aws> =>
  ports.aws.as({
    role: action.role,
    ...worksIn(action, request.plan.target, ports.config),
    requestId: request.id,
    caseId: request.caseId,
    sourceIdentity: request.requestedBy.id,
    scope,
  });

type StepSession = (step: Pick<Step, 'register'>) => Promise<Aws>;

/**
 * Each step has a session of its own, which can do what this step needs and nothing else; steps that
 * need the same share one.
 */
const stepSessions = (ports: ExecutePorts, work: Pick<Work, 'action' | 'request'>): StepSession => {
  const known = new Map<string, Promise<Aws>>();
  const open = async (scope: Scope): Promise<Aws> => {
    try {
      return await session(ports, work, scope);
    } catch (error) {
      if (isRefusal(error)) throw error;
      throw new StoreFailure(error, 'the session service did not answer');
    }
  };
  return ({ register }) => {
    const scope = stepScope(work.action, register, work.request.kind);
    const key = JSON.stringify(scope);
    const opening = known.get(key) ?? held(open(scope));
    known.set(key, opening);
    return opening;
  };
};

/** A role that refuses is an answer for people; any other failure is retried. */
const assumed = async (
  ports: ExecutePorts,
  work: Pick<Work, 'action' | 'request'>,
): Promise<Aws | { readonly because: string }> => {
  try {
    return await session(ports, work, lookScope(work.action));
  } catch (error) {
    if (isRefusal(error)) return { because: errorInWords(error) };
    throw error;
  }
};

/** Whoever waits for it hears of its failure; until then nobody does. */
const held = <T>(promise: Promise<T>): Promise<T> => {
  promise.catch(() => undefined);
  return promise;
};

/** Why an approved request cannot even start. */
const refusedStart = (ports: ExecutePorts, request: Request): string | undefined => {
  if (
    request.state === 'approved' &&
    request.steps.length === 0 &&
    isoNow(ports.chance) >= startBy(request)
  )
    return 'it was approved, but not started in time; request it again';
  if (request.glass && !ports.config.approval.breakGlass)
    return 'its glass was broken, and the configuration allows that no more';
  // Not only the state's word for it: the votes themselves have to be there.
  return quorumReached(request)
    ? undefined
    : 'it is marked approved, but its approvals are missing';
};

const execute = async (ports: ExecutePorts, id: string): Promise<ExecutorAnswer> => {
  const loaded = await load(ports, id);
  if (!loaded) return failed;
  const { request, action, basis } = loaded;
  if (request.state !== 'approved' && request.state !== 'executing') return done;
  const because = refusedStart(ports, request) ?? (await unproven(ports, request));
  if (because) return endRun(ports, loaded, { kind: 'fail', step: 'Check before start', because });
  if (!stamped(ports, request)) return again(15);
  const looking = held(assumed(ports, loaded));
  const sessionFor = stepSessions(ports, loaded);
  // Every step's session is asked for now, so that no step waits for its own.
  for (const step of stepsOf(action, basis.plan, request.plan)) void held(sessionFor(step));
  const resources = [...new Set(action.registers(basis.plan).map(({ resource }) => resource))];
  return withLeases(ports, resources.toSorted(), async () => {
    const entries = held(ports.requests.journal(request.id));
    const aws = await looking;
    if ('because' in aws)
      return endRun(ports, loaded, { kind: 'fail', step: 'Use the response role', ...aws });
    const work: Work = { ...loaded, aws };
    if (request.state === 'executing') return run(ports, work, { entries, sessionFor });
    const started = await beginRun(ports, work);
    return 'status' in started
      ? started
      : run(ports, { ...work, request: started }, { entries, sessionFor });
  });
};

/**
 * Runs one request as far as it goes in one invocation.
 * Throws when our own tables or AWS's session service fail: the state machine retries.
 */
export const executeRequest = async (ports: ExecutePorts, id: string): Promise<ExecutorAnswer> => {
  const wakes: Promise<void>[] = [];
  // Cards are drawn beside the work; the function ends when they have been told to.
  const wake: ExecutePorts['wake'] = {
    wake: async (caseId, delay) => {
      wakes.push(held(ports.wake.wake(caseId, delay)));
    },
  };
  const answer = await execute({ ...ports, wake }, id);
  await Promise.all(wakes);
  return answer;
};

/** Approval is for now: ten minutes after it, an unstarted request is over. */
const startBy = (request: Request): string =>
  new Date(Date.parse(request.approvedAt ?? request.requestedAt) + 600_000).toISOString();
