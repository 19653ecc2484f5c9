/**
 * The executor's story: load the approved request, prove that it may run now, run its journalled
 * steps, read back, record. Called again and again by the state machine until it says done.
 */
import type { Part } from '../actions/parts.ts';
import type { Drill } from '../drills/drill.ts';
import { held } from '../execution/held.ts';
import type { ExecutorAnswer } from '../execution/state-machine.ts';
import { inOwnWorld } from '../requests/in-own-world.ts';
import type { Request } from '../requests/request.ts';
import { quorumReached } from '../requests/tiers.ts';
import { heldRun } from './automation/held-automation.ts';
import { beginRun } from './begin-run.ts';
import { DrillMismatch, drillOf } from './drill/drill-of.ts';
import { isoIn, isoNow } from './ports.ts';
import { partsLeft, runStages, startOf } from './run-stages.ts';
import { again, done, type ExecutePorts, endRun, failed, type Work } from './run-work.ts';
import { type Sessions, sessionsOf } from './sessions.ts';
import { unproven } from './step-up/unproven.ts';

/** The function's time limit is 45 s; a lease outlives it, so a killed run cannot be overtaken. */
const leaseSeconds = 60;
/** The worker's word counts this long, at the start and after every wait. */
const stampSeconds = 60;

const stamped = (ports: ExecutePorts, request: Request): boolean =>
  request.stamp !== undefined &&
  Date.parse(request.stamp.at) >= ports.chance.now() - stampSeconds * 1000;

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

const load = async (ports: ExecutePorts, id: string): Promise<Omit<Work, 'drill'> | undefined> => {
  const request = await ports.requests.get(id);
  const basis = request?.undoes ? await ports.requests.get(request.undoes) : request;
  return request && basis ? { request, basis } : undefined;
};

/** The drill it is rehearsed in, or why that is not to be told. */
const rehearsedIn = async (
  ports: ExecutePorts,
  request: Request,
): Promise<{ readonly drill: Drill | undefined } | { readonly because: string }> => {
  try {
    return { drill: await drillOf(ports, request) };
  } catch (error) {
    if (error instanceof DrillMismatch) return { because: error.message };
    throw error;
  }
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

/** A role that refuses ends it; a playbook leaves the action out, or stands still at its step. */
const refusedRole = async (
  request: Request,
  parts: readonly Part[],
  sessions: Sessions,
): Promise<string | undefined> => {
  if (request.kind === 'contain' && request.plan.playbook) return undefined;
  const looks = await Promise.all(parts.map((part) => sessions.look(part)));
  return looks.flatMap((aws) => ('because' in aws ? [aws.because] : []))[0];
};

const execute = async (ports: ExecutePorts, id: string): Promise<ExecutorAnswer> => {
  const loaded = await load(ports, id);
  if (!loaded) return failed;
  const { request } = loaded;
  if (request.state !== 'approved' && request.state !== 'executing') return done;
  const asked = held(rehearsedIn(ports, request));
  const parts = partsLeft(loaded);
  if (!parts) return failed;
  const refused =
    refusedStart(ports, request) ??
    (await unproven(ports, request)) ??
    (await heldRun(ports, request));
  const rehearsed = refused ? { because: refused } : await asked;
  if ('because' in rehearsed)
    return endRun(ports, loaded, {
      kind: 'fail',
      step: 'Check before start',
      because: rehearsed.because,
    });
  if (!stamped(ports, request)) return again(15);
  const work: Work = { ...loaded, ...rehearsed };
  if (work.drill && request.kind === 'contain') {
    const { twistOnce } = await import('./drill/twist-once.ts');
    await twistOnce(ports, work.drill, 'drift');
  }
  const sessions = sessionsOf(ports, work);
  // What the next action needs is asked for now, so that no step waits for its own.
  const [next] = parts;
  if (next) {
    void sessions.look(next);
    for (const step of startOf(next)) void sessions.step(next, step);
  }
  const resources = parts.flatMap(({ action, basis }) =>
    action.registers(basis).map(({ resource }) => inOwnWorld(request.plan, resource)),
  );
  return withLeases(ports, [...new Set(resources)].toSorted(), async () => {
    const entries = held(ports.requests.journal(request.id));
    const noRole = await refusedRole(request, parts, sessions);
    if (noRole)
      return endRun(ports, work, { kind: 'fail', step: 'Use the response role', because: noRole });
    const running = request.state === 'executing' ? request : await beginRun(ports, work, sessions);
    return 'status' in running
      ? running
      : runStages(ports, { ...work, request: running }, { entries, sessions });
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
    ...ports.wake,
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
