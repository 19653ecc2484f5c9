import { describe, expect, test } from 'vitest';
import { blockPublicAccess } from '../../src/actions/block-public-access.ts';
import { quarantineBucket } from '../../src/actions/quarantine-bucket.ts';
import { planUndo } from '../../src/execution/plan-undo.ts';
import { attach } from '../../src/local/world/attach.ts';
import { account, type Bench, benchOf, newWorld, planned, region } from './bench.ts';
import { allowAll, bucketOf, policyOf, target } from './example-bucket.ts';
import { memoryJournal, runPlan } from './run.ts';

const id = 'example-invoices/policy';
const role = (name: string): string => `arn:aws:iam::${account}:role/${name}`;
const arns = ['arn:aws:s3:::example-invoices', 'arn:aws:s3:::example-invoices/*'];
const deny = <T extends object>(more: T) => ({
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: arns,
  ...more,
});
const quarantine = {
  Sid: 'CordonQuarantine',
  ...deny({
    Condition: {
      ArnNotLike: {
        'aws:PrincipalArn': [
          role('cordon-read'),
          role('cordon-respond'),
          role('break-glass'),
          role('ops/emergency'),
        ],
      },
    },
  }),
};
const onlyTls = {
  Sid: 'OnlyTls',
  ...deny({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
};
const statements = (bench: Bench): unknown => JSON.parse(bucketOf(bench).policy ?? '{}').Statement;

/** S3 as the account's administrator sees it. */
const administrator = async ({ world }: Bench) => {
  const { GetBucketPolicyCommand, PutBucketPolicyCommand, S3Client } = await import(
    '@aws-sdk/client-s3'
  );
  const credentials = { accessKeyId: `ADMIN-${account}`, secretAccessKey: 'local' };
  const client = new S3Client({ region, credentials });
  attach(client, 's3', world);
  return {
    get: () => client.send(new GetBucketPolicyCommand({ Bucket: target.id })),
    put: (Policy: string) => client.send(new PutBucketPolicyCommand({ Bucket: target.id, Policy })),
  };
};

describe('the plan to quarantine a bucket', () => {
  test('keeps what was denied, leaves out what was allowed, and lets Cordon and break-glass in', async () => {
    const bench = benchOf(quarantineBucket);
    const before = bucketOf(bench).policy;
    const plan = planned(await bench.plan(target));
    expect(plan.changes).toMatchObject([{ id, before }]);
    expect(JSON.parse(String(plan.changes[0]?.after))).toEqual({
      Version: '2012-10-17',
      Statement: [quarantine, onlyTls],
    });
    expect(plan).toMatchObject({ tier: 2, blastRadius: { class: 'shared with others' } });
    const lines = plan.blastRadius.lines.join('\n');
    expect(lines).toContain(role('break-glass'));
    expect(lines).toContain('everybody; account 210987654321');
    expect(plan.cannot.join('\n')).toMatch(/root user.*\n.*Lifecycle/);
    expect(plan.reversible).toMatchObject({ kind: 'partly' });
  });
});

describe('a policy that Cordon is to write', () => {
  test('has to grant nothing new, which Access Analyzer proves', async () => {
    const bench = benchOf(quarantineBucket);
    const before = bucketOf(bench).policy;
    const plan = planned(await bench.plan(target));
    expect(plan.blastRadius.lines.join()).toContain('grants nothing that the old one did not');
    const [asked] = bench.world.calls.filter(({ operation }) => operation === 'CheckNoNewAccess');
    expect(asked?.input).toEqual({
      existingPolicyDocument: before,
      newPolicyDocument: plan.changes[0]?.after,
      policyType: 'RESOURCE_POLICY',
    });
  });

  test('is made all the same where Access Analyzer cannot be reached, and says so', async () => {
    const bench = benchOf(quarantineBucket);
    bench.world.faults.add({ service: 'access-analyzer', kind: 'timeout' });
    const plan = planned(await bench.plan(target));
    expect(plan.blastRadius.lines.join()).toContain(
      'Not checked whether the new policy grants anything new, because Access Analyzer said TimeoutError',
    );
    await bench.execute(plan);
    expect(await bench.verify(plan)).toMatchObject({ kind: 'verified' });
  });

  test('is refused where Access Analyzer finds something new, and nothing is written', async () => {
    const bench = benchOf(quarantineBucket);
    bench.world.register('access-analyzer', {
      CheckNoNewAccess: () => ({
        result: 'FAIL',
        message: 'grants new access',
        reasons: [{ description: 'New access in the statement with index: 1.' }],
      }),
    });
    const before = bucketOf(bench).policy;
    const refused = await bench.plan(target);
    expect(refused).toMatchObject({ kind: 'refusal', code: 'not-permitted' });
    expect(JSON.stringify(refused)).toContain('New access in the statement with index: 1.');
    expect(bucketOf(bench).policy).toBe(before);
  });
});

describe('what the plan keeps of a policy', () => {
  test('keeps the version of the policy, which changes what its variables mean', async () => {
    const bench = benchOf(quarantineBucket);
    bucketOf(bench).policy = JSON.stringify({ Statement: [] });
    const { changes, reversible } = planned(await bench.plan(target));
    expect(JSON.parse(String(changes[0]?.after)).Version).toBe('2008-10-17');
    expect(reversible).toEqual({ kind: 'yes' });
  });

  test('replaces a quarantine that somebody weakened, and says so', async () => {
    const bench = benchOf(quarantineBucket);
    bucketOf(bench).policy = policyOf({ ...quarantine, Action: 's3:DeleteBucket' });
    const plan = planned(await bench.plan(target));
    expect(plan.blastRadius.lines.join('\n')).toContain('not what Cordon writes');
    await bench.execute(plan);
    expect(statements(bench)).toEqual([quarantine]);
  });
});

describe('a quarantined bucket', () => {
  test('denies everybody else, and undo puts the policy back byte for byte', async () => {
    const bench = benchOf(quarantineBucket);
    const before = policyOf(allowAll, onlyTls);
    bucketOf(bench).policy = before;
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    const admin = await administrator(bench);
    await expect(admin.get()).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(admin.put(before)).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(await bench.verify(plan)).toMatchObject({ kind: 'verified' });
    await bench.undo(plan);
    expect(bucketOf(bench).policy).toBe(before);
    expect((await admin.get()).Policy).toBe(before);
    expect(await bench.verify(plan)).toMatchObject({ kind: 'not-verified' });
  });

  test('without a policy before, undo deletes ours', async () => {
    const bench = benchOf(quarantineBucket);
    delete bucketOf(bench).policy;
    const plan = planned(await bench.plan(target));
    expect(plan.changes[0]?.before).toBeNull();
    await bench.execute(plan);
    expect(statements(bench)).toEqual([quarantine]);
    await bench.undo(plan);
    expect(bucketOf(bench).policy).toBeUndefined();
  });

  test('is recognised however S3 spells its policy', async () => {
    const bench = benchOf(quarantineBucket);
    bucketOf(bench).policy = policyOf({ ...allowAll, Principal: { AWS: account } });
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    const { Effect, Condition, ...others } = quarantine;
    // One statement without its list, members in another order.
    bucketOf(bench).policy = JSON.stringify({
      Statement: { Condition, ...others, Resource: arns.toReversed(), Effect },
      Version: '2012-10-17',
    });
    expect(await bench.verify(plan)).toMatchObject({ kind: 'verified' });
    expect(await bench.plan(target)).toMatchObject({ code: 'already-contained' });
    const [register] = quarantineBucket.registers(plan);
    expect(await register?.read(await bench.executeAws())).toBe(plan.changes[0]?.after);
  });
});

describe('what may happen on the way', () => {
  test('killed at the write, a second run finishes it once', async () => {
    const bench = benchOf(quarantineBucket);
    const plan = planned(await bench.plan(target));
    const journal = memoryJournal();
    const put = 'PutBucketPolicy';
    bench.world.faults.add({ service: 's3', operation: put, kind: 'error', count: 1 });
    const aws = await bench.executeAws();
    expect(await runPlan(quarantineBucket, plan, { aws, journal })).toMatchObject({
      kind: 'failed',
    });
    for (let again = 0; again < 2; again += 1)
      expect(await runPlan(quarantineBucket, plan, { aws, journal })).toEqual({ kind: 'finished' });
    const puts = bench.world.calls.filter(({ operation, error }) => operation === put && !error);
    expect(puts).toHaveLength(1);
  });

  test('a policy that an attacker changed between plan and step is not overwritten', async () => {
    const bench = benchOf(quarantineBucket);
    const plan = planned(await bench.plan(target));
    bucketOf(bench).policy = policyOf(allowAll);
    const aws = await bench.executeAws();
    expect(await runPlan(quarantineBucket, plan, { aws, journal: memoryJournal() })).toMatchObject({
      kind: 'failed',
      because: expect.stringContaining('somebody else changed'),
    });
  });

  test('undo refuses a policy that is not the one that was set', async () => {
    const bench = benchOf(quarantineBucket);
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    bucketOf(bench).policy = policyOf(allowAll);
    expect(await undoOf(bench, plan)).toMatchObject({
      kind: 'refusal',
      code: 'wrong-state',
      because: expect.stringContaining('Live state is not what Cordon left'),
    });
  });
});

const undoOf = async (bench: Bench, plan: ReturnType<typeof planned>) => {
  const [change] = plan.changes;
  const made = [{ id, before: change?.before ?? null, after: change?.after ?? null }];
  return planUndo({ action: quarantineBucket, plan, made }, await bench.readAws());
};

describe('quarantine and block of one bucket', () => {
  const both = async (policy: string) => {
    const world = newWorld();
    const [block, close] = [benchOf(blockPublicAccess, world), benchOf(quarantineBucket, world)];
    bucketOf({ world }).policy = policy;
    const blocked = planned(await block.plan(target));
    await block.execute(blocked);
    const closed = planned(await close.plan(target));
    await close.execute(closed);
    return { block, blocked, close, closed };
  };

  test('the quarantine of a public policy is accepted under the block', async () => {
    const { close, closed } = await both(policyOf(allowAll));
    expect(await close.verify(closed)).toMatchObject({ kind: 'verified' });
  });

  test('undo of the quarantine waits until the block is undone, when the policy was public', async () => {
    const before = policyOf(allowAll);
    const { block, blocked, close, closed } = await both(before);
    expect(await undoOf(close, closed)).toMatchObject({
      kind: 'refusal',
      code: 'wrong-state',
      instead: expect.stringContaining('Undo the block of public access first'),
    });
    await block.undo(blocked);
    expect(await undoOf(close, closed)).toMatchObject({ kind: 'plan' });
    await close.undo(closed);
    expect(bucketOf(close).policy).toBe(before);
  });

  test('a policy that was not public is put back under the block, which stays', async () => {
    const before = policyOf({ ...allowAll, Principal: { AWS: role('app') } });
    const { block, blocked, close, closed } = await both(before);
    expect(await undoOf(close, closed)).toMatchObject({ kind: 'plan' });
    await close.undo(closed);
    expect(bucketOf(close).policy).toBe(before);
    expect(await block.verify(blocked)).toMatchObject({ kind: 'verified' });
  });

  test('a block of the account makes AWS refuse the public policy, loudly', async () => {
    const bench = benchOf(quarantineBucket);
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    bench.world.account(account).publicAccessBlock = ['BlockPublicPolicy'];
    await expect(bench.undo(plan)).rejects.toMatchObject({
      message: expect.stringContaining('BlockPublicPolicy'),
    });
    expect(await bench.verify(plan)).toMatchObject({ kind: 'verified' });
  });
});

const service = (name: string, Action: string) => ({
  policy: policyOf({ ...allowAll, Principal: { Service: name }, Action }),
});
/** As for load balancers in the older Regions: an account of AWS and no service. */
const logsOf = (Action: string) => ({
  policy: policyOf({
    ...allowAll,
    Principal: { AWS: 'arn:aws:iam::156460612806:root' },
    Action,
    Resource: `${arns[0]}/web/AWSLogs/${account}/*`,
  }),
});
const lockOut = (more: object) => ({ policy: policyOf(deny(more)) });
const except = (...names: readonly string[]) => ({
  Condition: { ArnNotEquals: { 'aws:PrincipalArn': names.map(role) } },
});

describe('what quarantine does not refuse', () => {
  test.each([
    ['a deny with more stars than can be tried', lockOut({ Action: `s3:${'*a'.repeat(40)}` })],
    ['a service that delivers no logs', service('ses.amazonaws.com', 's3:PutObject')],
    ['a log service that only reads', service('cloudtrail.amazonaws.com', 's3:GetBucketAcl')],
    ['an account that only reads logs', logsOf('s3:GetObject')],
    ['a deny of objects only', lockOut({ Resource: `${arns[0]}/*` })],
    ['a deny under a condition that does not hold for Cordon', lockOut(except('cordon-*'))],
    ['a deny of callers without TLS', lockOut({ Condition: onlyTls.Condition })],
    [
      'a deny of all but its own roles',
      lockOut({
        Principal: undefined,
        NotPrincipal: { AWS: [role('cordon-read'), role('cordon-respond')] },
      }),
    ],
  ] as const)('%s', async (_name, state) => {
    const bench = benchOf(quarantineBucket);
    Object.assign(bucketOf(bench), state);
    expect(await bench.plan(target)).toMatchObject({ kind: 'plan' });
  });
});

describe('refusals that neither policy nor tags show', () => {
  test('a log bucket by the name that AWS gives it', async () => {
    const bench = benchOf(quarantineBucket);
    const name = 'aws-cloudtrail-logs-123456789012-abc';
    bench.world.partition(account, region).buckets.set(name, { ...bucketOf(bench), name });
    expect(await bench.plan({ ...target, id: name })).toMatchObject({ code: 'not-supported' });
  });

  test('nobody named for break-glass', async () => {
    const bench = benchOf(quarantineBucket);
    expect(await quarantineBucket.plan(target, await bench.readAws())).toMatchObject({
      code: 'not-permitted',
      instead: expect.stringContaining('breakGlassRoles'),
    });
  });
});
