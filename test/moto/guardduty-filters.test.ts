/**
 * Filters and feedback of GuardDuty over the wire. moto has no findings, so the overlay answers with the
 * simulated world's handlers; AWS's models hold every request and every answer.
 */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { archiveLikeIt } from '../../src/actions/archive-like-it.ts';
import { markNotUseful } from '../../src/actions/mark-not-useful.ts';
import { planUndo, stepsOf } from '../../src/execution/plan-undo.ts';
import type { ResourceOf } from '../../src/findings/finding.ts';
import { type Cloud, type Lane, openLane } from './clouds.ts';
import { containAndUndo, onBoth, planned, planOn, portsFor, runAll } from './contain.ts';
import { account, region } from './seed.ts';
import { operationsIn, operationsOf, problemsOf } from './validate.ts';
import type { Sent } from './watch.ts';

const sent: Sent[] = [];
let lane: Lane;
beforeAll(async () => {
  lane = await openLane(sent);
});
beforeEach(() => {
  for (const cloud of [lane.moto, lane.simulated]) seedFinding(cloud);
});
afterAll(() => lane.stop());

const key = 'b4b01b60fc24a199139f8f5f490edd81';
const target: ResourceOf<'finding'> = {
  kind: 'finding',
  id: `arn:aws:guardduty:${region}:${account}:detector/0member/finding/${key}`,
  account,
  region,
  keptBy: 'guardduty',
  keeper: '0member',
  key,
};

const home = ({ world }: Cloud) => world.partition(world.securityAccount, region);
const filters = (cloud: Cloud) => home(cloud).detector?.filters ?? new Map();

const seedFinding = (cloud: Cloud): void => {
  const findings = new Map();
  findings.set(key, {
    ...{ Id: key, Arn: target.id, AccountId: account, Region: region, Severity: 2 },
    Type: 'Recon:EC2/PortProbeUnprotectedPort',
    SchemaVersion: '2.0',
    CreatedAt: '2026-11-22T02:00:00.000Z',
    UpdatedAt: '2026-11-22T02:00:00.000Z',
    Resource: {},
    Service: { Archived: false },
  });
  home(cloud).detector = { id: '12abc34d567e8fa901bc2d34e56789f0', findings };
};

test('what is like a finding is archived from now on, verified, and undone; the same in process', async () => {
  const [wire, simulated] = await onBoth(lane, (cloud) =>
    containAndUndo(cloud, [archiveLikeIt, target], async () =>
      [...filters(cloud).values()].map(({ action, criteria }) => ({ action, criteria })),
    ),
  );
  expect([wire.outcome, wire.undone]).toEqual([{ kind: 'finished' }, { kind: 'finished' }]);
  expect(wire.verification).toMatchObject({ kind: 'verified' });
  expect(wire.contained).toEqual([
    {
      action: 'ARCHIVE',
      criteria: { accountId: [account], type: ['Recon:EC2/PortProbeUnprotectedPort'] },
    },
  ]);
  expect(wire.restored).toEqual([]);
  expect(simulated).toEqual(wire);
});

test('a finding is marked as not useful and read back; nothing of it can be undone', async () => {
  const [wire, simulated] = await onBoth(lane, async (cloud) => {
    const { reading, acting } = await portsFor(cloud, markNotUseful, target);
    const plan = planned(await markNotUseful.plan(target, reading));
    return {
      plan,
      outcome: await runAll(stepsOf(markNotUseful, plan, plan), acting),
      verification: await markNotUseful.verify(plan, acting),
      feedback: home(cloud).detector?.findings.get(key)?.Service?.UserFeedback,
      undo: await planUndo({ action: markNotUseful, plan, made: plan.changes }, acting),
    };
  });
  expect(wire).toMatchObject({
    outcome: { kind: 'finished' },
    verification: { kind: 'verified' },
    feedback: 'NOT_USEFUL',
    undo: { kind: 'refusal', code: 'not-supported' },
  });
  expect(simulated).toEqual(wire);
});

test.each([archiveLikeIt, markNotUseful])(
  '$id refuses a finding that is not there',
  async (action) => {
    const [wire, simulated] = await onBoth(lane, (cloud) =>
      planOn(cloud, action, { ...target, key: 'unknown' }),
    );
    expect(wire).toMatchObject({ kind: 'refusal', code: 'not-found' });
    expect(simulated).toEqual(wire);
  },
);

test('every declared operation was sent, and AWS’s models find no fault in any request', () => {
  const declared = [...operationsOf(archiveLikeIt), ...operationsOf(markNotUseful)];
  expect(operationsIn(sent)).toEqual([...new Set(declared)].sort());
  expect(problemsOf(sent)).toEqual([]);
});
