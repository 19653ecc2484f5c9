import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/actions/action.ts';
import { isolateInstance } from '../../src/actions/isolate-instance.ts';
import { planUndo } from '../../src/execution/plan-undo.ts';
import { benchOf, planned } from './bench.ts';
import {
  admin,
  at,
  first,
  groupsOf,
  quarantine,
  second,
  target,
  vpc,
  web,
} from './example-instance.ts';

describe('isolating an instance', () => {
  test('the plan shows the group and each interface with its groups before and after', async () => {
    const plan = planned(await benchOf(isolateInstance).plan(target));
    expect(plan.changes).toEqual([
      {
        id: `${target.id}/termination-protection`,
        label: `Termination protection of ${target.id}`,
        before: 'off',
        after: 'on',
      },
      {
        id: `${target.id}/shutdown-behaviour`,
        label: `What a shutdown from inside does to ${target.id}`,
        before: 'stop',
        after: 'stop',
      },
      {
        id: `${target.id}/deleted-volumes`,
        label: `Volumes that are deleted with ${target.id}`,
        before: ['/dev/xvda'],
        after: [],
      },
      ...[first, second].map((id) => ({
        id: `${id}/idle-timeouts`,
        label: `Idle timeouts of ${id}`,
        before: 'AWS’s default',
        after: 'TCP 60 s, UDP stream 60 s, UDP 30 s',
      })),
      {
        id: `${vpc}/cordon-quarantine`,
        label: `Quarantine security group of ${vpc}`,
        before: 'absent',
        after: 'present, empty, ours',
      },
      {
        id: `${first}/groups`,
        label: `Security groups of ${first}`,
        before: [web, admin],
        after: ['cordon-quarantine'],
      },
      {
        id: `${second}/groups`,
        label: `Security groups of ${second}`,
        before: [admin],
        after: ['cordon-quarantine'],
      },
      {
        id: `${target.id}/metadata-service`,
        label: `Metadata service of ${target.id}`,
        before: 'enabled',
        after: 'disabled',
      },
    ]);
    expect(plan.tier).toBe(2);
    expect(plan.blastRadius.class).toBe('this resource only');
    expect(plan.blastRadius.lines.join('\n')).toContain('2001:db8:1::18, public 198.51.100.24');
    expect(plan.cannot.join('\n')).toMatch(/NAT gateway.*DNS.*silent for 60 seconds.*Credentials/s);
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });
});

describe('an isolated instance', () => {
  test('both interfaces end in the empty group, on IPv4 and IPv6, and undo restores each', async () => {
    const bench = benchOf(isolateInstance);
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    const { id, ingress, egress, tags } = quarantine(bench);
    expect({ ingress, egress, tags }).toEqual({
      ingress: [],
      egress: [],
      tags: { cordon: 'quarantine' },
    });
    expect([groupsOf(bench, first), groupsOf(bench, second)]).toEqual([[id], [id]]);
    expect(await bench.verify(plan)).toMatchObject({ kind: 'verified' });
    await bench.undo(plan);
    expect([groupsOf(bench, first), groupsOf(bench, second)]).toEqual([[web, admin], [admin]]);
    expect(quarantine(bench).id).toBe(id);
    const instanceLevel = bench.world.calls.filter(
      ({ operation, input }) => operation === 'ModifyInstanceAttribute' && 'Groups' in input,
    );
    expect(instanceLevel).toEqual([]);
  });
});

describe('an interface that was deleted after isolation', () => {
  const afterDeletion = async () => {
    const bench = benchOf(isolateInstance);
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    at(bench).interfaces.delete(second ?? '');
    return { bench, plan };
  };

  test('undo is refused, with what to restore by hand', async () => {
    const { bench, plan } = await afterDeletion();
    const made = plan.changes.map(({ id, before, after }) => ({ id, before, after }));
    const source = { action: isolateInstance, plan, made };
    expect(await planUndo(source, await bench.readAws())).toMatchObject({
      kind: 'refusal',
      code: 'wrong-state',
      because: expect.stringContaining(`Security groups of ${second} is gone`),
      instead: expect.stringContaining(`Security groups of ${second} back to ${admin}`),
    });
  });

  test('the others are still verified', async () => {
    const { bench, plan } = await afterDeletion();
    expect(await bench.verify(plan)).toMatchObject({
      kind: 'verified',
      lines: [expect.stringContaining(String(first)), expect.anything(), expect.anything()],
    });
  });
});

describe('isolating again', () => {
  test('doing every step twice changes nothing more', async () => {
    const bench = benchOf(isolateInstance);
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    const state = bench.world.state();
    await bench.execute(plan);
    expect(bench.world.state()).toEqual(state);
  });

  test.each([
    ['CreateSecurityGroup'],
    ['RevokeSecurityGroupEgress'],
    ['CreateTags'],
    ['ModifyNetworkInterfaceAttribute'],
    ['ModifyInstanceAttribute'],
    ['ModifyInstanceMetadataOptions'],
  ])('killed at %s, a second run finishes what the first began', async (operation) => {
    const bench = benchOf(isolateInstance);
    const plan = planned(await bench.plan(target));
    bench.world.faults.add({ service: 'ec2', operation, kind: 'error', count: 1 });
    await expect(bench.execute(plan)).rejects.toThrow();
    const aws = await bench.executeAws();
    const values: readonly Json[] = await Promise.all(
      isolateInstance.registers(plan).map((register) => register.read(aws)),
    );
    for (const [index, { before, after }] of plan.changes.entries())
      expect([before, after]).toContainEqual(values[index]);
    await bench.execute(plan);
    expect(await bench.verify(plan)).toMatchObject({ kind: 'verified' });
  });

  test('an interface that carried the quarantine group among others gets both back', async () => {
    const bench = benchOf(isolateInstance);
    await bench.execute(planned(await bench.plan(target)));
    const { id } = quarantine(bench);
    const interfaces = at(bench).interfaces.get(first ?? '');
    if (interfaces) interfaces.groups = [id, web ?? ''];
    const plan = planned(await bench.plan(target));
    expect(plan.changes.find(({ id }) => id === `${first}/groups`)?.before).toEqual([
      'cordon-quarantine',
      web,
    ]);
    await bench.execute(plan);
    expect(groupsOf(bench, first)).toEqual([id]);
    await bench.undo(plan);
    expect(groupsOf(bench, first)).toEqual([id, web]);
  });
});
