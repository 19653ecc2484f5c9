import { describe, expect, test } from 'vitest';
import { stopFunction } from '../../src/actions/stop-function.ts';
import type { Resource } from '../../src/findings/finding.ts';
import { resizeImages } from '../../src/local/world/seed-services.ts';
import type { World } from '../../src/local/world/world.ts';
import { account, benchOf, newWorld, planned, region } from './bench.ts';
import { alter, one, servicesOf } from './example-services.ts';
import { undoAfter } from './lifecycle.ts';
import { stoppedFunction } from './lives/services.ts';

const target = { kind: 'function', id: resizeImages, account, region } as const satisfies Resource;

const functionIn = (world: World) => one(servicesOf(world).functions, resizeImages);

const withReservation = (world: World, reserved: number): void =>
  alter(servicesOf(world).functions, resizeImages, { reserved });

const withProvisioned = (world: World): void => {
  const found = functionIn(world);
  found.reserved = 20;
  found.provisioned.set('live', 5).set('7', 2);
};

describe('stopping a function', () => {
  test('the plan names the sources that fill, what runs on, and the role whose sessions live', async () => {
    const plan = planned(await benchOf(stopFunction).plan(target));
    expect(plan).toMatchObject({ tier: 2, changes: [{ before: null, after: 0 }] });
    expect(plan.cannot.join('\n')).toMatch(
      /at most 60 seconds.*sessions of resize-images.*six hours.*queue/s,
    );
    expect(plan.blastRadius).toMatchObject({ class: 'shared with others' });
    expect(plan.blastRadius.lines.join()).toContain('uploaded-images');
  });

  test('provisioned concurrency goes first, because AWS takes no reservation below it', async () => {
    const world = newWorld();
    withProvisioned(world);
    const plan = planned(await benchOf(stopFunction, world).plan(target));
    expect(plan.changes.map(({ id, before, after }) => [id, before, after])).toEqual([
      ['resize-images/provisioned-concurrency/live', 5, null],
      ['resize-images/provisioned-concurrency/7', 2, null],
      ['resize-images/reserved-concurrency', 20, 0],
    ]);
  });

  test('undo refuses when somebody gave it concurrency since', async () => {
    const raised = (world: World) =>
      alter(servicesOf(world).functions, resizeImages, { reserved: 3 });
    const life = { ...stoppedFunction, arrange: (world: World) => withReservation(world, 20) };
    expect(await undoAfter(life, raised)).toMatchObject({
      kind: 'refusal',
      because: expect.stringContaining('is 3, Cordon left 0'),
    });
  });

  test('nothing but numbers and their absence is ever written', async () => {
    const world = newWorld();
    withProvisioned(world);
    const bench = benchOf(stopFunction, world);
    const plan = planned(await bench.plan(target));
    const aws = await bench.executeAws();
    for (const register of stopFunction.registers(plan))
      await expect(register.write('many', aws)).rejects.toThrow(/cannot be "many"/);
  });
});
