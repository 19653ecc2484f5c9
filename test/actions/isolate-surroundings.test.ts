import { describe, expect, test } from 'vitest';
import { isolateInstance } from '../../src/actions/isolate-instance.ts';
import { stepsOf } from '../../src/execution/plan-undo.ts';
import type { World } from '../../src/local/world/world.ts';
import { type Bench, benchOf, newWorld, planned } from './bench.ts';
import { target } from './example-instance.ts';
import { metrics, placeOf, web, worker } from './example-network.ts';
import { undoAfter } from './lifecycle.ts';
import { everythingAround, isolated } from './lives/instances.ts';
import { memoryJournal, runPlan } from './run.ts';

const bench = (arrange: (world: World) => void = everythingAround): Bench => {
  const world = newWorld();
  arrange(world);
  return benchOf(isolateInstance, world);
};

describe('an instance of an Auto Scaling group behind load balancers', () => {
  test('the plan says what stays in service, and leaves the group its own targets', async () => {
    const plan = planned(await bench().plan(target));
    expect(plan.blastRadius.class).toBe('shared with others');
    const lines = plan.blastRadius.lines.join('\n');
    expect(lines).toMatch(/group "checkout" \(at least 2, wanted 2, at most 4\): 1 other stays/);
    expect(lines).toContain('Target group checkout-web: 1 healthy target is left.');
    expect(lines).toContain('Target group checkout-metrics: no healthy target is left');
    expect(plan.changes.find(({ id }) => id === `${metrics}/targets`)).toMatchObject({
      before: ['10.0.1.18 port 9100 in eu-west-1a'],
      after: [],
    });
    expect(plan.changes.some(({ id }) => id === `${web}/targets`)).toBe(false);
  });

  test('it is out of service before its network is cut, so nobody replaces or terminates it', async () => {
    const subject = bench();
    const plan = planned(await subject.plan(target));
    await runPlan(isolateInstance, plan, {
      aws: await subject.executeAws(),
      journal: memoryJournal(),
    });
    const at = (name: string): number =>
      subject.world.calls.findIndex(({ operation }) => operation === name);
    const swap = subject.world.calls.findIndex(
      ({ operation, input }) =>
        operation === 'ModifyNetworkInterfaceAttribute' && 'Groups' in input,
    );
    for (const before of ['EnterStandby', 'DeregisterTargets', 'ModifyInstanceAttribute'])
      expect(at(before), before).toBeLessThan(swap);
    const standby = subject.world.calls.find(({ operation }) => operation === 'EnterStandby');
    expect(standby?.input).toMatchObject({ ShouldDecrementDesiredCapacity: false });
    expect(placeOf(subject.world).network.scalingGroups.get('checkout')?.desired).toBe(2);
  });

  test('on its way to standby it is not called contained', async () => {
    const subject = bench();
    const plan = planned(await subject.plan(target));
    await subject.execute(plan);
    expect(await subject.verify(plan)).toMatchObject({
      kind: 'not-verified',
      because: expect.stringContaining('on its way'),
    });
  });
});

test('where the quota of security groups is used up, the step says so and nothing is cut', async () => {
  const subject = bench((world) => {
    placeOf(world).network.groupQuota = placeOf(world).groups.size;
  });
  const plan = planned(await subject.plan(target));
  const aws = await subject.executeAws();
  expect(await runPlan(isolateInstance, plan, { aws, journal: memoryJournal() })).toMatchObject({
    kind: 'failed',
    step: expect.stringContaining('Prepare cordon-quarantine'),
    because: expect.stringMatching(/SecurityGroupLimitExceeded.*Service Quotas/),
  });
  const swaps = subject.world.calls.filter(({ input }) => 'Groups' in input);
  expect(swaps).toEqual([]);
});

describe('an instance on its way in or out of its group', () => {
  test('one that Auto Scaling is terminating is refused, with what to save', async () => {
    const subject = bench((world) => {
      everythingAround(world);
      const instance = placeOf(world).instances.get(target.id);
      if (instance) instance.scaling = { group: 'checkout', state: 'Terminating:Wait' };
    });
    expect(await subject.plan(target)).toMatchObject({
      code: 'wrong-state',
      instead: expect.stringContaining('Snapshot its volumes at once'),
    });
  });

  test('one that is only starting is asked for again later', async () => {
    const subject = bench((world) => {
      everythingAround(world);
      const instance = placeOf(world).instances.get(target.id);
      if (instance) instance.scaling = { group: 'checkout', state: 'Pending' };
    });
    expect(await subject.plan(target)).toMatchObject({
      code: 'wrong-state',
      instead: expect.stringContaining('half a minute'),
    });
  });

  test('undo refuses when somebody put a target back, and says which', async () => {
    const back = (world: World): void => {
      const group = placeOf(world).network.targetGroups.get(metrics ?? '');
      if (group) group.targets = [{ id: '10.0.1.18', port: 9200, zone: 'eu-west-1a' }];
    };
    expect(await undoAfter(isolated, back)).toMatchObject({
      kind: 'refusal',
      code: 'wrong-state',
      because: expect.stringContaining('port 9200'),
    });
  });
});

describe('the kind of instance', () => {
  const planWith = async (about: object) => {
    const world = newWorld();
    const { instances } = placeOf(world);
    const instance = instances.get(target.id);
    if (instance) instances.set(target.id, { ...instance, ...about });
    return planned(await benchOf(isolateInstance, world).plan(target));
  };

  test('one before Nitro keeps its timeouts, and the plan says how long flows go on', async () => {
    const plan = await planWith({ type: 't2.micro' });
    expect(plan.changes.filter(({ id }) => id.endsWith('/idle-timeouts'))).toEqual([]);
    expect(plan.cannot.join()).toContain('up to 5 days after they fall silent');
  });

  test('a Spot Instance gets no termination protection, and the plan says so', async () => {
    const plan = await planWith({ spot: true });
    expect(plan.changes.filter(({ id }) => id.endsWith('/termination-protection'))).toEqual([]);
    expect(plan.cannot.join('\n')).toContain('It is a Spot Instance');
  });

  test.each([
    [{ 'eks:cluster-name': 'shop' }, /node of a Kubernetes cluster.*kubectl drain/],
    [{ AmazonECSManaged: '' }, /container instance of ECS.*DRAINING/],
  ])('a node with the tags %j is to be drained first', async (tags, line) => {
    const { blastRadius } = await planWith({ tags });
    expect(blastRadius.lines.join('\n')).toMatch(line);
  });

  test('others with the same role are named', async () => {
    const world = newWorld();
    const { instances } = placeOf(world);
    const [one, other] = [instances.get(target.id), instances.get(worker)];
    if (one?.profileArn && other) other.profileArn = one.profileArn;
    const { blastRadius } = planned(await benchOf(isolateInstance, world).plan(target));
    expect(blastRadius.lines.join('\n')).toContain(`${worker} has the same role`);
  });
});

test('every step has a session that is smaller than its role', async () => {
  const subject = benchOf(isolateInstance);
  const plan = planned(await subject.plan(target));
  for (const { register } of stepsOf(isolateInstance, plan, plan)) {
    expect(register.uses?.length).toBeGreaterThan(0);
    expect(register.uses?.length).toBeLessThan(isolateInstance.permissions.execute.length);
  }
});
