import { describe, expect, test } from 'vitest';
import { rotateSecret } from '../../src/actions/rotate-secret.ts';
import type { Resource } from '../../src/findings/finding.ts';
import type { Secret } from '../../src/local/world/service-state.ts';
import type { World } from '../../src/local/world/world.ts';
import { account, benchOf, newWorld, planned, region } from './bench.ts';
import { alter, one, servicesOf } from './example-services.ts';

const id = 'orders-password';
const target = { kind: 'secret', id, account, region } as const satisfies Resource;
const old = 'EXAMPLE1-90ab-cdef-fedc-ba987EXAMPLE';

const set = (about: Partial<Secret>) => (world: World) =>
  alter(servicesOf(world).secrets, id, about);
const secretIn = (world: World) => one(servicesOf(world).secrets, id);

describe('rotating a secret', () => {
  test('the plan says up front that there is no way back', async () => {
    const plan = planned(await benchOf(rotateSecret).plan(target));
    expect(plan).toMatchObject({ tier: 2, reversible: { kind: 'no' } });
    expect(plan.changes[0]).toMatchObject({ before: old, after: `another than ${old}` });
    expect(plan.blastRadius.lines.join()).toMatch(/2026-11-22.*SecretsManagerPostgreSQLRotation/);
  });

  test('the end of its ARN names it as well as its name does', async () => {
    const bench = benchOf(rotateSecret);
    expect(planned(await bench.plan({ ...target, id: `${id}-a1B2c3` })).changes).toHaveLength(1);
    expect(await bench.plan({ ...target, id: `${id}-zzzzzz` })).toMatchObject({
      code: 'not-found',
    });
  });

  test('it is rotated when the function is done, not while it works', async () => {
    const world = newWorld();
    const bench = benchOf(rotateSecret, world);
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    const [register] = rotateSecret.registers(plan);
    const aws = await bench.executeAws();
    expect(await register?.settles?.atRest(aws)).toBe(false);
    expect(await bench.verify(plan)).toMatchObject({ kind: 'not-verified' });
    secretIn(world).rotatedAt = 0;
    expect(await register?.settles?.atRest(aws)).toBe(true);
    expect(await bench.verify(plan)).toMatchObject({ kind: 'verified' });
  });

  test('a function that fails leaves the old value, and the card says where to look', async () => {
    const world = newWorld();
    set({ rotationFails: true })(world);
    const bench = benchOf(rotateSecret, world);
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    expect(await bench.verify(plan)).toMatchObject({
      kind: 'not-verified',
      because: expect.stringContaining('CloudWatch'),
    });
  });

  test('starting it twice rotates once', async () => {
    const world = newWorld();
    const bench = benchOf(rotateSecret, world);
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    const [register] = rotateSecret.registers(plan);
    expect(await register?.read(await bench.executeAws())).toBe(`another than ${old}`);
    await expect(register?.write(old, await bench.executeAws())).rejects.toThrow(/never gets/);
  });
});
