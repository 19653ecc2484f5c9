/** What runs by itself: a countdown that anybody may stop, a run, its review, and what shadow tells. */
import { afterEach, expect, test, vi } from 'vitest';
import type { AutomationRule } from '../../src/config/automation.ts';
import { first, groups, key } from './acts.ts';
import { isolate, prod, recordOf, rule, settings } from './automation-acts.ts';
import { type Play, people, play } from './play.ts';
import { wordsIn } from './screen.ts';

vi.setConfig({ testTimeout: 60_000 });

let stage: Play;
afterEach(() => stage.close());

const record = () => recordOf(stage);

const announced = [`automation.asked by ${rule}`, `request.created by ${rule}`];

/** In the order of the audit, whatever stood in one item. */
const sorted = (kinds: readonly string[]): readonly string[] => kinds.toSorted();

/** Sessions of the executor, by their source identity. */
const identities = (): readonly unknown[] => [
  ...new Set(
    stage.world.aws.calls
      .filter(({ function: name, operation }) => name === 'executor' && operation === 'AssumeRole')
      .map(({ input }) => (input as { SourceIdentity?: string }).SourceIdentity),
  ),
];

test('a countdown is announced, a guest cannot stop it, a responder can, and nothing is changed', async () => {
  stage = await play({ config: settings() });
  const before = groups(stage);
  await stage.scenario('compromised-server');
  const card = stage.withControl('veto');
  expect(stage.says(card)).toContain('*This runs by itself*');
  expect(stage.says(card)).toContain('<!subteam^S0SECRESP>');
  expect(stage.says(card)).toContain('Asked by  automation isolate-servers (rule control-server)');
  expect(card.reply_broadcast).toBe(true);
  expect(stage.cardSays()).toContain('*Automation counts down*');
  expect(stage.controls(card)).toEqual(['veto', 'run-now', 'view-plan']);

  await stage.press(people.guest, 'veto', card);
  expect(stage.told(people.guest)).toContain('Guests cannot act');
  await stage.press(people.maria, 'run-now', card);
  expect(stage.told(people.maria)).toContain('You are not an approver');
  const old = stage.remember(card);
  await stage.press(people.maria, 'veto', card);
  expect(stage.threadSays()[0]).toContain('*Stopped before it began* by <@U0MARIA>');
  await stage.pressRemembered(people.lee, 'veto', old);
  expect(stage.told(people.lee)).toContain('Too late: somebody stopped it');
  await stage.pressRemembered(people.ana, 'run-now', old);
  expect(stage.told(people.ana)).toContain('It does not count down any more');

  await stage.world.advance(600);
  expect(groups(stage)).toEqual(before);
  expect(stage.mutations()).toEqual([]);
  expect(sorted(await record())).toEqual(sorted([...announced, 'automation.vetoed by U0MARIA']));
  await stage.curtain();
});

test('nobody stops it: it runs under its own name, once, asks for review, and one responder may undo it', async () => {
  stage = await play({ config: settings() });
  const before = groups(stage);
  await stage.scenario('compromised-server');
  await stage.world.advance(60);
  expect(groups(stage)).toEqual(before);
  stage.world.clock.moveTo(stage.world.clock.now() + 61_000);
  await Promise.all([stage.world.tick(), stage.world.tick()]);
  await stage.world.idle();
  expect(stage.cardSays()).toContain('*Contained*, verified');
  expect(stage.groupsOf(first)).not.toEqual(before[0]);
  expect(identities()).toEqual(['cordon-automation']);
  const kinds = await record();
  expect(kinds.filter((kind) => kind.startsWith('automation.launched'))).toEqual([
    `automation.launched by ${rule}`,
  ]);
  expect(kinds.filter((kind) => kind.startsWith('request.executing'))).toHaveLength(1);

  const review = stage.withControl('reviewed');
  expect(stage.says(review)).toContain('*this ran by itself; was it right?*');
  await stage.openHome(people.lee);
  expect(stage.home(people.lee).says).toContain('not reviewed yet: 1');
  await stage.press(people.lee, 'reviewed', review);
  expect(stage.threadSays().join()).toContain('Reviewed by  Lee Chen');
  await stage.openHome(people.maria);
  expect(stage.home(people.maria).says).not.toContain('not reviewed yet');

  await stage.press(people.maria, 'undo', stage.withControl('undo'));
  await stage.submit(people.maria, 'wrong-target');
  await stage.world.advance(60);
  expect(groups(stage)).toEqual(before);
  await stage.command(people.lee, 'automation');
  expect(stage.told(people.lee)).toContain('prod-payments: 1 of 3 runs within the hour');
  await stage.curtain({ pings: 3 });
});

test('the scenario of the local page counts down by the example configuration, and is stopped', async () => {
  stage = await play();
  await stage.scenario('automation');
  expect(stage.says(stage.withControl('veto'))).toContain('isolate-sandbox (rule control-server)');
  await stage.press(people.lee, 'veto', stage.withControl('veto'));
  expect(stage.told(people.lee)).toContain('Recorded: veto');
  await stage.world.advance(180);
  expect(stage.mutations()).toEqual([]);
  await stage.curtain();
});

test('an approver does not want to wait; the session says who asked all the same', async () => {
  stage = await play({ config: settings() });
  await stage.scenario('compromised-server');
  await stage.press(people.ana, 'run-now', stage.withControl('run-now'));
  expect(stage.cardSays()).toContain('*Contained*, verified');
  expect(identities()).toEqual(['cordon-automation']);
  expect(await record()).toContain('automation.launched by U0ANA');
  await stage.world.advance(180);
  expect((await record()).filter((one) => one.startsWith('request.executing'))).toHaveLength(1);
  await stage.curtain();
});

test('a playbook runs as far as it needs nobody; in mode auto at once', async () => {
  const leaked: AutomationRule = {
    id: 'stolen-keys',
    on: ['key-used-by-attacker'],
    for: { accounts: [prod] },
    mode: 'auto',
  };
  stage = await play({ config: settings([leaked]) });
  await stage.scenario('leaked-key');
  for (let n = 0; n < 8 && !stage.cardSays().includes('*Contained*'); n += 1)
    await stage.world.advance(15);
  expect(stage.cardSays()).toContain('*Contained*, verified');
  expect(stage.keyStatus(key)).toBe('Inactive');
  expect(stage.controls(stage.withControl('reviewed'))).toContain('undo');
  expect(await record()).toContain('automation.launched by rule:key-used-by-attacker/stolen-keys');
  await stage.curtain();
});

test('in shadow it says what it would have done, and on Monday how that compares with what people did', async () => {
  const morning = { at: '09:00', containMinutes: 60, resolveHours: 72, timeZone: 'UTC' };
  stage = await play({
    start: '2026-11-20T10:00:00Z',
    config: { ...settings([{ ...isolate, mode: 'shadow' }], { accounts: [] }), digest: morning },
  });
  await stage.scenario('compromised-server');
  expect(stage.threadSays().join()).toContain('*Automation would have run this*');
  expect(stage.threadSays().join()).toContain('Quarantine security group');
  expect(stage.mutations()).toEqual([]);
  await stage.press(people.maria, 'plan:isolate-instance');
  await stage.submit(people.maria, 'confirmed');
  await stage.press(people.ana, 'approve', stage.withControl('approve'));
  await stage.leap(3 * 86_400 - 3600 + 60);
  await stage.world.idle();
  const digest = wordsIn(stage.posts().findLast(({ text }) => /^The week to/.test(text))?.blocks);
  expect(digest).toContain(
    'isolate-servers, in shadow: would have run 1 times; people did the same 1, something else 0, nothing 0, not yet 0. Agreement 100 %.',
  );
  expect((await record())[0]).toBe(`automation.shadow by ${rule}`);
});
