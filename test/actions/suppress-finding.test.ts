import { beforeEach, describe, expect, test } from 'vitest';
import { suppressFinding } from '../../src/actions/suppress-finding.ts';
import type { ResourceOf } from '../../src/findings/finding.ts';
import { account, type Bench, benchOf, planned, region, securityAccount } from './bench.ts';

const key = 'b4b01b60fc24a199139f8f5f490edd81';
const guardDuty: ResourceOf<'finding'> = {
  kind: 'finding',
  id: `arn:aws:guardduty:${region}:${account}:detector/0member/finding/${key}`,
  account,
  region,
  keptBy: 'guardduty',
  keeper: '0member',
  key,
};
const hub: ResourceOf<'finding'> = {
  kind: 'finding',
  id: 'arn:aws:securityhub:eu-west-1:123456789012:finding/1',
  account,
  region,
  keptBy: 'securityhub',
  keeper: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty',
  key: 'arn:aws:securityhub:eu-west-1:123456789012:finding/1',
};

let bench: Bench;
const home = () => bench.world.partition(securityAccount, region);
const archived = () => home().detector?.findings.get(key)?.Service?.Archived;
const workflow = () => home().hubFindings.get(hub.key)?.workflow;

beforeEach(() => {
  bench = benchOf(suppressFinding);
  home().detector?.findings.set(key, {
    Id: key,
    Arn: guardDuty.id,
    AccountId: account,
    Region: region,
    Type: 'Recon:EC2/PortProbeUnprotectedPort',
    Severity: 2,
    SchemaVersion: '2.0',
    CreatedAt: '2026-11-22T02:00:00.000Z',
    UpdatedAt: '2026-11-22T02:00:00.000Z',
    Resource: {},
    Service: { Archived: false },
  });
  home().hubFindings.set(hub.key, {
    id: hub.key,
    productArn: hub.keeper,
    account,
    region,
    type: 'TTPs',
    title: 'A finding',
    workflow: 'NOTIFIED',
  });
});

describe('suppressing a finding', () => {
  test("GuardDuty archives it in the administrator's detector, and undo unarchives it", async () => {
    const plan = planned(await bench.plan(guardDuty));
    expect(plan.changes).toMatchObject([{ before: 'active', after: 'archived' }]);
    expect(plan.target).toMatchObject({ keeper: '12abc34d567e8fa901bc2d34e56789f0', account });
    await bench.execute(plan);
    expect(archived()).toBe(true);
    expect(await bench.verify(plan)).toMatchObject({ kind: 'verified' });
    await bench.undo(plan);
    expect(archived()).toBe(false);
    expect(await bench.verify(plan)).toMatchObject({ kind: 'not-verified' });
  });

  test('Security Hub suppresses it, and undo restores the workflow it had', async () => {
    const plan = planned(await bench.plan(hub));
    expect(plan.changes).toMatchObject([{ before: 'NOTIFIED', after: 'SUPPRESSED' }]);
    await bench.execute(plan);
    expect(workflow()).toBe('SUPPRESSED');
    expect(await bench.verify(plan)).toMatchObject({ kind: 'verified' });
    await bench.undo(plan);
    expect(workflow()).toBe('NOTIFIED');
  });

  test('an update that Security Hub does not process is an error', async () => {
    const plan = planned(await bench.plan(hub));
    home().hubFindings.clear();
    await expect(bench.execute(plan)).rejects.toThrow(/FindingNotFound/);
  });

  test.each([
    [
      'an unknown GuardDuty finding',
      guardDuty,
      () => home().detector?.findings.clear(),
      'not-found',
    ],
    ['an unknown Security Hub finding', hub, () => home().hubFindings.clear(), 'not-found'],
    [
      'GuardDuty that is off',
      guardDuty,
      () => {
        delete home().detector;
      },
      'not-supported',
    ],
    [
      'an archived finding',
      guardDuty,
      async () => bench.execute(planned(await bench.plan(guardDuty))),
      'already-contained',
    ],
  ] as const)('%s is refused', async (_name, target, arrange, code) => {
    await arrange();
    expect(await bench.plan(target)).toMatchObject({ kind: 'refusal', code });
  });

  test.each([guardDuty, hub])(
    'a value that $keptBy does not know is never written',
    async (target) => {
      const [register] = suppressFinding.registers(planned(await bench.plan(target)));
      await expect(register?.write('gone', await bench.executeAws())).rejects.toThrow(/"gone"/);
    },
  );
});
