/** One action from plan to undo, in the order of the product, against any cloud. */
import type { Action, Plan, Refusal } from '../../src/actions/action.ts';
import type { Aws } from '../../src/actions/aws.ts';
import { worksIn } from '../../src/actions/index.ts';
import { planUndo, stepsOf } from '../../src/execution/plan-undo.ts';
import {
  type Journal,
  type JournalLine,
  type RunOutcome,
  runSteps,
  type Step,
} from '../../src/execution/run-steps.ts';
import type { Resource } from '../../src/findings/finding.ts';
import type { Cloud, Lane } from './clouds.ts';

export const planned = (result: Plan | Refusal): Plan => {
  if (result.kind === 'refusal')
    throw new Error(`Refused (${result.code}): ${result.because} ${result.instead}`);
  return result;
};

/** The same in both clouds, moto first. */
export const onBoth = async <T>(
  { moto, simulated }: Lane,
  script: (cloud: Cloud) => Promise<T>,
): Promise<readonly [T, T]> => Promise.all([script(moto), script(simulated)]);

interface Ports {
  /** The worker's, under the read role. */
  readonly reading: Aws;
  /** The executor's, under the action's response role. */
  readonly acting: Aws;
}

export const portsFor = async (cloud: Cloud, action: Action, target: Resource): Promise<Ports> => {
  const place = worksIn(action, target, { securityAccount: cloud.world.securityAccount });
  const wish = { ...place, requestId: 'REQ-1' };
  return {
    reading: await cloud.worker.as({ ...wish, role: 'read' }),
    acting: await cloud.executor.as({ ...wish, role: action.role, sourceIdentity: 'maria' }),
  };
};

export const planOn = async (
  cloud: Cloud,
  action: Action,
  target: Resource,
): Promise<Plan | Refusal> => action.plan(target, (await portsFor(cloud, action, target)).reading);

interface MemoryJournal extends Journal {
  readonly kept: readonly JournalLine[];
}

const memoryJournal = (): MemoryJournal => {
  const kept: JournalLine[] = [];
  const put = async (position: number, line: JournalLine, state: JournalLine['state']) => {
    kept[position] = { ...line, state };
  };
  return {
    kept,
    lines: async () => kept,
    intend: (position, line) => put(position, line, 'intended'),
    finish: (position, line) => put(position, line, 'done'),
  };
};

export const runAll = async (
  steps: readonly Step[],
  aws: Aws,
  journal: Journal = memoryJournal(),
): Promise<RunOutcome> =>
  runSteps({
    steps,
    aws: async () => aws,
    journal,
    mayContinue: async () => true,
    progress: async () => undefined,
  });

/**
 * Plans, runs, verifies, plans again, plans the undo and runs it. `look` is taken after the run and
 * after the undo. Everything in the answer is data, so that two clouds can be compared.
 */
export const containAndUndo = async <T>(
  cloud: Cloud,
  [action, target]: readonly [Action, Resource],
  look: () => Promise<T>,
) => {
  const { reading, acting } = await portsFor(cloud, action, target);
  const before = await look();
  const plan = planned(await action.plan(target, reading));
  const journal = memoryJournal();
  const steps = stepsOf(action, plan, plan);
  const outcome = await runAll(steps, acting, journal);
  const verification = await action.verify(plan, acting);
  const contained = await look();
  const again = await action.plan(target, reading);
  const made = journal.kept.map(({ before, after }, position) => ({
    id: steps[position]?.register.id ?? '',
    before,
    after,
  }));
  const undoPlan = planned(await planUndo({ action, plan, made }, acting));
  const undone = await runAll(stepsOf(action, plan, undoPlan), acting);
  return {
    ...{ before, plan, outcome, verification, contained, again, made, undoPlan, undone },
    restored: await look(),
    undoAgain: await planUndo({ action, plan, made }, acting),
  };
};
