import { describe, expect, test } from 'vitest';
import { makeDatabasePrivate } from '../../src/actions/make-database-private.ts';
import { unshareDatabaseSnapshot } from '../../src/actions/unshare-database-snapshot.ts';
import type { Resource } from '../../src/findings/finding.ts';
import type { DbInstance, DbSnapshot } from '../../src/local/world/service-state.ts';
import type { World } from '../../src/local/world/world.ts';
import { account, benchOf, newWorld, planned, region } from './bench.ts';
import { alter, servicesOf } from './example-services.ts';
import { undoAfter } from './lifecycle.ts';
import { addCluster, privateDatabase, unsharedDatabase } from './lives/services.ts';

const where = { account, region } as const;
const database = { kind: 'database', id: 'orders', ...where } as const satisfies Resource;
const cluster = { kind: 'database', id: 'ledger', ...where } as const satisfies Resource;
const snapshot = {
  kind: 'database-snapshot',
  id: 'orders-2026',
  ...where,
} as const satisfies Resource;
const [ours, stranger] = ['111122223333', '210987654321'];

const set = (about: Partial<DbInstance>) => (world: World) =>
  alter(servicesOf(world).databases, database.id, about);
const setSnapshot = (about: Partial<DbSnapshot>) => (world: World) =>
  alter(servicesOf(world).dbSnapshots, snapshot.id, about);

describe('making a database private', () => {
  test('the plan names who loses it', async () => {
    const world = newWorld();
    set({ publiclyAccessible: true })(world);
    const plan = planned(await benchOf(makeDatabasePrivate, world).plan(database));
    expect(plan.tier).toBe(1);
    expect(plan.blastRadius.lines[0]).toMatch(/orders \(postgres\).*:5432/);
    expect(plan.cannot.join()).toContain('security groups');
  });

  test('of a cluster only the public instances are changed', async () => {
    const world = newWorld();
    addCluster('aurora-mysql')(world);
    const plan = planned(await benchOf(makeDatabasePrivate, world).plan(cluster));
    expect(plan.changes.map(({ id }) => id)).toEqual([
      'ledger-1/publicly-accessible',
      'ledger-3/publicly-accessible',
    ]);
  });

  test('it is contained when RDS is done, and undo refuses when it was deleted since', async () => {
    const world = newWorld();
    set({ publiclyAccessible: true })(world);
    const bench = benchOf(makeDatabasePrivate, world);
    const plan = planned(await bench.plan(database));
    await bench.execute(plan);
    const [register] = makeDatabasePrivate.registers(plan);
    expect(await register?.settles?.atRest(await bench.executeAws())).toBe(false);
    await expect(register?.write('half', await bench.executeAws())).rejects.toThrow(/"half"/);
    const gone = (each: World) => void servicesOf(each).databases.clear();
    expect(await undoAfter(privateDatabase, gone)).toMatchObject({
      kind: 'refusal',
      because: expect.stringContaining('is gone, Cordon left off'),
    });
  });
});

describe('making a database snapshot private', () => {
  test('accounts of the configuration keep it', async () => {
    const world = newWorld();
    setSnapshot({ sharedWith: [String(stranger), String(ours)] })(world);
    const bench = benchOf(unshareDatabaseSnapshot, world);
    await bench.plan(snapshot);
    const settings = { exemptTag: 'ir-exempt', accounts: { [String(ours)]: {} } };
    const aws = await bench.readAws();
    const plan = planned(await unshareDatabaseSnapshot.plan(snapshot, aws, settings));
    expect(plan.changes[0]?.after).toEqual([ours]);
    expect(plan.blastRadius.lines[0]).toContain('A snapshot of orders, not encrypted');
  });

  test('undo refuses when somebody shared it again since', async () => {
    expect(
      await undoAfter(unsharedDatabase, setSnapshot({ sharedWith: ['109876543210'] })),
    ).toMatchObject({
      kind: 'refusal',
      because: expect.stringContaining('is 109876543210, Cordon left none'),
    });
  });
});
