import { describe, expect, test } from 'vitest';
import { restoreKmsKey } from '../../src/actions/restore-kms-key.ts';
import type { Resource } from '../../src/findings/finding.ts';
import { exampleKey } from '../../src/local/world/seed-services.ts';
import type { KmsKey } from '../../src/local/world/service-state.ts';
import type { World } from '../../src/local/world/world.ts';
import { account, benchOf, newWorld, planned, region } from './bench.ts';
import { alter, one, servicesOf } from './example-services.ts';
import { undoAfter } from './lifecycle.ts';
import { keptKey } from './lives/services.ts';

const target = { kind: 'kms-key', id: exampleKey, account, region } as const satisfies Resource;

const set = (about: Partial<KmsKey>) => (world: World) =>
  alter(servicesOf(world).keys, exampleKey, about);
const look = (world: World) => one(servicesOf(world).keys, exampleKey).state;

const doomed = set({ state: 'PendingDeletion', deletionAt: '2026-11-29T00:00:00.000Z' });

describe('keeping a key', () => {
  test('the plan says when it would be gone, and that undo only disables it', async () => {
    const world = newWorld();
    doomed(world);
    const plan = planned(await benchOf(restoreKmsKey, world).plan(target));
    expect(plan.changes.map(({ before, after }) => [before, after])).toEqual([
      ['planned', 'not planned'],
      ['Disabled', 'Enabled'],
    ]);
    expect(plan.blastRadius.lines[0]).toContain('2026-11-29T00:00:00.000Z');
    expect(plan.reversible).toMatchObject({ kind: 'partly' });
    expect(plan.tier).toBe(1);
  });

  test('a multi-Region key whose replicas go first is kept too, and its replicas are named', async () => {
    const world = newWorld();
    set({ state: 'PendingReplicaDeletion', multiRegion: true })(world);
    const bench = benchOf(restoreKmsKey, world);
    const plan = planned(await bench.plan(target));
    expect(plan.cannot.join()).toContain('replicas in other Regions');
    await bench.execute(plan);
    expect(look(world)).toBe('Enabled');
  });

  test('undo refuses when somebody deleted the key since', async () => {
    const gone = (world: World) => void servicesOf(world).keys.delete(exampleKey);
    expect(await undoAfter(keptKey, gone)).toMatchObject({
      kind: 'refusal',
      because: expect.stringContaining('is deleted, Cordon left Enabled'),
    });
  });

  test('Cordon never plans a deletion, and writes no other state', async () => {
    const world = newWorld();
    doomed(world);
    const bench = benchOf(restoreKmsKey, world);
    const [keep, enable] = restoreKmsKey.registers(planned(await bench.plan(target)));
    const aws = await bench.executeAws();
    await expect(keep?.write('planned', aws)).rejects.toThrow(/never plans/);
    await expect(enable?.write('PendingDeletion', aws)).rejects.toThrow(/cannot be made/);
    expect(world.calls.some(({ operation }) => operation === 'ScheduleKeyDeletion')).toBe(false);
  });
});
