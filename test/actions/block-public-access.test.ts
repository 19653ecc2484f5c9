import { describe, expect, test } from 'vitest';
import { blockPublicAccess } from '../../src/actions/block-public-access.ts';
import { planUndo } from '../../src/execution/plan-undo.ts';
import { benchOf, planned } from './bench.ts';
import { allowAll, bucketOf, policyOf, target } from './example-bucket.ts';
import { memoryJournal, runPlan } from './run.ts';

const all = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'];
const id = 'example-invoices/public-access-block';

describe('blocking public access to a bucket', () => {
  test('the plan says who reads through policy, access list and website now', async () => {
    const bench = benchOf(blockPublicAccess);
    const bucket = bucketOf(bench);
    bucket.grants = [{ group: 'global/AllUsers', permission: 'READ' }];
    bucket.website = true;
    const plan = planned(await bench.plan(target));
    expect(plan.changes).toEqual([
      { id, label: `Block of public access of ${target.id}`, before: null, after: all },
    ]);
    expect(plan.blastRadius.class).toBe('shared with others');
    const lines = plan.blastRadius.lines.join('\n');
    expect(lines).toContain('AWS counts its policy as public.');
    expect(lines).toContain('Its policy lets in: everybody; account 210987654321.');
    expect(lines).toContain('READ for everybody');
    expect(lines).toContain('website');
    expect(lines).toContain('other accounts that it names are locked out too');
    expect(plan.tier).toBe(1);
    expect(plan.reversible).toEqual({ kind: 'yes' });
  });

  test('a closed bucket is blocked without touching anybody else', async () => {
    const bench = benchOf(blockPublicAccess);
    delete bucketOf(bench).policy;
    const { blastRadius } = planned(await bench.plan(target));
    expect(blastRadius.class).toBe('this resource only');
    expect(blastRadius.lines[0]).toBe('Its policy does not open it to the public.');
  });
});

describe('a blocked bucket', () => {
  test('all four settings end on, the policy stays, and undo deletes what was not there', async () => {
    const bench = benchOf(blockPublicAccess);
    const bucket = bucketOf(bench);
    const { policy } = bucket;
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    expect(bucket).toMatchObject({ block: all, policy });
    expect(await bench.verify(plan)).toMatchObject({
      kind: 'verified',
      lines: [expect.any(String), expect.stringContaining('RestrictPublicBuckets overrides')],
    });
    await bench.undo(plan);
    expect(bucket.block).toBeUndefined();
    expect(await bench.verify(plan)).toMatchObject({ kind: 'not-verified' });
  });

  test.each([[[]], [['BlockPublicAcls', 'BlockPublicPolicy']]])(
    'undo brings back a block with %j on, which is not the same as none',
    async (block) => {
      const bench = benchOf(blockPublicAccess);
      bucketOf(bench).block = block;
      const plan = planned(await bench.plan(target));
      await bench.execute(plan);
      await bench.undo(plan);
      expect(bucketOf(bench).block).toEqual(block);
    },
  );
});

describe('what may happen on the way', () => {
  test('verification names what is off again', async () => {
    const bench = benchOf(blockPublicAccess);
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    bucketOf(bench).block = all.slice(0, 3);
    expect(await bench.verify(plan)).toEqual({
      kind: 'not-verified',
      because: 'AWS lists as off: RestrictPublicBuckets',
    });
  });

  test('killed at the write, a second run finishes it once', async () => {
    const bench = benchOf(blockPublicAccess);
    const plan = planned(await bench.plan(target));
    const journal = memoryJournal();
    const put = 'PutPublicAccessBlock';
    bench.world.faults.add({ service: 's3', operation: put, kind: 'error', count: 1 });
    const aws = await bench.executeAws();
    expect(await runPlan(blockPublicAccess, plan, { aws, journal })).toMatchObject({
      kind: 'failed',
      because: expect.stringContaining('InternalError'),
    });
    expect(await runPlan(blockPublicAccess, plan, { aws, journal })).toEqual({ kind: 'finished' });
    expect(await runPlan(blockPublicAccess, plan, { aws, journal })).toEqual({ kind: 'finished' });
    const puts = bench.world.calls.filter(({ operation, error }) => operation === put && !error);
    expect(puts).toHaveLength(1);
    expect(journal.entries()).toEqual([{ before: null, after: all, state: 'done' }]);
  });

  test('undo refuses a block that somebody changed, and says what it is', async () => {
    const bench = benchOf(blockPublicAccess);
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    bucketOf(bench).block = ['BlockPublicAcls'];
    const made = [{ id, before: null, after: all }];
    expect(
      await planUndo({ action: blockPublicAccess, plan, made }, await bench.readAws()),
    ).toMatchObject({
      kind: 'refusal',
      because: expect.stringContaining('is BlockPublicAcls, Cordon left BlockPublicAcls, Ignore'),
    });
  });
});

describe('the limits of the block', () => {
  test('undo says that a block of the account keeps the bucket closed', () => {
    expect(blockPublicAccess.undoCannot.join()).toContain('whole account or organisation');
  });

  test('nothing but a list of settings is ever written', async () => {
    const bench = benchOf(blockPublicAccess);
    const [register] = blockPublicAccess.registers(planned(await bench.plan(target)));
    const aws = await bench.executeAws();
    for (const value of ['on', ['Everything'], { BlockPublicAcls: true }])
      await expect(register?.write(value, aws)).rejects.toThrow(/cannot be/);
  });
});

describe('refusals of blocking public access', () => {
  test('it is not offered for what is no general purpose bucket', () => {
    expect(blockPublicAccess.offeredFor(target)).toBe(true);
    for (const id of ['a--euw1-az1--x-s3', 'arn:aws:s3:::example-invoices', 'x-s3alias'])
      expect(blockPublicAccess.offeredFor({ ...target, id })).toBe(false);
  });

  test('tags that may not be read stop the plan: nothing says that it is not exempt', async () => {
    const bench = benchOf(blockPublicAccess);
    bench.world.faults.add({ service: 's3', operation: 'GetBucketTagging', kind: 'deny' });
    await expect(bench.plan(target)).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

test('the simulated S3 refuses a public policy under a block, of the bucket or of the account', async () => {
  const bench = benchOf(blockPublicAccess);
  const plan = planned(await bench.plan(target));
  const put = async (statement: object) =>
    (await bench.executeAws()).call('s3:PutBucketPolicy', {
      Bucket: target.id,
      Policy: policyOf(statement),
    });
  await put(allowAll);
  await bench.execute(plan);
  await expect(put(allowAll)).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining('BlockPublicPolicy'),
  });
  await put({ ...allowAll, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-example123' } } });
  await bench.undo(plan);
  await put(allowAll);
  bench.world.account(target.account).publicAccessBlock = ['BlockPublicPolicy'];
  await expect(put(allowAll)).rejects.toMatchObject({ name: 'AccessDenied' });
});
