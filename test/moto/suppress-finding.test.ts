import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dismissFinding } from '../../src/actions/dismiss-finding.ts';
import { resolveFinding } from '../../src/actions/resolve-finding.ts';
import { suppressFinding } from '../../src/actions/suppress-finding.ts';
import type { ResourceOf } from '../../src/findings/finding.ts';
import { type Cloud, type Lane, openLane } from './clouds.ts';
import { containAndUndo, onBoth, planOn, portsFor } from './contain.ts';
import { account, region } from './seed.ts';
import { operationsIn, operationsOf, problemsOf } from './validate.ts';
import type { Sent } from './watch.ts';

/** moto has neither findings nor workflows: the overlay answers these calls over HTTP. */
const sent: Sent[] = [];
let lane: Lane;
beforeAll(async () => {
  lane = await openLane(sent);
});
beforeEach(() => {
  seedFindings(lane.moto);
  seedFindings(lane.simulated);
});
afterAll(() => lane.stop());

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
  id: `arn:aws:securityhub:${region}:${account}:finding/1`,
  account,
  region,
  keptBy: 'securityhub',
  keeper: `arn:aws:securityhub:${region}::product/aws/guardduty`,
  key: `arn:aws:securityhub:${region}:${account}:finding/1`,
};

const home = ({ world }: Cloud) => world.partition(world.securityAccount, region);

const seedFindings = (cloud: Cloud): void => {
  const { hubFindings } = home(cloud);
  const findings = new Map();
  home(cloud).detector = { id: '12abc34d567e8fa901bc2d34e56789f0', findings };
  findings.set(key, {
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
  hubFindings.set(hub.key, {
    id: hub.key,
    productArn: hub.keeper,
    account,
    region,
    type: 'TTPs',
    title: 'A finding',
    workflow: 'NOTIFIED',
  });
};

const look = async (cloud: Cloud) => ({
  archived: home(cloud).detector?.findings.get(key)?.Service?.Archived,
  workflow: home(cloud).hubFindings.get(hub.key)?.workflow,
});

describe('suppressing a finding over the wire', () => {
  test.each([
    [suppressFinding, guardDuty, { archived: true, workflow: 'NOTIFIED' }],
    [suppressFinding, hub, { archived: false, workflow: 'SUPPRESSED' }],
    [resolveFinding, guardDuty, { archived: true, workflow: 'NOTIFIED' }],
    [resolveFinding, hub, { archived: false, workflow: 'RESOLVED' }],
    [dismissFinding, guardDuty, { archived: true, workflow: 'NOTIFIED' }],
    [dismissFinding, hub, { archived: false, workflow: 'SUPPRESSED' }],
  ] as const)(
    '$id of $keptBy: set, verified, undone; the same in process',
    async (action, target, want) => {
      const [wire, simulated] = await onBoth(lane, (cloud) =>
        containAndUndo(cloud, [action, target], () => look(cloud)),
      );
      expect([wire.outcome, wire.undone]).toEqual([{ kind: 'finished' }, { kind: 'finished' }]);
      expect(wire.verification).toMatchObject({ kind: 'verified' });
      expect(wire.contained).toEqual(want);
      expect(wire.restored).toEqual({ archived: false, workflow: 'NOTIFIED' });
      expect(simulated).toEqual(wire);
    },
  );

  test.each([guardDuty, hub])('an unknown finding of $keptBy is refused', async (target) => {
    const [wire, simulated] = await onBoth(lane, (cloud) =>
      planOn(cloud, suppressFinding, { ...target, key: 'unknown' }),
    );
    expect(wire).toMatchObject({ kind: 'refusal', code: 'not-found' });
    expect(simulated).toEqual(wire);
  });

  test('an error keeps its name on the wire', async () => {
    const names = await onBoth(lane, async (cloud) => {
      const { reading } = await portsFor(cloud, suppressFinding, guardDuty);
      const input = { DetectorId: guardDuty.keeper, FindingIds: [key] };
      return reading.call('guardduty:GetFindings', input).catch((error) => error.name);
    });
    expect(names).toEqual(['BadRequestException', 'BadRequestException']);
  });
});

test('every declared operation was sent, and AWS’s models find no fault in any request', () => {
  // The finding is of Security Hub CSPM; moto has no Security Hub of the second version.
  const first = operationsOf(suppressFinding).filter((operation) => !operation.endsWith('V2'));
  expect(operationsIn(sent)).toEqual(first);
  expect(problemsOf(sent)).toEqual([]);
});
