/** A playbook as one request: its plan, its approval, its steps, what fails, and what is taken back. */
import { afterEach, expect, test, vi } from 'vitest';
import { first, groups, key, server } from './acts.ts';
import { interference } from './interference.ts';
import { type Play, people, play } from './play.ts';
import { doTheRest, requestSays, run, settle, skip, undoAll } from './playbook-acts.ts';

// Long runs: on a machine that does other things too they take their time.
vi.setConfig({ testTimeout: 120_000 });

let stage: Play;

afterEach(() => stage.close());

const attached = () =>
  stage.world.aws.account('123456789012').users.get('ci-deploy')?.attached?.length ?? 0;

test('a stolen key: one plan and one approval; what a person does is ticked', async () => {
  stage = await play();
  await stage.scenario('leaked-key');
  expect(stage.controls(stage.card())).toHaveLength(4);
  const plan = await run(stage, 'stolen-access-key');
  expect(plan).toContain('1 action and 3 manual steps');
  expect(plan).toMatch(/Status of access key AKIAIOSFODNN7EXAMPLE\s+Active {2}→ {2}Inactive/);
  expect(plan).toContain('Needs one approver other than you');
  expect(plan).toContain('AttributeValue=ci-deploy');
  await settle(stage);
  expect(stage.keyStatus(key)).toBe('Inactive');
  expect(attached()).toBe(1);
  expect(stage.cardSays()).toContain('*Playbook waits for a person*');
  expect(requestSays(stage)).toContain('To do now');
  await doTheRest(stage);
  expect(requestSays(stage)).toContain('Remove what the attacker left behind , by  Lee Chen');
  expect(stage.cardSays()).toContain('*Contained*, verified');
  const ticks = (await stage.entries()).filter(({ kind }) => kind === 'request.resumed');
  expect(ticks.map(({ actor, because }) => [actor.endsWith('U0LEE'), because])).toEqual([
    [true, 'done by a person: Remove what the attacker left behind'],
    [true, 'done by a person: Give the owner a new way in'],
    [true, 'done by a person: Confirm that nothing new happened'],
  ]);
  await stage.curtain();
});

test('a compromised server: three actions of two kinds, one step taken back alone, then the rest', async () => {
  stage = await play();
  const before = groups(stage);
  await stage.scenario('compromised-server');
  const plan = await run(stage, 'compromised-instance');
  expect(plan).toContain('Keep evidence: Snapshot volumes as evidence');
  expect(plan).toContain('Can be undone in part: Capture volatile evidence');
  await settle(stage);
  expect(stage.groupsOf(first)).not.toEqual(before[0]);
  expect(stage.mutations()).toContain('ec2:LockSnapshot');

  await stage.press(people.maria, 'view-plan', stage.withControl('view-plan'));
  await stage.pressInModal(people.maria, 'undo');
  await stage.submit(people.maria, 'production-impact');
  const vote = stage.thread().findLast((one) => stage.controls(one).includes('approve'));
  if (vote) await stage.press(people.ana, 'approve', vote);
  await settle(stage);
  expect(groups(stage)).toEqual(before);
  expect(requestSays(stage)).toContain(`↩ Undone:  Contain: Isolate EC2 instance: ${server}`);
  // The rest of it goes on: nothing else was taken back.
  expect(stage.cardSays()).toContain('*Playbook waits for a person*');
  await doTheRest(stage);
  expect(requestSays(stage)).not.toContain('○');
  await stage.curtain({ pings: 3 });
});

test('a step that fails is named, tried again, skipped with a reason, and what was done is undone', async () => {
  stage = await play();
  const before = groups(stage);
  await stage.scenario('compromised-server');
  const fail = (operation: string, count: number) =>
    stage.world.aws.faults.add({ service: 'ec2', operation, kind: 'deny', count });
  fail('CreateSnapshots', 2);
  await run(stage, 'compromised-instance');
  await settle(stage);
  expect(stage.cardSays()).toContain('*Playbook stands still, a step failed*');
  expect(requestSays(stage)).toContain('✗ Failed:  Keep evidence: Snapshot volumes as evidence');
  expect(stage.threadSays().at(-1)).toContain('<@U0MARIA> *this needs you:*');
  expect(stage.controls(stage.withControl('finish'))).toEqual([
    'finish',
    'step-skip',
    'undo',
    'view-plan',
  ]);
  const old = stage.remember(stage.withControl('finish'));

  await stage.press(people.lee, 'finish', stage.withControl('finish'));
  await settle(stage);
  expect(requestSays(stage)).toContain('✗ Failed:  Keep evidence: Snapshot volumes as evidence');
  await stage.pressRemembered(people.lee, 'finish', old);
  expect(stage.told(people.lee)).toContain('This card shows an older plan');

  await skip(stage, 'the disks are copied by the forensics team');
  expect(requestSays(stage)).toContain('the disks are copied by the forensics team');
  expect(stage.cardSays()).toContain('*Playbook waits for a person*');
  const said = (await stage.entries()).find(({ because }) => because?.startsWith('skipped:'));
  expect(said?.because).toContain('the disks are copied by the forensics team');

  await undoAll(stage);
  expect(groups(stage)).toEqual(before);
  expect(stage.cardSays()).toContain('*Undone*');
  await stage.curtain({ pings: 3, denied: Array(2).fill('executor ec2:CreateSnapshots') });
});

test('nobody without a role ticks a step, and nobody who lost theirs is behind it any more', async () => {
  stage = await play();
  await stage.scenario('leaked-key');
  await run(stage, 'stolen-access-key');
  await settle(stage);
  await stage.press(people.nobody, 'step-done', stage.withControl('step-done'));
  expect(stage.told(people.nobody)).toContain('You are not a responder');
  expect(stage.cardSays()).toContain('*Playbook waits for a person*');
  // Nobody says anything for three days: it is over, in force, and can be undone.
  await stage.leap(3 * 86_400 + 60);
  expect(requestSays(stage)).toContain('failed*');
  expect(stage.keyStatus(key)).toBe('Inactive');
  await undoAll(stage);
  expect([stage.keyStatus(key), attached()]).toEqual(['Active', 0]);
  await stage.curtain({ pings: 3 });
});

test('every invocation is killed, each a little later than the one before: nothing is changed twice', async () => {
  const effects = new Map<number, number>();
  let kills = 0;
  const killer = interference(({ invocation, service, operation }) => {
    if (!/^(dynamodb:(Put|Update|Delete)Item|iam:(Attach|Update))/.test(`${service}:${operation}`))
      return false;
    const nth = (effects.get(invocation) ?? 0) + 1;
    effects.set(invocation, nth);
    if (nth !== 2 + kills) return false;
    kills += 1;
    return true;
  });
  stage = await play({ wrap: killer.wrap });
  killer.install(stage.world);
  await stage.scenario('leaked-key');
  await run(stage, 'stolen-access-key');
  for (let ticks = 0; ticks < 4; ticks += 1) {
    await settle(stage, 3600);
    const waits = stage.thread().findLast((one) => stage.controls(one).includes('step-done'));
    if (waits) await stage.press(people.lee, 'step-done', waits);
  }
  expect(kills).toBeGreaterThan(5);
  expect(stage.cardSays()).toContain('*Contained*, verified');
  expect(stage.mutations()).toEqual(['iam:AttachUserPolicy', 'iam:UpdateAccessKey']);
  const kinds = (await stage.requestAudits())[0] ?? [];
  expect(kinds.filter((kind) => kind === 'playbook.waits')).toHaveLength(3);
  expect(kinds.filter((kind) => kind === 'request.contained')).toHaveLength(1);
  await stage.curtain();
});
