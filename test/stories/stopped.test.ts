import { afterEach, expect, test } from 'vitest';
import { askToIsolate, first, groups, isolate, second, server, until } from './acts.ts';
import { interference } from './interference.ts';
import { type Play, people, play } from './play.ts';

let stage: Play;

afterEach(() => stage.close());

const untouched = [['sg-0a1b2c3d4e5f60711', 'sg-0a1b2c3d4e5f60712'], ['sg-0a1b2c3d4e5f60712']];

/** Whether nobody can terminate the server: the first thing that isolating it sees to. */
const isProtected = (): boolean =>
  stage.world.aws.partition('123456789012', 'eu-west-1').instances.get(server)
    ?.terminationProtected ?? false;

/** AWS takes its time over what prepares the cut until somebody has pressed stop. */
const stopHalfWay = async (): Promise<void> => {
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const slow = interference(async ({ operation }) => {
    if (operation === 'ModifyNetworkInterfaceAttribute') await held;
    return false;
  });
  stage = await play({ wrap: slow.wrap });
  slow.install(stage.world);
  const asked = await askToIsolate(stage);
  const approving = stage.press(people.ana, 'approve', asked);
  await until(() => stage.controls(stage.thread()[0] ?? asked).includes('stop'));
  const stopping = stage.press(people.lee, 'stop', asked);
  await until(() => stage.cardSays().includes('*Stopped half-way*'));
  release();
  await Promise.all([approving, stopping]);
};

test('what is stopped ends after the step that was running, says so, and can be finished', async () => {
  await stopHalfWay();
  expect(isProtected()).toBe(true);
  expect(groups(stage)).toEqual(untouched);
  expect(stage.cardSays()).toContain('*Stopped half-way*');
  expect(stage.threadSays()[0]).toContain('*Stopped* by <@U0LEE>');
  expect(stage.threadSays()[0]).toContain('✓');
  expect(stage.threadSays()[0]).toMatch(/not done/i);

  await stage.press(people.maria, 'finish', stage.withControl('finish'));
  expect(stage.groupsOf(second)).toEqual(stage.groupsOf(first));
  expect(stage.cardSays()).toContain('*Contained*, verified');
  expect(await stage.requestAudits()).toEqual([
    [
      'request.created',
      'request.approved',
      'request.executing',
      'request.stopping',
      'step.done',
      'request.resumed',
      'request.executing',
      'step.done',
      'request.contained',
    ],
  ]);
  await stage.curtain();
});

test('what is stopped can be undone, which restores the part that was done', async () => {
  await stopHalfWay();
  expect(isProtected()).toBe(true);
  await stage.press(people.maria, 'undo', stage.withControl('undo'));
  await stage.submit(people.maria, 'wrong-target');
  if (stage.controls(stage.thread().at(-1) ?? stage.card()).includes('approve'))
    await stage.press(people.ana, 'approve', stage.withControl('approve'));
  expect(isProtected()).toBe(false);
  expect(groups(stage)).toEqual(untouched);
  expect(stage.cardSays()).toContain('*Undone*');
  await stage.curtain();
});

test('a refusal of AWS at the last interface names the step, calls the requester, and can be undone', async () => {
  stage = await play();
  const before = groups(stage);
  const asked = await askToIsolate(stage);
  const modify = { service: 'ec2', operation: 'ModifyNetworkInterfaceAttribute' };
  // Two idle timeouts and the first interface go well.
  stage.world.aws.faults.add({ ...modify, kind: 'delay', count: 3 });
  stage.world.aws.faults.add({ ...modify, kind: 'deny', count: 1 });
  await stage.press(people.ana, 'approve', asked);

  expect(stage.groupsOf(first)).not.toEqual(before[0]);
  expect(stage.groupsOf(second)).toEqual(before[1]);
  expect(stage.cardSays()).toContain('*Not contained*');
  const [request, call] = stage.threadSays();
  expect(request).toMatch(new RegExp(`failed\\* at .*Swap security groups of ${second}`));
  expect(request).toContain('UnauthorizedOperation');
  expect(call).toContain('<@U0MARIA> *this needs you:*');
  expect(call).toMatch(/\d of \d steps are in force/);
  expect(stage.thread()[1]?.reply_broadcast).toBe(true);

  expect(stage.controls(stage.withControl('undo'))).toEqual(['undo']);
  await stage.press(people.maria, 'undo', stage.withControl('undo'));
  await stage.submit(people.maria, 'wrong-target');
  expect(groups(stage)).toEqual(before);
  expect((await stage.requestAudits())[0]).toEqual([
    'request.created',
    'request.approved',
    'request.executing',
    'step.done',
    'step.done',
    'request.failed',
    'request.undoing',
    'containment.ended',
  ]);
  await stage.curtain({ denied: ['executor ec2:ModifyNetworkInterfaceAttribute'] });
});

test('a refusal of AWS while it prepares leaves every interface as it was', async () => {
  stage = await play();
  const before = groups(stage);
  const asked = await askToIsolate(stage);
  stage.world.aws.faults.add({
    service: 'ec2',
    operation: 'ModifyNetworkInterfaceAttribute',
    kind: 'deny',
    count: 2,
  });
  await stage.press(people.ana, 'approve', asked);
  expect(groups(stage)).toEqual(before);
  expect(stage.threadSays()[0]).toMatch(
    new RegExp(`failed\\* at .*Set the idle timeouts of ${first}`),
  );
  expect(isProtected()).toBe(true);
  await stage.press(people.maria, 'undo', stage.withControl('undo'));
  await stage.submit(people.maria, 'wrong-target');
  expect(isProtected()).toBe(false);
  expect(groups(stage)).toEqual(before);
  const denied = 'executor ec2:ModifyNetworkInterfaceAttribute';
  await stage.curtain({ denied: [denied, denied] });
});

test('what AWS does not confirm is never shown as contained', async () => {
  stage = await play();
  const asked = await askToIsolate(stage);
  const lying = stage.world.aws.partition('123456789012', 'eu-west-1').interfaces.get(second);
  if (lying)
    Object.defineProperty(lying, 'groups', { get: () => ['sg-0a1b2c3d4e5f60712'], set: () => {} });
  await stage.press(people.ana, 'approve', asked);
  expect(stage.cardSays()).not.toContain('*Contained*');
  await stage.world.advance(60);
  expect(stage.cardSays()).toContain('*Not contained*');
  expect(stage.threadSays()[0]).toContain('Verification');
  expect(stage.threadSays()[0]).toContain(second);
  // The alert, what may be a counter-move, the failure.
  await stage.curtain({ pings: 3 });
});

test('isolating again after an undo works with the group that is there', async () => {
  stage = await play();
  await isolate(stage);
  await stage.press(people.maria, 'undo', stage.withControl('undo'));
  await stage.submit(people.maria, 'resolved');
  const made = stage.mutations().filter((one) => one === 'ec2:CreateSecurityGroup');
  await stage.press(people.maria, 'plan:isolate-instance');
  await stage.submit(people.maria);
  await stage.press(people.ana, 'approve', stage.withControl('approve'));
  expect(stage.cardSays()).toContain('*Contained*, verified');
  expect(stage.mutations().filter((one) => one === 'ec2:CreateSecurityGroup')).toEqual(made);
  await stage.curtain();
});
