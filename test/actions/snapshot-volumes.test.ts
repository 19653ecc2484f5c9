import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/actions/action.ts';
import { snapshotVolumes } from '../../src/actions/snapshot-volumes.ts';
import { planUndo, stepsOf } from '../../src/execution/plan-undo.ts';
import { type JournalLine, runSteps } from '../../src/execution/run-steps.ts';
import type { Snapshot } from '../../src/local/world/state.ts';
import { type Bench, benchOf, planned } from './bench.ts';
import { at, target } from './example-instance.ts';

const [root, data] = ['vol-0a1b2c3d4e5f60711', 'vol-0a1b2c3d4e5f60712'];

const evidence = (bench: Bench): readonly Snapshot[] =>
  [...at(bench).snapshots.values()].filter(({ tags }) => tags['cordon'] === 'evidence');

/** Through the engine, with a journal that outlives a kill. */
const run = async (bench: Bench, plan: Plan, journal: (JournalLine | undefined)[] = []) =>
  runSteps({
    steps: stepsOf(snapshotVolumes, plan, plan),
    aws: () => bench.executeAws(),
    journal: {
      lines: async () => [...journal],
      intend: async (position, line) => {
        journal[position] = line;
      },
      finish: async (position, line) => {
        journal[position] = { ...line, state: 'done' };
      },
    },
    mayContinue: async () => true,
    progress: async () => undefined,
  });

describe('snapshots of an instance', () => {
  test('the plan names every volume and says that evidence stays', async () => {
    const plan = planned(await benchOf(snapshotVolumes).plan(target));
    expect(plan.changes).toEqual([
      {
        id: `${target.id}/evidence-1`,
        label: `Volumes of ${target.id} in evidence set 1`,
        before: [],
        after: [root, data],
      },
      {
        id: `${target.id}/evidence-1/lock`,
        label: 'Lock on evidence set 1',
        before: 'not locked',
        after: 'governance mode, 90 days',
      },
    ]);
    expect(plan.reversible).toMatchObject({ kind: 'no' });
    expect(plan.tier).toBe(1);
    expect(plan.cannot.join('\n')).toMatch(/contains nothing.*Memory.*UnlockSnapshot.*aws\/ebs/s);
    expect(plan.blastRadius.lines).toContain(`${data}: 100 GiB, encrypted`);
  });

  test('one call takes all volumes, tagged with their own tags and ours, and locks each', async () => {
    const bench = benchOf(snapshotVolumes);
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    expect(evidence(bench)).toMatchObject(
      [root, data].map((volume) => ({
        volume,
        tags: {
          Name: `${volume} data`,
          cordon: 'evidence',
          'cordon-instance': target.id,
          'cordon-set': '1',
        },
        lock: { mode: 'governance', days: 90 },
      })),
    );
    const verified = await bench.verify(plan);
    expect(verified).toMatchObject({ kind: 'verified' });
    expect(JSON.stringify(verified)).toContain('being copied; its moment is fixed');
    const taken = bench.world.calls.filter(({ operation }) => operation === 'CreateSnapshots');
    expect(taken).toHaveLength(1);
  });

  test('a later request takes another set', async () => {
    const bench = benchOf(snapshotVolumes);
    await bench.execute(planned(await bench.plan(target)));
    const second = planned(await bench.plan(target));
    expect(second.changes[0]?.id).toBe(`${target.id}/evidence-2`);
    expect(second.blastRadius.lines.join()).toContain('evidence of');
    await bench.execute(second);
    expect(evidence(bench)).toHaveLength(4);
  });

  test('tags of the volumes stay behind where they leave no room for ours', async () => {
    const bench = benchOf(snapshotVolumes);
    const volume = at(bench).volumes.get(root ?? '');
    if (volume)
      volume.tags = Object.fromEntries(Array.from({ length: 49 }, (_, n) => [`tag-${n}`, '']));
    await bench.execute(planned(await bench.plan(target)));
    expect(Object.keys(evidence(bench)[0]?.tags ?? {})).toHaveLength(3);
  });
});

describe('a killed snapshot run', () => {
  test('finds the set that it had made and makes no second', async () => {
    const bench = benchOf(snapshotVolumes);
    const plan = planned(await bench.plan(target));
    const [change] = plan.changes;
    // Killed after AWS answered and before the journal said done.
    const [take] = snapshotVolumes.registers(plan);
    await take?.write(change?.after ?? null, await bench.executeAws());
    const journal = [{ before: [], after: change?.after ?? null, state: 'intended' as const }];
    expect(await run(bench, plan, journal)).toEqual({ kind: 'finished' });
    expect(evidence(bench)).toHaveLength(2);
    expect(await bench.verify(plan)).toMatchObject({ kind: 'verified' });
  });

  test.each([['CreateSnapshots'], ['LockSnapshot'], ['DescribeLockedSnapshots']])(
    'at %s goes on where it was',
    async (operation) => {
      const bench = benchOf(snapshotVolumes);
      const plan = planned(await bench.plan(target));
      const journal: (JournalLine | undefined)[] = [];
      bench.world.faults.add({ service: 'ec2', operation, kind: 'error', count: 1 });
      expect(await run(bench, plan, journal)).toMatchObject({ kind: 'failed' });
      expect(await run(bench, plan, journal)).toEqual({ kind: 'finished' });
      expect(evidence(bench)).toHaveLength(2);
      expect(evidence(bench).every(({ lock }) => lock?.mode === 'governance')).toBe(true);
    },
  );

  test('between two locks locks the rest', async () => {
    const bench = benchOf(snapshotVolumes);
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    const [first] = evidence(bench);
    delete first?.lock;
    const [, lock] = snapshotVolumes.registers(plan);
    const aws = await bench.executeAws();
    expect(await lock?.read(aws)).toBe('not locked');
    expect(await bench.verify(plan)).toMatchObject({ because: `Not locked: ${first?.id}` });
    await lock?.write('', aws);
    expect(await bench.verify(plan)).toMatchObject({ kind: 'verified' });
  });
});

describe('evidence that is tampered with', () => {
  test('a snapshot that somebody planted under our tags stops the run', async () => {
    const bench = benchOf(snapshotVolumes);
    const plan = planned(await bench.plan(target));
    const tags = { cordon: 'evidence', 'cordon-instance': target.id, 'cordon-set': '1' };
    const planted = { size: 1, encrypted: false, description: '', state: 'completed' } as const;
    at(bench).snapshots.set('snap-planted', {
      ...planted,
      id: 'snap-planted',
      volume: root ?? '',
      tags,
      sharedWith: [],
    });
    expect(await run(bench, plan)).toMatchObject({
      kind: 'failed',
      because: expect.stringContaining('somebody else changed it'),
    });
    const again = planned(await bench.plan(target));
    expect(again.changes[0]?.id).toBe(`${target.id}/evidence-2`);
  });

  test('a snapshot that failed is not verified', async () => {
    const bench = benchOf(snapshotVolumes);
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    const [first] = evidence(bench);
    if (first) first.state = 'error';
    expect(await bench.verify(plan)).toMatchObject({
      because: `AWS lists no snapshot of ${root}`,
    });
  });
});

test('undo is refused: evidence stays', async () => {
  const bench = benchOf(snapshotVolumes);
  const plan = planned(await bench.plan(target));
  await bench.execute(plan);
  const made = plan.changes.map(({ id, before, after }) => ({ id, before, after }));
  const source = { action: snapshotVolumes, plan, made };
  expect(await planUndo(source, await bench.readAws())).toMatchObject({
    kind: 'refusal',
    code: 'not-supported',
    instead: expect.stringContaining('evidence is not undone'),
  });
});
