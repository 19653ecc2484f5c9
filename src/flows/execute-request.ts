/**
 * The executor's story: load the approved request, prove that it may run now, run its journalled
 * steps, read back, record. Called again and again by the state machine until it says done.
 */
import { actionById, worksIn } from '../actions/index.ts';
import { stepsOf } from '../execution/plan-undo.ts';
import { errorInWords, runSteps } from '../execution/run-steps.ts';
import type { ExecutorAnswer } from '../execution/state-machine.ts';
import type { Request } from '../requests/request.ts';
import { quorumReached } from '../requests/tiers.ts';
import { beginRun } from './begin-run.ts';
import { concludeRun } from './conclude-run.ts';
import { journalOf } from './journal.ts';
import { isoIn, isoNow } from './ports.ts';
import { again, done, type ExecutePorts, endRun, failed, tell, type Work } from './run-work.ts';

/** The function's time limit is 45 s; a lease outlives it, so a killed run cannot be overtaken. */
const leaseSeconds = 60;
/** The worker's word counts this long, at the start and after every wait. */
const stampSeconds = 60;

const stamped = (ports: ExecutePorts, request: Request): boolean =>
  request.stamp !== undefined &&
  Date.parse(request.stamp.at) >= ports.chance.now() - stampSeconds * 1000;

const report = (request: Request, doneSteps: number): Request['steps'] =>
  request.steps.map((step, position) => ({
    ...step,
    status: position < doneSteps ? 'done' : 'waiting',
  }));

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
      if (count <= request.steps.filter(({ status }) => status === 'done').length) return;
      await tell(ports, request, { kind: 'progress', steps: report(request, count) });
    },
  });
  switch (outcome.kind) {
    case 'finished':
      return concludeRun(ports, work, steps);
    case 'stopped':
      return done;
    case 'failed':
      return endRun(ports, work, {
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

const refusals = ['AccessDenied', 'AccessDeniedException'];

/** A role that refuses is an answer for people; any other failure is retried. */
const assumed = async (
  ports: ExecutePorts,
  { action, request }: Pick<Work, 'action' | 'request'>,
): Promise<Work['aws'] | { readonly because: string }> => {
  try {
    return await ports.aws.as({
      role: action.role,
      ...worksIn(action, request.plan.target, ports.config),
      requestId: request.id,
      sourceIdentity: request.requestedBy.id,
    });
  } catch (error) {
    if (error instanceof Error && refusals.includes(error.name))
      return { because: errorInWords(error) };
    throw error;
  }
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
  )
    return endRun(ports, loaded, {
      kind: 'fail',
      step: 'Check before start',
      because: 'it was approved, but not started in time; request it again',
    });
  // Not only the state's word for it: the votes themselves have to be there.
  if (!quorumReached(request))
    return endRun(ports, loaded, {
      kind: 'fail',
      step: 'Check before start',
      because: 'it is marked approved, but its approvals are missing',
    });
  if (!stamped(ports, request)) return again(15);
  const resources = [...new Set(action.registers(basis.plan).map(({ resource }) => resource))];
  return withLeases(ports, resources.toSorted(), async () => {
    const aws = await assumed(ports, loaded);
    if ('because' in aws)
      return endRun(ports, loaded, { kind: 'fail', step: 'Use the response role', ...aws });
    const work: Work = { ...loaded, aws };
    if (request.state === 'executing') return run(ports, work);
    const started = await beginRun(ports, work);
    return 'status' in started ? started : run(ports, { ...work, request: started });
  });
};

/** Approval is for now: ten minutes after it, an unstarted request is over. */
const startBy = (request: Request): string =>
  new Date(Date.parse(request.approvedAt ?? request.requestedAt) + 600_000).toISOString();
