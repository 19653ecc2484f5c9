import { describe, expect, test } from 'vitest';
import { containUser } from '../../src/actions/contain-user.ts';
import { deactivateAccessKey } from '../../src/actions/deactivate-access-key.ts';
import { rolePolicy } from '../../src/actions/permissions.ts';
import { planUndo } from '../../src/execution/plan-undo.ts';
import { StoreFailure } from '../../src/execution/run-steps.ts';
import type { Resource } from '../../src/findings/finding.ts';
import type { User } from '../../src/local/world/state.ts';
import { account, type Bench, benchOf, planned, region } from './bench.ts';
import { memoryJournal, runPlan } from './run.ts';

const target = { kind: 'user', id: 'ci-deploy', account, region } as const satisfies Resource;
const deny = 'arn:aws:iam::aws:policy/AWSDenyAll';
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const active = 'AKIAIOSFODNN7EXAMPLE';
const inactive = 'AKIAI44QH8DHBEXAMPLE';

const userOf = (bench: Bench): User => {
  const user = bench.world.account(account).users.get('ci-deploy');
  if (!user) throw new Error('There is no user ci-deploy');
  return user;
};
const keysOf = (bench: Bench) => userOf(bench).keys.map(({ status }) => status);
const writes = (bench: Bench) =>
  bench.world.calls
    .filter(({ operation }) => /^(Attach|Detach|Update)/.test(operation))
    .map(({ operation }) => operation);

const full = (bench: Bench): void => {
  userOf(bench).attached = Array.from(
    { length: 10 },
    (_, number) => `arn:aws:iam::aws:policy/Example${number}`,
  );
};

describe('containing a user', () => {
  test('the plan denies first, then makes each key inactive, and says what goes on', async () => {
    const bench = benchOf(containUser);
    const plan = planned(await bench.plan(target));
    expect(plan.changes.map(({ id, before, after }) => [id, before, after])).toEqual([
      ['ci-deploy/AWSDenyAll', 'not attached', 'attached'],
      [`${inactive}/status`, 'Inactive', 'Inactive'],
      ['ci-deploy/console-password', 'none', 'none'],
      [`${active}/status`, 'Active', 'Inactive'],
    ]);
    expect(plan.cannot.join('\n')).toMatch(/Sessions of roles that the user assumed/);
    expect(plan.blastRadius.lines).toContain(
      `${active} (Active): Last used at 2026-11-22T02:00:00.000Z for s3 in us-east-1.`,
    );
    expect(plan.tier).toBe(2);
  });

  test('other credentials are listed with what becomes of them', async () => {
    const bench = benchOf(containUser);
    bench.world.account(account).users.set('ci-deploy', {
      ...userOf(bench),
      password: true,
      attached: ['arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3'],
      others: {
        sshKeys: ['APKAEXAMPLE1', 'APKAEXAMPLE2'],
        forServices: { 'bedrock.amazonaws.com': 'ACCAEXAMPLE1' },
      },
    });
    const plan = planned(await bench.plan(target));
    expect(plan.changes.slice(3).map(({ label, before, after }) => [label, before, after])).toEqual(
      [
        ['Status of SSH key APKAEXAMPLE1', 'Active', 'Inactive'],
        ['Status of SSH key APKAEXAMPLE2', 'Active', 'Inactive'],
        ['Status of Credential ACCAEXAMPLE1 for bedrock.amazonaws.com', 'Active', 'Inactive'],
      ],
    );
    expect(plan.cannot.join('\n')).toMatch(/console password is not deleted/);
    expect(plan.blastRadius.lines.at(-1)).toContain('AWSCompromisedKeyQuarantineV3');
  });

  test('it ends denied without an active key; undo restores keys, then detaches', async () => {
    const bench = benchOf(containUser);
    userOf(bench).attached = [readOnly];
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    expect(userOf(bench).attached).toEqual([readOnly, deny]);
    expect(keysOf(bench)).toEqual(['Inactive', 'Inactive']);
    expect(await bench.verify(plan)).toMatchObject({ kind: 'verified' });
    await bench.undo(plan);
    expect(userOf(bench).attached).toEqual([readOnly]);
    expect(keysOf(bench)).toEqual(['Active', 'Inactive']);
    expect(writes(bench)).toEqual([
      'AttachUserPolicy',
      'UpdateAccessKey',
      'UpdateAccessKey',
      'UpdateAccessKey',
      'UpdateAccessKey',
      'DetachUserPolicy',
    ]);
  });
});

describe('what is there already', () => {
  test('written twice, it is the same', async () => {
    const bench = benchOf(containUser);
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    await bench.execute(plan);
    expect(userOf(bench).attached).toEqual([deny]);
    await bench.undo(plan);
    await bench.undo(plan);
    expect(userOf(bench).attached).toEqual([]);
  });

  test.each([1, 2, 3, 4])(
    'killed in step %i and resumed, each change is made once',
    async (step) => {
      const bench = benchOf(containUser);
      const plan = planned(await bench.plan(target));
      const aws = await bench.executeAws();
      const journal = memoryJournal();
      const dying = {
        ...journal,
        finish: async (...[position, line]: Parameters<typeof journal.finish>) => {
          if (position + 1 === step) throw new StoreFailure('killed');
          await journal.finish(position, line);
        },
      };
      await expect(runPlan(containUser, plan, { aws, journal: dying })).rejects.toThrow(
        StoreFailure,
      );
      expect(await runPlan(containUser, plan, { aws, journal })).toEqual({ kind: 'finished' });
      expect(writes(bench)).toEqual(['AttachUserPolicy', 'UpdateAccessKey']);
      expect(await bench.verify(plan)).toMatchObject({ kind: 'verified' });
    },
  );

  test('a deny that was there before stays after undo', async () => {
    const bench = benchOf(containUser);
    userOf(bench).attached = [deny];
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    await bench.undo(plan);
    expect(userOf(bench).attached).toEqual([deny]);
    expect(keysOf(bench)).toEqual(['Active', 'Inactive']);
  });

  test('the key is the same register as in deactivating it, so the two can overlap', async () => {
    const bench = benchOf(containUser);
    const plan = planned(await bench.plan(target));
    const key = await benchOf(deactivateAccessKey).plan({
      kind: 'access-key',
      id: active,
      account,
      region,
      temporary: false,
    });
    expect(containUser.registers(plan).at(-1)?.id).toBe(planned(key).changes[0]?.id);
  });
});

const counterMoves = [
  [
    'detaches the deny',
    (user: User) => {
      user.attached = [];
    },
    /AWSDenyAll on the user ci-deploy is not attached: somebody changed it back/,
  ],
  [
    'creates a key',
    (user: User) => {
      user.keys.push({ id: 'AKIAIZ7XTNN7NEXAMPLE', status: 'Active' });
    },
    /AKIAIZ7XTNN7NEXAMPLE was created since and is Active/,
  ],
  [
    'activates a key again',
    (user: User) => {
      for (const key of user.keys) key.status = 'Active';
    },
    /AKIAIOSFODNN7EXAMPLE is Active/,
  ],
] as const;

describe('when the user fights back before the deny is in force', () => {
  test.each(counterMoves)('and %s, it is not called contained', async (_name, move, because) => {
    const bench = benchOf(containUser);
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    move(userOf(bench));
    expect(await bench.verify(plan)).toEqual({
      kind: 'not-verified',
      because: expect.stringMatching(because),
    });
  });

  test('a new key that is inactive is named all the same', async () => {
    const bench = benchOf(containUser);
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    userOf(bench).keys.push({ id: 'AKIAIZ7XTNN7NEXAMPLE', status: 'Inactive' });
    expect(await bench.verify(plan)).toMatchObject({
      lines: expect.arrayContaining(['AKIAIZ7XTNN7NEXAMPLE was created since and is Inactive.']),
    });
  });

  test('undo refuses where a key is gone', async () => {
    const bench = benchOf(containUser);
    const plan = planned(await bench.plan(target));
    await bench.execute(plan);
    userOf(bench).keys = [];
    const made = plan.changes.map(({ id, before, after }) => ({ id, before, after }));
    expect(
      await planUndo({ action: containUser, plan, made }, await bench.readAws()),
    ).toMatchObject({ kind: 'refusal', because: expect.stringContaining(`${active} is deleted`) });
  });
});

describe('refusals of containing a user', () => {
  test('AWS refuses the eleventh policy too, when the plan did not see it', async () => {
    const bench = benchOf(containUser);
    const plan = planned(await bench.plan(target));
    full(bench);
    await expect(bench.execute(plan)).rejects.toMatchObject({ name: 'LimitExceededException' });
  });

  test('nothing but a state of the register is ever written', async () => {
    const bench = benchOf(containUser);
    const [register] = containUser.registers(planned(await bench.plan(target)));
    await expect(register?.write('gone', await bench.executeAws())).rejects.toThrow(/"gone"/);
  });
});

test('the response role can attach and detach AWSDenyAll, and no other policy', () => {
  const statements = rolePolicy('respond-identity').Statement.filter(({ Action }) =>
    Action.some((action) => /tachUserPolicy$/.test(action)),
  );
  expect(statements).toEqual([
    {
      Effect: 'Allow',
      Action: ['iam:AttachUserPolicy', 'iam:DetachUserPolicy'],
      Resource: ['arn:aws:iam::*:user/*'],
      Condition: { ArnEquals: { 'iam:PolicyARN': deny } },
    },
  ]);
});

test('and as a boundary nothing but AWSDenyAll', () => {
  const boundaries = rolePolicy('respond-identity').Statement.filter(({ Action }) =>
    Action.some((action) => action.endsWith('UserPermissionsBoundary')),
  );
  expect(boundaries).toEqual([
    {
      Effect: 'Allow',
      Action: ['iam:DeleteUserPermissionsBoundary', 'iam:PutUserPermissionsBoundary'],
      Resource: ['arn:aws:iam::*:user/*'],
      Condition: { ArnEquals: { 'iam:PermissionsBoundary': deny } },
    },
  ]);
});
