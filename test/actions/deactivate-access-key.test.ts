import { describe, expect, test } from 'vitest';
import { deactivateAccessKey } from '../../src/actions/deactivate-access-key.ts';
import { type Resource, untrusted } from '../../src/findings/finding.ts';
import type { User } from '../../src/local/world/state.ts';
import { account, type Bench, benchOf, planned, region } from './bench.ts';

const id = 'AKIAIOSFODNN7EXAMPLE';
const target = {
  kind: 'access-key',
  id,
  account,
  region,
  temporary: false,
  user: untrusted('ci-deploy'),
} as const satisfies Resource;
const { user: _user, ...withoutUser } = target;

const userOf = (bench: Bench): User => {
  const user = bench.world.account(account).users.get('ci-deploy');
  if (!user) throw new Error('There is no user ci-deploy');
  return user;
};
const statusOf = (bench: Bench) => userOf(bench).keys.find((key) => key.id === id)?.status;

describe('deactivating an access key', () => {
  test('the plan says where the key was last used and what it does not stop', async () => {
    const plan = planned(await benchOf(deactivateAccessKey).plan(target));
    expect(plan.changes).toEqual([
      {
        id: `${id}/status`,
        label: `Status of access key ${id}`,
        before: 'Active',
        after: 'Inactive',
      },
    ]);
    expect(plan.blastRadius.lines).toEqual([
      'Last used at 2026-11-22T02:00:00.000Z for s3 in us-east-1.',
      'Its user has no other active access key.',
      'Everything that signs with this key stops.',
    ]);
    expect(plan.cannot.join()).toContain('up to 36 hours');
    expect(plan.tier).toBe(1);
  });

  test('the key ends inactive, and undo makes it active again', async () => {
    const bench = benchOf(deactivateAccessKey);
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    expect(statusOf(bench)).toBe('Inactive');
    expect(await bench.verify(plan)).toMatchObject({ kind: 'verified' });
    await bench.undo(plan);
    expect(statusOf(bench)).toBe('Active');
    expect(await bench.verify(plan)).toMatchObject({ kind: 'not-verified' });
  });

  test('the owner is asked of AWS when the finding lacks it, or names another', async () => {
    for (const wanted of [withoutUser, { ...target, user: untrusted('somebody-else') }]) {
      const bench = benchOf(deactivateAccessKey);
      const plan = planned(await bench.plan(wanted));
      expect(plan.target).toEqual(target);
      await bench.execute(plan);
      expect(statusOf(bench)).toBe('Inactive');
    }
  });

  test("the user's other active key is named", async () => {
    const bench = benchOf(deactivateAccessKey);
    for (const key of userOf(bench).keys) key.status = 'Active';
    const plan = planned(await bench.plan(target));
    expect(plan.blastRadius.lines[1]).toContain('AKIAI44QH8DHBEXAMPLE');
  });

  test('a key that was never used says so', async () => {
    const bench = benchOf(deactivateAccessKey);
    userOf(bench).keys = [{ id, status: 'Active' }];
    const plan = planned(await bench.plan(target));
    expect(plan.blastRadius.lines[0]).toBe('AWS has not recorded any use of it.');
  });

  test('a key that vanished since the plan reads as deleted and verifies', async () => {
    const bench = benchOf(deactivateAccessKey);
    const plan = planned(await bench.plan(target));
    userOf(bench).keys = [];
    const [register] = deactivateAccessKey.registers(plan);
    expect(await register?.read(await bench.executeAws())).toBe('deleted');
    await expect(bench.execute(plan)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
    expect(await bench.verify(plan)).toMatchObject({ kind: 'verified' });
  });

  test('nothing but Active and Inactive is ever written', async () => {
    const bench = benchOf(deactivateAccessKey);
    const [register] = deactivateAccessKey.registers(planned(await bench.plan(target)));
    const aws = await bench.executeAws();
    await expect(register?.write('deleted', aws)).rejects.toThrow(/cannot be made "deleted"/);
  });
});

describe('refusals of deactivating a key', () => {
  test('it is not offered where it would be refused without asking AWS', () => {
    expect(deactivateAccessKey.offeredFor(target)).toBe(true);
    expect(deactivateAccessKey.offeredFor({ ...target, temporary: true })).toBe(false);
    expect(deactivateAccessKey.offeredFor({ ...target, userType: 'Root' })).toBe(false);
  });
});
