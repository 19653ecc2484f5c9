/** Both actions on the sessions of a role: what they write, what they refuse, how they are undone. */
import { describe, expect, test } from 'vitest';
import type { Action } from '../../src/actions/action.ts';
import { rolePolicy } from '../../src/actions/permissions.ts';
import { revokeOlderSessions } from '../../src/actions/revoke-older-sessions.ts';
import { revokeRoleSession } from '../../src/actions/revoke-role-session.ts';
import { planUndo } from '../../src/execution/plan-undo.ts';
import { StoreFailure } from '../../src/execution/run-steps.ts';
import type { Resource } from '../../src/findings/finding.ts';
import type { Role } from '../../src/local/world/state.ts';
import { account, type Bench, benchOf, planned, region } from './bench.ts';
import { memoryJournal, runPlan } from './run.ts';

const name = 'checkout-api';
const instance = 'i-0a1b2c3d4e5f60718';
const session = {
  kind: 'role-session',
  id: `${name}/${instance}`,
  account,
  region,
} as const satisfies Resource;
const role = { kind: 'role', id: name, account, region } as const satisfies Resource;
const sessionPolicy = `cordon-revoke-session-${instance}`;
const older = 'cordon-revoke-older-sessions-1';

const roleOf = (bench: Bench, wanted = name): Role => {
  const found = bench.world.account(account).iamRoles.get(wanted);
  if (!found) throw new Error(`There is no role ${wanted}`);
  return found;
};
const policies = (bench: Bench) => [...roleOf(bench).policies.keys()];
const written = (bench: Bench, policy: string): unknown =>
  JSON.parse(roleOf(bench).policies.get(policy) ?? 'null');
const addRole = (bench: Bench, about: Partial<Role> & Pick<Role, 'name'>): void => {
  bench.world.account(account).iamRoles.set(about.name, { ...roleOf(bench), ...about });
};

const both: readonly (readonly [string, Action, Resource, string])[] = [
  ['one session', revokeRoleSession, session, sessionPolicy],
  ['all older sessions', revokeOlderSessions, role, older],
];

describe.each(both)('revoking %s', (_name, action, target, policy) => {
  test('adds one policy of its own; undo takes that away and nothing else', async () => {
    const bench = benchOf(action);
    const plan = planned(await bench.plan(target));
    expect(plan.changes).toMatchObject([{ id: `${name}/${policy}`, before: 'absent' }]);
    await bench.execute(plan);
    expect(policies(bench)).toEqual(['read-orders', policy]);
    expect(await bench.verify(plan)).toMatchObject({ kind: 'verified' });
    await bench.undo(plan);
    expect(policies(bench)).toEqual(['read-orders']);
    expect(await bench.verify(plan)).toMatchObject({
      kind: 'not-verified',
      because: expect.stringContaining('absent'),
    });
    await bench.undo(plan);
  });

  test('the plan is the same when it is made again', async () => {
    const bench = benchOf(action);
    expect(await bench.plan(target)).toEqual(await bench.plan(target));
  });

  test('a policy that somebody weakened is not called contained, and undo refuses', async () => {
    const bench = benchOf(action);
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    const text = roleOf(bench).policies.get(policy) ?? '';
    roleOf(bench).policies.set(policy, text.replace('"Action":"*"', '"Action":"s3:*"'));
    expect(await bench.verify(plan)).toMatchObject({
      kind: 'not-verified',
      because: expect.stringContaining('changed by somebody else'),
    });
    const made = plan.changes.map(({ id, before, after }) => ({ id, before, after }));
    expect(await planUndo({ action, plan, made }, await bench.readAws())).toMatchObject({
      kind: 'refusal',
      code: 'wrong-state',
    });
  });

  test('killed after the policy was written and resumed, it is not written again', async () => {
    const bench = benchOf(action);
    const plan = planned(await bench.plan(target));
    const aws = await bench.executeAws();
    const journal = memoryJournal();
    const finish = () => Promise.reject(new StoreFailure('killed'));
    await expect(runPlan(action, plan, { aws, journal: { ...journal, finish } })).rejects.toThrow(
      StoreFailure,
    );
    expect(await runPlan(action, plan, { aws, journal })).toEqual({ kind: 'finished' });
    const puts = bench.world.calls.filter(({ operation }) => operation === 'PutRolePolicy');
    expect(puts).toHaveLength(1);
  });

  test('white space that somebody adds changes nothing', async () => {
    const bench = benchOf(action);
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    const text = JSON.stringify(written(bench, policy), undefined, 2);
    roleOf(bench).policies.set(policy, text);
    expect(await bench.verify(plan)).toMatchObject({ kind: 'verified' });
  });

  test('nothing but a state of the register is ever written', async () => {
    const bench = benchOf(action);
    const [register] = action.registers(planned(await bench.plan(target)));
    await expect(register?.write('gone', await bench.executeAws())).rejects.toThrow(/"gone"/);
  });
});

describe('one session', () => {
  test('is denied by its aws:userid, and the other sessions go on', async () => {
    const bench = benchOf(revokeRoleSession);
    const plan = planned(await bench.plan(session));
    await bench.execute(plan);
    expect(written(bench, sessionPolicy)).toMatchObject({
      Statement: [
        {
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: { StringEquals: { 'aws:userid': `AROACKCEVSQ6C2EXAMPLE:${instance}` } },
        },
      ],
    });
    expect(plan.tier).toBe(1);
    expect(plan.blastRadius.lines[0]).toContain(`on the instance ${instance}`);
    expect(plan.cannot[0]).toContain('under another name');
  });

  test('of no instance names all that shares the session name', async () => {
    const bench = benchOf(revokeRoleSession);
    const plan = planned(await bench.plan({ ...session, id: `${name}/ana@example.com` }));
    expect(plan.blastRadius.lines[0]).toContain('session name ana@example.com');
  });

  test('of a role that was made anew is another one: the plan is not the same', async () => {
    const bench = benchOf(revokeRoleSession);
    const plan = planned(await bench.plan(session));
    addRole(bench, { name, id: 'AROAJ2UCCR6DPCEXAMPLE' });
    expect(planned(await bench.plan(session)).changes).not.toEqual(plan.changes);
  });
});

describe('all older sessions', () => {
  test('are denied by the time of writing and half a minute, not by that of the plan', async () => {
    const bench = benchOf(revokeOlderSessions);
    const plan = planned(await bench.plan(role));
    await bench.execute(plan);
    expect(written(bench, older)).toMatchObject({
      Statement: [
        {
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: { DateLessThan: { 'aws:TokenIssueTime': '2026-11-22T03:00:30.000Z' } },
        },
      ],
    });
    expect(await bench.verify(plan)).toMatchObject({
      lines: [expect.stringContaining('2026-11-22T03:00:30.000Z'), expect.any(String)],
    });
  });

  test('a second time get a policy of their own, and each is undone by itself', async () => {
    const bench = benchOf(revokeOlderSessions);
    const first = planned(await bench.plan(role));
    await bench.execute(first);
    const second = planned(await bench.plan(role));
    await bench.execute(second);
    expect(policies(bench)).toEqual(['read-orders', older, 'cordon-revoke-older-sessions-2']);
    await bench.undo(first);
    expect(policies(bench)).toEqual(['read-orders', 'cordon-revoke-older-sessions-2']);
    expect(await bench.verify(second)).toMatchObject({ kind: 'verified' });
  });

  test('a date that somebody moved to the past is seen', async () => {
    const bench = benchOf(revokeOlderSessions);
    const plan = planned(await bench.plan(role));
    await bench.execute(plan);
    const text = roleOf(bench).policies.get(older) ?? '';
    roleOf(bench).policies.set(older, text.replace('2026-11-22T', '2020-11-22T'));
    expect(await bench.verify(plan)).toMatchObject({
      because: expect.stringContaining('2020-11-22T03:00:30.000Z only'),
    });
  });

  test('the plan says who else has the role, and what cannot be counted', async () => {
    const bench = benchOf(revokeOlderSessions);
    const plan = planned(await bench.plan(role));
    expect(plan.tier).toBe(2);
    expect(plan.blastRadius.class).toBe('shared with others');
    expect(plan.blastRadius.lines.slice(1)).toEqual([
      `1 instance in ${region} has the role: ${instance}.`,
      'May assume it: ec2.amazonaws.com.',
      `The role was last used at 2026-11-22T02:00:00.000Z in ${region}; AWS tells that up to four hours late.`,
      expect.stringContaining('Not counted'),
    ]);
  });

  test('of a role without instance profile ask for no instances', async () => {
    const bench = benchOf(revokeOlderSessions);
    addRole(bench, { name: 'nightly', profiles: [] });
    const plan = planned(await bench.plan({ ...role, id: 'nightly' }));
    expect(plan.blastRadius.lines).toContain(`No instance in ${region} has the role.`);
    expect(plan.blastRadius.lines[0]).toContain('deploy it again');
    expect(bench.used.plan.has('ec2:DescribeInstances')).toBe(false);
  });
});

const kinds: readonly (readonly [string, Action, 'role-session' | 'role', string])[] = [
  ['one session', revokeRoleSession, 'role-session', '/ana@example.com'],
  ['all older sessions', revokeOlderSessions, 'role', ''],
];

describe.each(kinds)('refusals of revoking %s', (_name, action, kind) => {
  test('what is no role, or no session, is not offered and not asked for', async () => {
    const bench = benchOf(action);
    for (const id of ['', 'a b', 'x/y/z', 'x/*']) {
      const target: Resource = { kind, id, account, region };
      expect(action.offeredFor(target)).toBe(false);
      expect(await bench.plan(target)).toMatchObject({ code: 'not-supported' });
    }
    expect(bench.used.plan.size).toBe(0);
  });
});

describe('refusals of one session only', () => {
  test('a session that is denied already', async () => {
    const bench = benchOf(revokeRoleSession);
    await bench.execute(planned(await bench.plan(session)));
    expect(await bench.plan(session)).toMatchObject({ code: 'already-contained' });
  });
});

test('the response role neither writes a policy of the roles that Cordon runs as nor hands one out', () => {
  const denied = ['read', 'respond', 'respond-identity', 'respond-findings'] as const;
  const statements = denied
    .flatMap((each) => rolePolicy(each).Statement)
    .filter(
      ({ Effect, Resource: on }) => Effect === 'Deny' && on.some((arn) => arn.includes(':role/')),
    );
  expect(statements).toEqual([
    {
      Effect: 'Deny',
      Action: ['iam:PassRole', 'iam:DeleteRolePolicy', 'iam:PutRolePolicy'],
      Resource: ['arn:aws:iam::*:role/cordon-*'],
    },
  ]);
});
