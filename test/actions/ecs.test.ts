import { describe, expect, test } from 'vitest';
import { scaleServiceToZero } from '../../src/actions/scale-service-to-zero.ts';
import { stopTask } from '../../src/actions/stop-task.ts';
import type { Resource } from '../../src/findings/finding.ts';
import { exampleService, exampleTask } from '../../src/local/world/seed-services.ts';
import type { EcsService, EcsTask } from '../../src/local/world/service-state.ts';
import type { World } from '../../src/local/world/world.ts';
import { account, benchOf, newWorld, planned, region } from './bench.ts';
import { alter, one, servicesOf } from './example-services.ts';
import { undoAfter } from './lifecycle.ts';
import { scaledToZero } from './lives/services.ts';

const where = { account, region } as const;
const task = { kind: 'task', id: exampleTask, ...where } as const satisfies Resource;
const service = { kind: 'service', id: exampleService, ...where } as const satisfies Resource;

const setTask = (about: Partial<EcsTask>) => (world: World) =>
  alter(servicesOf(world).tasks, exampleTask, about);
const setService = (about: Partial<EcsService>) => (world: World) =>
  alter(servicesOf(world).services, exampleService, about);
const serviceIn = (world: World) => one(servicesOf(world).services, exampleService);

const withoutScaling = (world: World): void => {
  const { scaling: _none, ...rest } = serviceIn(world);
  servicesOf(world).services.set(exampleService, rest);
};

describe('stopping a task', () => {
  test('one of a service is replaced, and the plan says so', async () => {
    const world = newWorld();
    const bench = benchOf(stopTask, world);
    const plan = planned(await bench.plan(task));
    expect(plan.cannot[0]).toContain('scale the service to zero');
    expect(plan.reversible).toMatchObject({ kind: 'no' });
    await bench.execute(plan);
    expect([...servicesOf(world).tasks.values()].map(({ status }) => status)).toEqual([
      'STOPPING',
      'RUNNING',
    ]);
    expect(await bench.verify(plan)).toEqual({
      kind: 'not-verified',
      because: `ECS lists ${exampleTask} as DEACTIVATING`,
    });
  });

  test('one that was run by hand is not replaced; its host is named as untouched', async () => {
    const world = newWorld();
    setTask({ group: 'family:batch', launchType: 'EC2' })(world);
    const bench = benchOf(stopTask, world);
    const plan = planned(await bench.plan(task));
    expect(plan.blastRadius.lines[0]).toContain('by hand');
    expect(plan.cannot.join()).toContain('isolate the instance');
    await bench.execute(plan);
    expect(servicesOf(world).tasks.size).toBe(1);
  });

  test('a stopped task is never started', async () => {
    const bench = benchOf(stopTask);
    const [register] = stopTask.registers(planned(await bench.plan(task)));
    await expect(register?.write('running', await bench.executeAws())).rejects.toThrow(/running/);
  });
});

describe('scaling a service to zero', () => {
  test('what scales it by itself is suspended first, and resumed last', async () => {
    const plan = planned(await benchOf(scaleServiceToZero).plan(service));
    expect(plan.changes.map(({ before, after }) => [before, after])).toEqual([
      [[], ['in', 'out', 'schedule']],
      [3, 0],
    ]);
    expect(plan.blastRadius.lines.join()).toMatch(/3 tasks.*targetgroup\/checkout/);
  });

  test('a service that nothing scales has one change only', async () => {
    const world = newWorld();
    withoutScaling(world);
    expect(planned(await benchOf(scaleServiceToZero, world).plan(service)).changes).toHaveLength(1);
  });

  test('undo refuses when somebody scaled it up since', async () => {
    expect(await undoAfter(scaledToZero, setService({ desired: 2 }))).toMatchObject({
      kind: 'refusal',
      because: expect.stringContaining('is 2, Cordon left 0'),
    });
  });

  test('nothing but a number is written as its count, and a list as what is suspended', async () => {
    const bench = benchOf(scaleServiceToZero);
    const aws = await bench.executeAws();
    for (const register of scaleServiceToZero.registers(planned(await bench.plan(service))))
      await expect(register.write('many', aws)).rejects.toThrow();
  });

  test('what is no name in a cluster is not offered', () => {
    expect(scaleServiceToZero.offeredFor({ ...service, id: 'checkout' })).toBe(false);
    expect(stopTask.offeredFor({ ...task, id: 'shop/a/b' })).toBe(false);
  });
});
