/** The home tab through signed events: published when looked at, and again only when it differs. */
import { afterEach, expect, test } from 'vitest';
import { askToIsolate, groups } from './acts.ts';
import { type Play, people, play } from './play.ts';

let stage: Play;

afterEach(() => stage.close());

const published = (user: string): number =>
  stage.world.slack
    .calls()
    .filter(({ method, args }) => method === 'views.publish' && args['user_id'] === user).length;

const home = (user: string): string => stage.home(user).says;

test('it tells what waits for the person who looks, and nothing to who has no role', async () => {
  stage = await play();
  expect(await stage.openHome(people.maria)).toMatchObject({ status: 200 });
  expect(home(people.maria)).toContain('Your cases None is open.');
  expect(home(people.maria)).toContain('Posture');
  expect(home(people.maria)).toContain('Nothing was received.');
  await stage.openHome(people.nobody);
  expect(home(people.nobody)).toContain('You are not a responder, an approver or a viewer.');
  await stage.scenario('compromised-server');
  await stage.world.tick();
  await stage.world.idle();
  expect(home(people.maria)).toContain('The last 24 hours: 1 received = 1 with a card');
  expect(home(people.nobody)).not.toContain('received');
});

test('an approver reads the plan there, approves in its window, and sees it in force', async () => {
  stage = await play();
  await stage.openHome(people.ana);
  await askToIsolate(stage);
  const before = groups(stage);
  // The click of Maria has published Ana's home again: it was looked at a moment ago.
  expect(home(people.ana)).toContain('Approvals that you may give: 1');
  await stage.pressHome(people.ana, 'view-plan');
  expect(stage.told(people.ana)).toContain('Approve');
  await stage.pressInModal(people.ana, 'approve');
  expect(groups(stage)).not.toEqual(before);
  await stage.world.tick();
  await stage.world.idle();
  expect(home(people.ana)).toContain('Approvals that you may give None.');
  expect(home(people.ana)).toContain('Containments by their review: 1');
  // Five hours later its review was due: the thread asked, and it can be undone from here.
  await stage.leap(5 * 3600);
  await stage.openHome(people.maria);
  expect(home(people.maria)).toContain('in force');
  await stage.pressHome(people.maria, 'undo');
  await stage.submit(people.maria, 'wrong-target');
  await stage.press(people.ana, 'approve', stage.withControl('approve'));
  expect(groups(stage)).toEqual(before);
  // Called for the case, for the approval, and hours later for the approval of the undo.
  await stage.curtain({ pings: 3 });
});

test('a case is shown in a window, whoever has it', async () => {
  stage = await play();
  await stage.scenario('compromised-server');
  await stage.press(people.maria, 'acknowledge');
  await stage.openHome(people.maria);
  expect(home(people.maria)).toContain('Your cases: 1');
  await stage.pressHome(people.maria, 'show-case');
  expect(stage.told(people.maria)).toContain('At risk:');
});

test('what did not change costs no call of Slack, and nobody who looked long ago is served', async () => {
  // After the day's digest, which reads the posture.
  stage = await play({ start: '2026-11-22T10:00:00Z' });
  await stage.world.advance(120);
  await stage.openHome(people.maria);
  await stage.openHome(people.maria);
  await stage.world.advance(180);
  expect(published(people.maria)).toBe(1);
  await stage.scenario('leaked-key');
  await stage.world.advance(60);
  expect(published(people.maria)).toBe(2);
  await stage.leap(2 * 3600);
  const calls = published(people.maria);
  await stage.scenario('compromised-server');
  await stage.world.advance(120);
  expect(published(people.maria)).toBe(calls);
});

test('Slack refusing the tab loses nothing: it is published when it can be', async () => {
  stage = await play();
  stage.world.slack.faults.add({ method: 'views.publish', kind: 'error', count: 1 });
  await stage.openHome(people.maria);
  expect(() => stage.home(people.maria)).toThrow('has no home tab');
  await stage.world.advance(60);
  expect(home(people.maria)).toContain('Your cases');
});
