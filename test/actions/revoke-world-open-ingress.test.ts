import { describe, expect, test } from 'vitest';
import { revokeWorldOpenIngress } from '../../src/actions/revoke-world-open-ingress.ts';
import { planUndo } from '../../src/execution/plan-undo.ts';
import type { Resource } from '../../src/findings/finding.ts';
import type { SecurityGroup, SecurityRule } from '../../src/local/world/state.ts';
import { account, type Bench, benchOf, planned, region } from './bench.ts';
import { admin, at, first, web } from './example-instance.ts';

const target = {
  kind: 'security-group',
  id: admin ?? '',
  account,
  region,
} as const satisfies Resource;

const rule = (peer: SecurityRule['peer'], more: Partial<SecurityRule> = {}): SecurityRule => ({
  protocol: 'tcp',
  from: 22,
  to: 22,
  peer,
  ...more,
});
const everywhere = { kind: 'ipv4', value: '0.0.0.0/0' } as const;
const everywhere6 = { kind: 'ipv6', value: '::/0' } as const;
const office = rule({ kind: 'ipv4', value: '10.0.0.0/8' });

const groupOf = (bench: Bench): SecurityGroup => {
  const group = at(bench).groups.get(target.id);
  if (!group) throw new Error('The example group is missing');
  return group;
};

const opened = (...rules: readonly SecurityRule[]): Bench => {
  const bench = benchOf(revokeWorldOpenIngress);
  groupOf(bench).ingress = [office, ...rules];
  return bench;
};

const allowed = (bench: Bench) => groupOf(bench).ingress.map(({ id: _id, ...allows }) => allows);

const everything: readonly SecurityRule[] = [
  rule(everywhere, { description: 'temporary' }),
  rule(everywhere6),
  { protocol: '-1', peer: everywhere },
  rule(everywhere, { protocol: 'udp', from: 1000, to: 2000 }),
  rule(everywhere, { protocol: 'icmp', from: 8, to: -1 }),
];

describe('closing a group to the internet', () => {
  test('the plan has one change for each open rule and none for the others', async () => {
    const plan = planned(await opened(...everything).plan(target));
    expect(plan.changes.map(({ label, before, after }) => [label, before, after])).toEqual(
      [
        ['everything from 0.0.0.0/0', 'open'],
        ['icmp type 8 from 0.0.0.0/0', 'open'],
        ['tcp 22 from 0.0.0.0/0', ['open', 'temporary']],
        ['tcp 22 from ::/0', 'open'],
        ['udp 1000-2000 from 0.0.0.0/0', 'open'],
      ].map(([words, before]) => [`${target.id}: ${words}`, before, 'revoked']),
    );
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  test('it says who uses the group and which other groups let the world in', async () => {
    const plan = planned(await opened(rule(everywhere)).plan(target));
    expect(plan.blastRadius).toEqual({
      class: 'shared with others',
      lines: [
        'Used by 3 network interfaces: whoever comes from the internet by these rules is shut out, customers too.',
        `${first}: instance i-0a1b2c3d4e5f60718, public 198.51.100.24`,
        'eni-0a1b2c3d4e5f60712: instance i-0a1b2c3d4e5f60718',
        'eni-0f1e2d3c4b5a69781: instance i-0f1e2d3c4b5a69788',
      ],
    });
    expect(plan.cannot.join('\n')).toMatch(/tracked.*5 days.*350 seconds/s);
    expect(plan.cannot.at(-1)).toContain(`let the world in too: ${web}`);
  });

  test('wide ranges and prefix lists that stay are named, and a load balancer by what it is', async () => {
    const bench = opened(
      rule(everywhere),
      rule({ kind: 'ipv4', value: '128.0.0.0/1' }),
      rule({ kind: 'prefix-list', value: 'pl-0a1b2c3d' }),
    );
    const each = at(bench).interfaces.get(first ?? '');
    if (each)
      at(bench).interfaces.set('eni-balancer', {
        ...each,
        id: 'eni-balancer',
        instance: '',
        description: 'ELB app/shop/0123456789abcdef',
      });
    const plan = planned(await bench.plan(target));
    expect(plan.cannot).toContain('Wide ranges stay: tcp 22 from 128.0.0.0/1.');
    expect(plan.cannot).toContain('Prefix lists stay, and were not read: pl-0a1b2c3d.');
    expect(plan.blastRadius.lines).toContain(
      'eni-balancer: ELB app/shop/0123456789abcdef, public 198.51.100.24',
    );
  });
});

describe('revoking what is open', () => {
  test('only the open rules go, each by its id, and undo brings back what each allowed', async () => {
    const bench = opened(...everything);
    const before = allowed(bench);
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    expect(allowed(bench)).toEqual([office]);
    const revokes = bench.world.calls.filter(
      ({ operation }) => operation === 'RevokeSecurityGroupIngress',
    );
    expect(revokes).toHaveLength(5);
    for (const { input } of revokes)
      expect(input).toMatchObject({ SecurityGroupRuleIds: [expect.stringMatching(/^sgr-/)] });
    expect(await bench.verify(plan)).toMatchObject({ kind: 'verified' });
    await bench.undo(plan);
    expect(allowed(bench)).toEqual(expect.arrayContaining(before));
    expect(allowed(bench)).toHaveLength(before.length);
  });

  test('doing and undoing twice changes nothing more', async () => {
    const bench = opened(...everything);
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    await bench.execute(plan);
    await bench.undo(plan);
    await bench.undo(plan);
    expect(allowed(bench)).toHaveLength(6);
    expect(bench.world.calls.filter(({ error }) => error)).toEqual([]);
  });

  test('a rule that an attacker adds between the steps is not called contained', async () => {
    const bench = opened(rule(everywhere));
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    groupOf(bench).ingress = [rule(everywhere, { from: 3389, to: 3389 })];
    expect(await bench.verify(plan)).toEqual({
      kind: 'not-verified',
      because: `${target.id} still lets in tcp 3389 from 0.0.0.0/0`,
    });
  });

  test('undo refuses when somebody made the rule again with other words', async () => {
    const bench = opened(rule(everywhere, { description: 'temporary' }));
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    groupOf(bench).ingress = [rule(everywhere, { description: 'mine now' })];
    const made = plan.changes.map(({ id, before, after }) => ({ id, before, after }));
    expect(
      await planUndo({ action: revokeWorldOpenIngress, plan, made }, await bench.readAws()),
    ).toMatchObject({
      kind: 'refusal',
      because: expect.stringContaining('open, mine now, Cordon left revoked'),
    });
  });
});
