import { describe, expect, test } from 'vitest';
import { stopInstance } from '../../src/actions/stop-instance.ts';
import { planUndo } from '../../src/execution/plan-undo.ts';
import type { Instance } from '../../src/local/world/state.ts';
import { type Bench, benchOf, planned } from './bench.ts';
import { at, first, target } from './example-instance.ts';
import { elastic, putElastic } from './example-network.ts';

const instanceOf = (bench: Bench): Instance => {
  const instance = at(bench).instances.get(target.id);
  if (!instance) throw new Error('The example instance is missing');
  return instance;
};

/** What AWS does by itself some time later. */
const wait = (bench: Bench): void => {
  const instance = instanceOf(bench);
  if (instance.next) instance.next = { ...instance.next, at: 0 };
};

const publicIp = (bench: Bench) => at(bench).interfaces.get(first ?? '')?.publicIp;

describe('stopping an instance', () => {
  test('the plan names what is lost for good', async () => {
    const plan = planned(await benchOf(stopInstance).plan(target));
    expect(plan.changes).toEqual([
      {
        id: `${target.id}/state`,
        label: `State of ${target.id}`,
        before: 'running',
        after: 'stopped',
      },
    ]);
    expect(plan.tier).toBe(2);
    expect(plan.reversible).toEqual({
      kind: 'partly',
      because:
        'memory and whatever is on instance store volumes are lost for good; 198.51.100.24 goes back to AWS, and start brings another public address.',
    });
    expect(plan.cannot.join('\n')).toMatch(/memory.*shut down.*not locked.*Credentials/s);
  });

  test('an Elastic IP address is not lost', async () => {
    const bench = benchOf(stopInstance);
    putElastic(bench.world);
    const plan = planned(await bench.plan(target));
    expect(JSON.stringify(plan)).not.toContain('198.51.100.24');
    await bench.execute(plan);
    const { addresses } = at(bench).network;
    expect(addresses.get(elastic.id)?.association?.interface).toBe(first);
  });

  test('it is contained when it has stopped, not while it stops', async () => {
    const bench = benchOf(stopInstance);
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    const [register] = stopInstance.registers(plan);
    const aws = await bench.executeAws();
    expect(await register?.read(aws)).toBe('stopped');
    expect(await register?.settles?.atRest(aws)).toBe(false);
    expect(await bench.verify(plan)).toEqual({
      kind: 'not-verified',
      because: `AWS lists ${target.id} as stopping`,
    });
    wait(bench);
    expect(await bench.verify(plan)).toMatchObject({ kind: 'verified' });
    expect(await register?.settles?.atRest(aws)).toBe(true);
    expect(publicIp(bench)).toBeUndefined();
  });
});

describe('taking a stop back', () => {
  test('undo starts it, with another public address', async () => {
    const bench = benchOf(stopInstance);
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    wait(bench);
    const made = [{ id: `${target.id}/state`, before: 'running', after: 'stopped' }];
    const undo = await planUndo({ action: stopInstance, plan, made }, await bench.readAws());
    expect(undo).toMatchObject({ changes: [{ before: 'stopped', after: 'running' }] });
    await bench.undo(plan);
    wait(bench);
    await bench.verify(plan);
    expect(instanceOf(bench).state).toBe('running');
    expect(publicIp(bench)).toBe('203.0.113.200');
  });

  test('stopping and starting twice is once', async () => {
    const bench = benchOf(stopInstance);
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    await bench.execute(plan);
    wait(bench);
    await bench.undo(plan);
    await bench.undo(plan);
    expect(instanceOf(bench).state).toBe('pending');
  });

  test('undo refuses when somebody terminated it', async () => {
    const bench = benchOf(stopInstance);
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    const instance = instanceOf(bench);
    delete instance.next;
    instance.state = 'terminated';
    const made = [{ id: `${target.id}/state`, before: 'running', after: 'stopped' }];
    expect(
      await planUndo({ action: stopInstance, plan, made }, await bench.readAws()),
    ).toMatchObject({
      kind: 'refusal',
      because: expect.stringContaining('is terminated, Cordon left stopped'),
    });
  });

  test('nothing but stopped and running is ever written', async () => {
    const bench = benchOf(stopInstance);
    const [register] = stopInstance.registers(planned(await bench.plan(target)));
    const aws = await bench.executeAws();
    await expect(register?.write('terminated', aws)).rejects.toThrow(/cannot be made/);
  });
});
