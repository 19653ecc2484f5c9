/** Isolation with what the configuration can add: the transition group, and Elastic IP addresses. */
import { expect, test } from 'vitest';
import { isolateInstance } from '../../src/actions/isolate-instance.ts';
import { planUndo, stepsOf } from '../../src/execution/plan-undo.ts';
import { runSteps, StoreFailure } from '../../src/execution/run-steps.ts';
import type { Connection } from '../../src/local/world/network-state.ts';
import { planned, settings } from './bench.ts';
import { first, second, target, vpc } from './example-instance.ts';
import { elastic, placeOf, putElastic } from './example-network.ts';
import { stageOf } from './life.ts';
import { isolatedThoroughly } from './lives/instances.ts';
import { memoryJournal, runPlan } from './run.ts';

const flows = {
  'goes on': { tracked: true },
  'says something each second': { tracked: true, everySeconds: 1 },
  'says something each minute': { tracked: true, everySeconds: 60 },
  'is silent': { tracked: true, silentSince: Date.parse('2026-11-22T02:59:50.000Z') },
  'goes through a NAT gateway': { tracked: true, always: true },
  'is not tracked': { tracked: false },
} satisfies Readonly<Record<string, Partial<Connection>>>;

const staged = (isolation: { disassociateAddress: boolean; transitionGroup: boolean }) => {
  const stage = stageOf({ ...isolatedThoroughly, settings: { ...settings, isolation } });
  const { connections } = placeOf(stage.world).network;
  connections.clear();
  for (const [id, about] of Object.entries(flows))
    connections.set(id, { id, interface: first ?? '', peer: '203.0.113.9', ...about });
  return { ...stage, open: () => [...connections.keys()] };
};

const both = { disassociateAddress: true, transitionGroup: true };
const groupsOf = (world: ReturnType<typeof staged>['world'], id: string | undefined) =>
  placeOf(world)
    .interfaces.get(id ?? '')
    ?.groups.map((group) => placeOf(world).groups.get(group)?.name);

const run = async (stage: ReturnType<typeof staged>) => {
  const plan = planned(await stage.bench.plan(target));
  const aws = await stage.bench.executeAws();
  return { plan, outcome: await runPlan(isolateInstance, plan, { aws, journal: memoryJournal() }) };
};

test.each([
  [
    'without the transition group every tracked connection outlives the swap',
    false,
    Object.keys(flows).filter((id) => id !== 'is not tracked'),
  ],
  [
    'through the transition group only what was silent, or is always tracked, does',
    true,
    ['says something each minute', 'is silent', 'goes through a NAT gateway'],
  ],
])('%s', async (_, transitionGroup, left) => {
  const stage = staged({ ...both, transitionGroup });
  expect((await run(stage)).outcome).toEqual({ kind: 'finished' });
  expect(stage.open()).toEqual(left);
});

test('the plan says what is opened, for how long, and which address is taken off', async () => {
  const plan = planned(await staged(both).bench.plan(target));
  const changes = Object.fromEntries(
    plan.changes.map(({ id, before, after }) => [id, [before, after]]),
  );
  expect(changes[`${vpc}/cordon-transition`]).toEqual(['absent', 'present, open, ours']);
  expect(changes[`${vpc}/cordon-transition/removed`]).toEqual(['present, open, ours', 'absent']);
  expect(changes[`${elastic.id}/association`]).toEqual([`${first} at 10.0.1.18`, 'not associated']);
  const lines = plan.blastRadius.lines.join('\n');
  expect(lines).toContain('For 5 seconds cordon-transition lets everybody reach it');
  expect(lines).toContain('put back by undo: Elastic IP address 198.51.100.24');
});

test('nothing of it is in the plan where the configuration does not say so', async () => {
  const stage = staged({ disassociateAddress: false, transitionGroup: false });
  const text = JSON.stringify(planned(await stage.bench.plan(target)));
  expect(text).not.toContain('cordon-transition');
  expect(text).not.toContain(elastic.id);
});

test('it is taken off after the swap, and undo brings it back to the same private address', async () => {
  const stage = staged(both);
  const { plan } = await run(stage);
  const at = (name: string) =>
    stage.world.calls.map(({ operation }) => operation).lastIndexOf(name);
  expect(at('DisassociateAddress')).toBeGreaterThan(at('ModifyNetworkInterfaceAttribute'));
  const { addresses } = placeOf(stage.world).network;
  expect(addresses.get(elastic.id)?.association).toBeUndefined();
  stage.wait();
  stage.world.state();
  await stage.bench.undo(plan);
  expect(addresses.get(elastic.id)?.association).toMatchObject({
    interface: first,
    privateIp: '10.0.1.18',
  });
});

test('undo refuses when the address serves something else by now', async () => {
  const stage = staged(both);
  const { plan } = await run(stage);
  putElastic(stage.world);
  const address = placeOf(stage.world).network.addresses.get(elastic.id);
  if (address)
    address.association = { id: 'eipassoc-other', interface: second ?? '', privateIp: '10.0.2.18' };
  const made = plan.changes;
  expect(
    await planUndo({ action: isolateInstance, plan, made }, await stage.bench.readAws()),
  ).toMatchObject({ kind: 'refusal', because: expect.stringContaining(`${second} at 10.0.2.18`) });
});

/** The executor dies while the interfaces are open to everybody. */
const diedOpen = async () => {
  const stage = staged(both);
  const plan = planned(await stage.bench.plan(target));
  const journal = memoryJournal();
  const aws = await stage.bench.executeAws();
  const died = {
    ...aws,
    pause: async () => {
      throw new StoreFailure('killed');
    },
  };
  await expect(runPlan(isolateInstance, plan, { aws: died, journal })).rejects.toThrow(
    StoreFailure,
  );
  expect(groupsOf(stage.world, first)).toEqual(['cordon-transition']);
  return { stage, plan, journal, aws };
};

test('a run that died while an interface was open closes it when it is taken up again', async () => {
  const { stage, plan, journal, aws } = await diedOpen();
  expect(await runPlan(isolateInstance, plan, { aws, journal })).toEqual({ kind: 'finished' });
  expect(groupsOf(stage.world, first)).toEqual(['cordon-quarantine']);
});

test('and undo takes it straight back to its own groups, not through the open one', async () => {
  const { stage, plan, journal, aws } = await diedOpen();
  const made = plan.changes.flatMap(({ id }, position) => {
    const line = journal.entries()[position];
    return line ? [{ id, before: line.before, after: line.after }] : [];
  });
  const undo = planned(await planUndo({ action: isolateInstance, plan, made }, aws));
  const change = undo.changes.find(({ id }) => id === `${first}/groups`);
  expect(change?.before).toEqual(['cordon-transition']);
  const swap = stepsOf(isolateInstance, plan, { ...undo, changes: change ? [change] : [] });
  const from = stage.world.calls.length;
  await runSteps({
    steps: swap,
    aws: async () => aws,
    journal: memoryJournal(),
    mayContinue: async () => true,
    progress: async () => undefined,
  });
  expect(groupsOf(stage.world, first)).toEqual(['web', 'admin']);
  const swaps = stage.world.calls.slice(from).filter(({ input }) => 'Groups' in input);
  expect(swaps).toHaveLength(1);
});

test('an interface that AWS does not let out of the open group is named as open', async () => {
  const stage = staged(both);
  const plan = planned(await stage.bench.plan(target));
  const aws = await stage.bench.executeAws();
  let swaps = 0;
  const outcome = await runPlan(isolateInstance, plan, {
    aws: {
      ...aws,
      call: async (operation, input) => {
        if (operation === 'ec2:ModifyNetworkInterfaceAttribute' && 'Groups' in input) swaps += 1;
        if (swaps > 2) throw Object.assign(new Error('Rate exceeded'), { name: 'Throttling' });
        return aws.call(operation, input);
      },
    },
    journal: memoryJournal(),
  });
  expect(outcome).toMatchObject({
    kind: 'failed',
    step: `Swap security groups of ${first}`,
    because: expect.stringMatching(/still in cordon-transition, OPEN TO EVERYBODY/),
  });
});

test('a group of that name that is not ours is refused, and not opened', async () => {
  const stage = staged(both);
  const id = 'sg-0000000000000bbbb';
  placeOf(stage.world).groups.set(id, {
    ...{ id, name: 'cordon-transition', description: '', vpc, tags: {}, ingress: [], egress: [] },
  });
  expect(await stage.bench.plan(target)).toMatchObject({
    code: 'not-ours',
    instead: expect.stringContaining('isolation.transitionGroup'),
  });
});
