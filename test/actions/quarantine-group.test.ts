import { describe, expect, test } from 'vitest';
import { isolateInstance } from '../../src/actions/isolate-instance.ts';
import { type Bench, benchOf, planned } from './bench.ts';
import {
  admin,
  at,
  everywhere,
  first,
  groupsOf,
  putGroup,
  quarantine,
  second,
  target,
  vpc,
  web,
} from './example-instance.ts';

const tamperings = [
  [
    'a rule in the group',
    (bench: Bench) => {
      quarantine(bench).egress = [everywhere];
    },
    /present, but it has rules/,
  ],
  [
    'an interface that was swapped back',
    (bench: Bench) => {
      const each = at(bench).interfaces.get(second ?? '');
      if (each) each.groups = [web ?? ''];
    },
    /Not only in cordon-quarantine: eni-0a1b2c3d4e5f60712/,
  ],
  [
    'an interface that was attached since',
    (bench: Bench) => {
      at(bench).interfaces.set('eni-0new', {
        id: 'eni-0new',
        vpc,
        instance: target.id,
        deviceIndex: 2,
        groups: [web ?? ''],
        ip: '10.0.3.1',
        ipv6: [],
      });
    },
    /eni-0new/,
  ],
] as const;

describe('a quarantine group that cannot be trusted', () => {
  const refusals = [
    ['with a rule in', { ingress: [everywhere] }, 'tampered'],
    ['with a rule out', { egress: [everywhere] }, 'tampered'],
    ['that Cordon did not make', { tags: {} }, 'not-ours'],
  ] as const;

  test.each(refusals)('%s refuses the plan', async (_name, about, code) => {
    const bench = benchOf(isolateInstance);
    putGroup(bench, about);
    expect(await bench.plan(target)).toMatchObject({ kind: 'refusal', code });
  });

  test.each(refusals)('%s stops the swap of every interface', async (_name, about) => {
    const bench = benchOf(isolateInstance);
    const plan = planned(await bench.plan(target));
    putGroup(bench, about);
    await expect(bench.execute(plan)).rejects.toThrow(
      /cordon-quarantine of vpc-\w+ is present, but/,
    );
    const aws = await bench.executeAws();
    for (const register of isolateInstance
      .registers(plan)
      .filter(({ id }) => id.endsWith('/groups')))
      await expect(register.write(['cordon-quarantine'], aws)).rejects.toThrow(/present, but/);
    expect(groupsOf(bench, first)).toEqual([web, admin]);
  });

  test('in another VPC does not count, and a new one is made', async () => {
    const bench = benchOf(isolateInstance);
    putGroup(bench, { vpc: 'vpc-0ffffffffffffffff' });
    const plan = planned(await bench.plan(target));
    expect(plan.changes.find(({ id }) => id === `${vpc}/cordon-quarantine`)?.before).toBe('absent');
    await bench.execute(plan);
    expect(groupsOf(bench, first)).not.toContain('sg-0000000000000aaaa');
    expect(await bench.verify(plan)).toMatchObject({ kind: 'verified' });
  });

  test.each(tamperings)('verification finds %s', async (_name, tamper, because) => {
    const bench = benchOf(isolateInstance);
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    tamper(bench);
    const result = await bench.verify(plan);
    expect(result).toMatchObject({ kind: 'not-verified', because: expect.stringMatching(because) });
  });
});
