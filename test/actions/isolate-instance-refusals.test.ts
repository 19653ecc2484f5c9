import { describe, expect, test } from 'vitest';
import { isolateInstance } from '../../src/actions/isolate-instance.ts';
import { type Bench, benchOf, planned } from './bench.ts';
import { at, second, target } from './example-instance.ts';

const setState = (bench: Bench, state: 'terminated' | 'shutting-down'): void => {
  const instance = at(bench).instances.get(target.id);
  if (instance) instance.state = state;
};

const refusals = [
  ['an unknown instance', (bench: Bench) => at(bench).instances.clear(), 'not-found', /eu-west-1/],
  [
    'a terminated instance',
    (bench: Bench) => setState(bench, 'terminated'),
    'wrong-state',
    /terminated/,
  ],
  [
    'one that is shutting down',
    (bench: Bench) => setState(bench, 'shutting-down'),
    'wrong-state',
    /shutting/,
  ],
  [
    'an instance without interfaces',
    (bench: Bench) => at(bench).interfaces.clear(),
    'wrong-state',
    /no network interface/,
  ],
  [
    'an exempt instance',
    (bench: Bench) => {
      const instance = at(bench).instances.get(target.id);
      if (instance) instance.tags['ir-exempt'] = '';
    },
    'exempt',
    /ir-exempt/,
  ],
  [
    'an interface that AWS manages',
    (bench: Bench) => {
      const each = at(bench).interfaces.get(second ?? '');
      if (each) at(bench).interfaces.set(each.id, { ...each, requesterManaged: true });
    },
    'managed-by-aws',
    /eni-0a1b2c3d4e5f60712/,
  ],
] as const;

describe('refusals of isolation', () => {
  test.each(refusals)('%s', async (_name, arrange, code, because) => {
    const bench = benchOf(isolateInstance);
    arrange(bench);
    const refusal = await bench.plan(target);
    expect(refusal).toMatchObject({
      kind: 'refusal',
      code,
      because: expect.stringMatching(because),
    });
    expect(refusal).toHaveProperty('instead', expect.stringMatching(/\w+\./));
  });

  test('an instance that is already isolated', async () => {
    const bench = benchOf(isolateInstance);
    await bench.execute(planned(await bench.plan(target)));
    expect(await bench.plan(target)).toMatchObject({ code: 'already-contained' });
  });

  test('the exempt tag can be another one', async () => {
    const bench = benchOf(isolateInstance);
    const refusal = await isolateInstance.plan(target, await bench.readAws(), {
      exemptTag: 'Name',
    });
    expect(refusal).toMatchObject({ code: 'exempt' });
  });

  test('a failing read is an error, not a refusal', async () => {
    const bench = benchOf(isolateInstance);
    bench.world.faults.add({ operation: 'DescribeInstances', kind: 'throttle', count: 1 });
    await expect(bench.plan(target)).rejects.toMatchObject({ name: 'RequestLimitExceeded' });
  });
});
