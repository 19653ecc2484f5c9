/** One action from its approval to its verified containment, every AWS call and journal write slowed. */
import { stepsOf } from '../../src/execution/plan-undo.ts';
import { runSteps } from '../../src/execution/run-steps.ts';
import type { World } from '../../src/local/world/world.ts';
import { planHash } from '../../src/requests/plan-hash.ts';
import { planned, settings } from '../../test/actions/bench.ts';
import { type Lifecycle, stageOf } from '../../test/actions/life.ts';
import { type MemoryJournal, memoryJournal } from '../../test/actions/run.ts';

/** What one call takes: it is waited for before AWS hears of the call. */
export type Wait = () => Promise<void>;

const slow = (world: World, wait: Wait): void => {
  const dispatch = world.dispatch.bind(world);
  Object.assign(world, {
    dispatch: async (...incoming: Parameters<World['dispatch']>) => {
      await wait();
      return dispatch(...incoming);
    },
  });
};

/** The journal is a table of AWS: writing it costs as much as any call. It is read beside the plan. */
const slowJournal = (journal: MemoryJournal, wait: Wait): MemoryJournal => ({
  ...journal,
  intend: async (position, line) => {
    await wait();
    await journal.intend(position, line);
  },
  finish: async (position, line) => {
    await wait();
    await journal.finish(position, line);
  },
});

export interface Measured {
  readonly ms: number;
  /** Why the outcome is not what it has to be; absent when it is. */
  readonly wrong?: string;
}

/**
 * The executor's story without its queue: assume the response role, plan again and compare, run the
 * journalled steps, read back. What AWS takes by itself (a stop, a standby) is not waited for.
 */
export const measure = async (life: Lifecycle, call: Wait): Promise<Measured> => {
  const { bench, world, wait } = stageOf(life);
  const approved = planned(await bench.plan(life.target));
  slow(world, call);
  const started = performance.now();
  const aws = await bench.executeAws();
  const again = planned(await life.action.plan(life.target, aws, settings));
  const outcome = await runSteps({
    steps: stepsOf(life.action, again, again),
    aws: async () => aws,
    journal: slowJournal(memoryJournal(), call),
    mayContinue: async () => {
      await call();
      return true;
    },
    progress: async () => undefined,
  });
  wait();
  const verified = await life.action.verify(again, aws);
  const took = performance.now() - started;
  const found = JSON.stringify(life.look(world, bench.kept));
  const problems = [
    ...(planHash(again) === planHash(approved) ? [] : ['the plan is another one at the start']),
    ...(outcome.kind === 'finished' ? [] : [`it ${outcome.kind}`]),
    ...(verified.kind === 'verified' ? [] : [verified.because]),
    ...(found === JSON.stringify(life.contained) ? [] : [`AWS has ${found}`]),
  ];
  return { ms: took, ...(problems.length > 0 ? { wrong: problems.join('; ') } : {}) };
};
