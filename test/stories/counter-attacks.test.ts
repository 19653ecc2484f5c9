/**
 * The attacker strikes back while Cordon works: between two steps, before it reads back, after it has.
 * Each ends in containment or in a loud, true card, and the audit says which.
 */
import { afterEach, describe, expect, test } from 'vitest';
import { askToIsolate, first, isolate, second, server } from './acts.ts';
import { type ExecutorCall, interference } from './interference.ts';
import { type Play, people, play } from './play.ts';

let stage: Play;

afterEach(() => stage.close());

const place = () => stage.world.aws.partition('123456789012', 'eu-west-1');
const user = () => {
  const found = stage.world.aws.account('123456789012').users.get('ci-deploy');
  if (!found) throw new Error('there is no user ci-deploy');
  return found;
};
const group = () => {
  const found = [...place().groups.values()].find(({ name }) => name === 'cordon-quarantine');
  if (!found) throw new Error('there is no quarantine group');
  return found;
};

/** Strikes once, before the call that fits; the executor goes on and knows nothing of it. */
const playAgainst = async (
  when: (call: ExecutorCall, before: readonly ExecutorCall[]) => boolean,
  strike: () => void,
): Promise<{ struck(): number }> => {
  let strikes = 0;
  const seen: ExecutorCall[] = [];
  const hook = interference((call) => {
    if (strikes === 0 && when(call, seen)) {
      strikes += 1;
      strike();
    }
    seen.push(call);
    return false;
  });
  stage = await play({ wrap: hook.wrap });
  hook.install(stage.world);
  return { struck: () => strikes };
};

const is = (operation: string) => (call: ExecutorCall) => call.operation === operation;

/** The nth call of that name. */
const nth =
  (operation: string, n: number) => (call: ExecutorCall, before: readonly ExecutorCall[]) =>
    call.operation === operation && before.filter(is(operation)).length === n - 1;

/** The first call of that name after one of the other. */
const following =
  (earlier: string, operation: string) => (call: ExecutorCall, before: readonly ExecutorCall[]) =>
    call.operation === operation && before.some(is(earlier));

const containUser = async (): Promise<void> => {
  await stage.scenario('leaked-key');
  await stage.choose(people.maria, 'Contain user');
  await stage.submit(people.maria, 'confirmed');
  await stage.press(people.ana, 'approve', stage.withControl('approve'));
};

/** Long enough for every reading back that there is. */
const wait = async (): Promise<void> => {
  for (let waited = 0; waited < 120; waited += 10) await stage.world.advance(10);
};

const told = (): string => stage.threadSays().join('\n');

/** A failure is a message of its own that calls the person who asked, and the audit's last word. */
const loud = async (because: RegExp, pings = 2): Promise<void> => {
  expect(stage.cardSays()).toContain('*Not contained*');
  expect(stage.cardSays()).not.toContain('*Contained*');
  expect(told()).toMatch(because);
  expect(told()).toContain('<@U0MARIA> *this needs you:*');
  expect(stage.thread().at(-1)?.reply_broadcast).toBe(true);
  const [kinds = []] = await stage.requestAudits();
  expect(kinds.filter((kind) => kind !== 'click.refused').at(-1)).toBe('request.failed');
  const failed = (await stage.entries()).find(({ kind }) => kind === 'request.failed');
  expect(failed?.because).toMatch(because);
  await stage.curtain({ pings });
};

/** Put back and verified; the counter-move is a message of its own that calls whoever asked. */
const held = async (because: RegExp): Promise<void> => {
  expect(stage.cardSays()).toContain('*Contained*, verified');
  expect(told()).toContain('<@U0MARIA> *somebody may be fighting back:*');
  expect(told()).toMatch(because);
  expect(told()).toContain('Cordon put it back and has verified it.');
  expect(stage.thread().at(-1)?.reply_broadcast).toBe(true);
  const [kinds = []] = await stage.requestAudits();
  expect(kinds).toContain('containment.countered');
  expect(kinds.at(-1)).toBe('request.contained');
  await stage.curtain();
};

const contained = async (): Promise<void> => {
  expect(stage.cardSays()).toContain('*Contained*, verified');
  const [kinds = []] = await stage.requestAudits();
  expect(kinds.at(-1)).toBe('request.contained');
  await stage.curtain();
};

describe('a user who is being contained', () => {
  test('detaches the deny between two steps: it is put back, and told', async () => {
    const attack = await playAgainst(is('UpdateAccessKey'), () => {
      user().attached = [];
    });
    await containUser();
    await wait();
    expect(attack.struck()).toBe(1);
    await held(/AWSDenyAll on the user ci-deploy: not attached; Cordon had left attached/);
    expect(user().attached).toEqual(['arn:aws:iam::aws:policy/AWSDenyAll']);
  });

  test('makes a new key between two steps: it is made inactive, and stays so after the undo', async () => {
    const attack = await playAgainst(is('UpdateAccessKey'), () => {
      user().keys.push({ id: 'AKIAIZ7XTNN7NEXAMPLE', status: 'Active' });
    });
    await containUser();
    await wait();
    expect(attack.struck()).toBe(1);
    await held(/AKIAIZ7XTNN7NEXAMPLE: made since, and Active; to be Inactive/);
    expect(user().keys.map(({ status }) => status)).toEqual(['Inactive', 'Inactive', 'Inactive']);
    await stage.press(people.maria, 'undo', stage.withControl('undo'));
    expect(stage.told(people.maria)).toContain('it was made while the rest was contained');
    await stage.submit(people.maria, 'wrong-target');
    expect(stage.cardSays()).toContain('*Undone*');
    expect(user().keys.map(({ status }) => status)).toEqual(['Active', 'Inactive', 'Inactive']);
  });

  test('deletes a key to make room for a new one: only the new one is dealt with', async () => {
    await playAgainst(is('UpdateAccessKey'), () => {
      const [kept] = user().keys;
      user().keys = kept ? [kept, { id: 'AKIAIZ7XTNN7NEXAMPLE', status: 'Active' }] : [];
    });
    await containUser();
    await wait();
    await held(/AKIAIZ7XTNN7NEXAMPLE: made since, and Active; to be Inactive/);
    expect(told()).not.toContain('deleted; Cordon');
    expect(user().keys.map(({ status }) => status)).toEqual(['Inactive', 'Inactive']);
  });
});

describe('a user who goes on fighting back', () => {
  test('takes it back each time: three rounds, then it is told that it cannot be held', async () => {
    let strikes = 0;
    const seen: ExecutorCall[] = [];
    const hook = interference((call) => {
      const reads = seen.filter(is('ListAccessKeys')).length;
      seen.push(call);
      if (call.operation === 'ListAccessKeys' && reads > 2 && user().attached?.length) {
        strikes += 1;
        user().attached = [];
      }
      return false;
    });
    stage = await play({ wrap: hook.wrap });
    hook.install(stage.world);
    await containUser();
    await wait();
    expect(strikes).toBe(4);
    expect(
      (await stage.requestAudits())[0]?.filter((kind) => kind === 'containment.countered'),
    ).toHaveLength(3);
    expect(told()).toContain('It could not be held: look at the message of the failure.');
    await loud(
      /put back 3 times, but reading back shows: .*AWSDenyAll on the user ci-deploy is not attached/,
      // The alert, the counter-move, the failure.
      3,
    );
  });

  test('switches a key on again before it is read back: it is switched off once more', async () => {
    const attack = await playAgainst(nth('ListAccessKeys', 4), () => {
      for (const key of user().keys) key.status = 'Active';
    });
    await containUser();
    await wait();
    expect(attack.struck()).toBe(1);
    await held(/access key AKIAIOSFODNN7EXAMPLE: Active; Cordon had left Inactive/);
    expect(user().keys.map(({ status }) => status)).toEqual(['Inactive', 'Inactive']);
  });
});

test('a user who fights back while a playbook contains it: that step puts it back, and the playbook goes on', async () => {
  stage = await play();
  await stage.scenario('leaked-key');
  await stage.press(people.maria, 'plan:stolen-access-key');
  await stage.submit(people.maria, 'confirmed');
  await stage.press(people.ana, 'approve', stage.withControl('approve'));
  await stage.scenario('detach-deny');
  await wait();
  expect(user().attached).toEqual(['arn:aws:iam::aws:policy/AWSDenyAll']);
  expect(user().keys.map(({ status }) => status)).toEqual(['Inactive', 'Inactive', 'Inactive']);
  expect(told()).toContain('<@U0MARIA> *somebody may be fighting back:*');
  expect(told()).toContain('AKIAIZ7XTNN7NEXAMPLE: made since, and Active; to be Inactive');
  const [kinds = []] = await stage.requestAudits();
  expect(kinds.filter((kind) => kind === 'containment.countered')).toHaveLength(1);
  expect(kinds).not.toContain('playbook.step-failed');
  expect(
    kinds.indexOf('playbook.step-done', kinds.indexOf('containment.countered')),
  ).toBeGreaterThan(0);
});

describe('a bucket that is being closed', () => {
  test('is opened again before it is read back: it is closed once more', async () => {
    const attack = await playAgainst(
      following('PutPublicAccessBlock', 'GetPublicAccessBlock'),
      () => {
        const bucket = place().buckets.get('example-invoices');
        if (bucket) bucket.block = [];
      },
    );
    await stage.scenario('public-bucket');
    await stage.press(people.maria, 'plan:block-public-access');
    await stage.submit(people.maria, 'confirmed');
    await wait();
    expect(attack.struck()).toBe(1);
    await held(/Block of public access of example-invoices: none; Cordon had left BlockPublicAcls/);
    expect(place().buckets.get('example-invoices')?.block).toHaveLength(4);
  });

  test('gets another policy before the quarantine is read back: it is quarantined once more', async () => {
    const attack = await playAgainst(following('PutBucketPolicy', 'GetBucketPolicy'), () => {
      const bucket = place().buckets.get('example-invoices');
      if (bucket) bucket.policy = '{"Version":"2012-10-17","Statement":[]}';
    });
    await stage.scenario('public-bucket');
    await stage.choose(people.maria, 'Quarantine bucket');
    await stage.submit(people.maria, 'confirmed');
    await stage.press(people.ana, 'approve', stage.withControl('approve'));
    await wait();
    expect(attack.struck()).toBe(1);
    await held(/example-invoices/);
    expect(place().buckets.get('example-invoices')?.policy).toContain('Deny');
  });
});

describe('a server that is being isolated', () => {
  const swapBack = (eni: string) => (): void => {
    const one = place().interfaces.get(eni);
    if (one) one.groups = ['sg-0a1b2c3d4e5f60711'];
  };

  test('gets a security group back on one interface: it is put into quarantine once more', async () => {
    let swapped = false;
    const attack = await playAgainst((call, before) => {
      const writes = before.filter(is('ModifyNetworkInterfaceAttribute')).length;
      swapped ||= place().interfaces.get(first)?.groups.includes(groupId()) ?? false;
      return swapped && writes > 0 && call.operation === 'DescribeNetworkInterfaces';
    }, swapBack(first));
    await isolate(stage);
    await wait();
    expect(attack.struck()).toBe(1);
    await held(new RegExp(first));
    expect([first, second].map((eni) => stage.groupsOf(eni))).toEqual([[groupId()], [groupId()]]);
  });

  test('has its quarantine group opened before any interface is in it: none is put in', async () => {
    let at: readonly (readonly string[])[] = [];
    const attack = await playAgainst(
      (call, calls) => calls.some(is('CreateTags')) && call.operation === 'DescribeSecurityGroups',
      () => {
        at = [first, second].map((eni) => stage.groupsOf(eni));
        group().ingress = [
          { protocol: 'tcp', from: 22, to: 22, peer: { kind: 'ipv4', value: '0.0.0.0/0' } },
        ];
      },
    );
    await isolate(stage);
    await wait();
    expect(attack.struck()).toBe(1);
    expect([first, second].map((eni) => stage.groupsOf(eni))).toEqual(at);
    await loud(/rules|opened|ingress/);
  });

  test('is terminated through its Auto Scaling group: the card does not call it contained', async () => {
    const attack = await playAgainst(is('CreateSecurityGroup'), () => {
      const instance = place().instances.get(server);
      if (instance) instance.state = 'terminated';
      for (const eni of [first, second]) place().interfaces.delete(eni);
    });
    await isolate(stage);
    await wait();
    expect(attack.struck()).toBe(1);
    await loud(/(i|eni)-0a1b2c3d4e5f607/);
  });

  test('is changed after it was contained: undo refuses, and says what it found', async () => {
    await playAgainst(
      () => false,
      () => undefined,
    );
    await isolate(stage);
    await contained();
    swapBack(second)();
    await stage.press(people.maria, 'undo', stage.withControl('undo'));
    expect(stage.told(people.maria)).toContain('sg-0a1b2c3d4e5f60711');
    expect(stage.groupsOf(second)).toEqual(['sg-0a1b2c3d4e5f60711']);
  });
});

const groupId = (): string =>
  [...place().groups.values()].find(({ name }) => name === 'cordon-quarantine')?.id ?? 'none';

test('an attacker between request and approval voids the approval', async () => {
  await playAgainst(
    () => false,
    () => undefined,
  );
  const asked = await askToIsolate(stage);
  await stage.scenario('attach-interface');
  await stage.press(people.ana, 'approve', asked);
  expect(stage.mutations()).toEqual([]);
  expect(stage.cardSays()).toContain('*Approval needed*');
  expect((await stage.requestAudits())[0]).toContain('request.drifted');
});
