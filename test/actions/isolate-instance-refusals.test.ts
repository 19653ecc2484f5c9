import { describe, expect, test } from 'vitest';
import { isolateInstance } from '../../src/actions/isolate-instance.ts';
import { benchOf, planned } from './bench.ts';
import { target } from './example-instance.ts';

describe('refusals of isolation', () => {
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
