/**
 * What must hold for every action, whatever it does: contain, verify, die at any call and go on,
 * be taken back, and leave alone what somebody else changed or another containment holds.
 */
import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/actions/action.ts';
import type { Aws } from '../../src/actions/aws.ts';
import { type MadeChange, planUndo, stepsOf } from '../../src/execution/plan-undo.ts';
import { runSteps, type Step, StoreFailure } from '../../src/execution/run-steps.ts';
import type { World } from '../../src/local/world/world.ts';
import { planned } from './bench.ts';
import { type Lifecycle, stageOf } from './life.ts';
import { type MemoryJournal, memoryJournal } from './run.ts';

/** Dies at its `call`th call, before AWS hears of it or after; nothing is called from then on. */
const dyingAt = (aws: Aws, call: number, when: 'before' | 'after'): Aws => {
  let made = 0;
  return {
    ...aws,
    async call(operation, input) {
      made += 1;
      if (made > call || (made === call && when === 'before')) throw new StoreFailure('killed');
      const answer = await aws.call(operation, input);
      if (made === call) throw new StoreFailure('killed');
      return answer;
    },
  };
};

const run = (steps: readonly Step[], aws: Aws, journal: MemoryJournal) =>
  runSteps({
    steps,
    aws: async () => aws,
    journal,
    mayContinue: async () => true,
    progress: async () => undefined,
  });

const madeOf = (steps: readonly Step[], journal: MemoryJournal): readonly MadeChange[] =>
  journal.entries().map(({ before, after }, position) => ({
    id: steps[position]?.register.id ?? '',
    before,
    after,
  }));

const contain = async (life: Lifecycle) => {
  const stage = stageOf(life);
  const before = life.look(stage.world, stage.bench.kept);
  const plan = planned(await stage.bench.plan(life.target));
  const steps = stepsOf(life.action, plan, plan);
  const journal = memoryJournal();
  const outcome = await run(steps, await stage.bench.executeAws(), journal);
  stage.wait();
  return { ...stage, before, plan, steps, journal, outcome, made: madeOf(steps, journal) };
};

const undoPlan = async (
  life: Lifecycle,
  { plan, made, bench }: Awaited<ReturnType<typeof contain>>,
) => planUndo({ action: life.action, plan, made }, await bench.readAws());

/** How many calls a run makes. */
const callsOf = async (work: (aws: Aws) => Promise<unknown>, aws: Aws): Promise<number> => {
  let calls = 0;
  await work({
    ...aws,
    call: (operation, input) => {
      calls += 1;
      return aws.call(operation, input);
    },
  });
  return calls;
};

const deaths = (calls: number) =>
  Array.from({ length: calls }, (_, call) =>
    (['before', 'after'] as const).map((when) => ({ call: call + 1, when })),
  ).flat();

const killedContainment = async (life: Lifecycle): Promise<void> => {
  const counted = stageOf(life);
  const first = planned(await counted.bench.plan(life.target));
  const calls = await callsOf(
    (aws) => run(stepsOf(life.action, first, first), aws, memoryJournal()),
    await counted.bench.executeAws(),
  );
  expect(calls).toBeGreaterThan(0);
  for (const { call, when } of deaths(calls)) {
    const stage = stageOf(life);
    const plan = planned(await stage.bench.plan(life.target));
    const steps = stepsOf(life.action, plan, plan);
    const journal = memoryJournal();
    const aws = await stage.bench.executeAws();
    await expect(run(steps, dyingAt(aws, call, when), journal)).rejects.toThrow();
    expect(await run(steps, aws, journal)).toEqual({ kind: 'finished' });
    stage.wait();
    expect(life.look(stage.world, stage.bench.kept), `killed ${when} call ${call}`).toEqual(
      life.contained,
    );
    expect(await stage.bench.verify(plan)).toMatchObject({ kind: 'verified' });
  }
};

const killedUndo = async (life: Lifecycle): Promise<void> => {
  const counted = await contain(life);
  const undo = planned(await undoPlan(life, counted));
  const calls = await callsOf(
    (aws) => run(stepsOf(life.action, counted.plan, undo), aws, memoryJournal()),
    await counted.bench.executeAws(),
  );
  for (const { call, when } of deaths(calls)) {
    const stage = await contain(life);
    const plan = planned(await undoPlan(life, stage));
    const steps = stepsOf(life.action, stage.plan, plan);
    const journal = memoryJournal();
    const aws = await stage.bench.executeAws();
    await expect(run(steps, dyingAt(aws, call, when), journal)).rejects.toThrow();
    expect(await run(steps, aws, journal)).toEqual({ kind: 'finished' });
    stage.wait();
    expect(life.look(stage.world, stage.bench.kept), `killed ${when} call ${call}`).toEqual(
      life.undone ?? stage.before,
    );
  }
};

const isKilled = ({ seldomKilled }: Lifecycle): boolean =>
  !seldomKilled || process.env['CORDON_EVERY_KILL'] !== undefined;

const undoTests = (life: Lifecycle): void => {
  test('undo brings back what there was, and is a plan of its own', async () => {
    const stage = await contain(life);
    const undo = planned(await undoPlan(life, stage));
    expect(undo.summary).toMatch(/^Undo: /);
    const steps = stepsOf(life.action, stage.plan, undo);
    expect(await run(steps, await stage.bench.executeAws(), memoryJournal())).toEqual({
      kind: 'finished',
    });
    stage.wait();
    expect(life.look(stage.world, stage.bench.kept)).toEqual(life.undone ?? stage.before);
    expect(await undoPlan(life, stage)).toMatchObject({
      kind: 'refusal',
      because: expect.stringContaining('Nothing is left to undo'),
    });
  });

  test.runIf(isKilled(life))(
    'an undo that dies at any call ends as it should when it is taken up again',
    () => killedUndo(life),
  );

  test('what another containment holds stays as it is', async () => {
    const stage = await contain(life);
    const made = stage.made.map((each) => ({ ...each, heldByOthers: true }));
    const undo = planned(await undoPlan(life, { ...stage, made }));
    expect(undo.changes).toEqual([]);
    expect(undo.cannot.join()).toContain('another containment holds it');
  });
};

const driftTest = (life: Lifecycle, drift: (world: World) => void): void => {
  test('undo refuses when live state is not what Cordon left, and says what to restore', async () => {
    const refused = await undoAfter(life, drift);
    expect(refused).toMatchObject({
      kind: 'refusal',
      code: 'wrong-state',
      because: expect.stringContaining('Live state is not what Cordon left'),
      instead: expect.stringContaining('restore by hand'),
    });
  });
};

const tamperTests = (life: Lifecycle, tamper: (world: World) => void): void => {
  test('what an attacker changes back is never called contained', async () => {
    const stage = await contain(life);
    tamper(stage.world);
    expect(await stage.bench.verify(stage.plan)).toMatchObject({
      kind: 'not-verified',
      because: expect.stringMatching(/\w/),
    });
  });
};

/** Describes the action's life, with what is particular to it beside. */
export const lifecycle = (life: Lifecycle): void => {
  describe(`the life of ${life.action.id} on ${life.target.id}`, () => {
    test('it ends contained and verified', async () => {
      const stage = await contain(life);
      expect(stage.outcome).toEqual({ kind: 'finished' });
      expect(stage.before).not.toEqual(life.contained);
      expect(life.look(stage.world, stage.bench.kept)).toEqual(life.contained);
      expect(await stage.bench.verify(stage.plan)).toMatchObject({ kind: 'verified' });
    });

    if (!life.repeatable)
      test('what is contained is not contained again', async () => {
        const stage = await contain(life);
        expect(await stage.bench.plan(life.target)).toMatchObject({
          kind: 'refusal',
          code: 'already-contained',
          instead: expect.stringMatching(/\w+\./),
        });
      });

    test('the plan is JSON, says what it cannot do, and changes something', async () => {
      const { plan } = await contain(life);
      expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
      expect(plan.cannot).toEqual(expect.arrayContaining([...life.action.limits]));
      expect(life.action.limits.length).toBeGreaterThan(0);
      expect(plan.blastRadius.lines.length).toBeGreaterThan(0);
      expect(plan.changes.some(({ before, after }) => before !== after)).toBe(true);
      expect(life.action.registers(plan).map(({ id }) => id)).toEqual(
        plan.changes.map(({ id }) => id),
      );
    });

    test.runIf(isKilled(life))(
      'a run that dies at any call ends contained when it is taken up again',
      () => killedContainment(life),
    );

    if (life.final)
      test('there is nothing to undo, and it says why', async () => {
        const stage = await contain(life);
        expect(stage.plan.reversible.kind).toBe('no');
        expect(await undoPlan(life, stage)).toMatchObject({
          kind: 'refusal',
          code: 'not-supported',
          instead: life.action.undoCannot.join(' '),
        });
      });
    else {
      undoTests(life);
      driftTest(life, life.drift);
    }
    if (life.tamper) tamperTests(life, life.tamper);
  });
};

/** What undo answers when `change` happened since the containment. */
export const undoAfter = async (
  life: Lifecycle,
  change: (world: World) => void,
): Promise<Plan | object> => {
  const stage = await contain(life);
  change(stage.world);
  return undoPlan(life, stage);
};
