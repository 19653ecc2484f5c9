/** Evidence, a stop, and what was opened to the world: through signed requests and the real engine. */
import { afterEach, expect, test } from 'vitest';
import { backup, goldenImage } from '../../src/local/world/seed-copies.ts';
import { server } from './acts.ts';
import { type Play, people, play } from './play.ts';

let stage: Play;

afterEach(() => stage.close());

const place = () => stage.world.aws.partition('123456789012', 'eu-west-1');
const admin = 'sg-0a1b2c3d4e5f60712';

/** Presses the action's button, or chooses it in the card's menu. */
const ask = async (action: string, title: string): Promise<void> => {
  const control = `plan:${action}`;
  if (stage.controls(stage.card()).includes(control)) await stage.press(people.maria, control);
  else await stage.choose(people.maria, title);
};

/** One responder, who submits and later undoes. */
const containAndUndo = async (action: string, title: string, contained: () => void) => {
  await ask(action, title);
  expect(stage.told(people.maria)).toContain('one responder is enough');
  await stage.submit(people.maria, 'confirmed');
  expect(stage.cardSays()).toContain('*Contained*, verified');
  contained();
  await stage.press(people.maria, 'undo', stage.withControl('undo'));
  await stage.submit(people.maria, 'wrong-target');
  expect(stage.cardSays()).toContain('*Undone*');
};

const openRules = () =>
  (place().groups.get(admin)?.ingress ?? []).filter(({ peer }) => peer.value.endsWith('/0'));

test('one responder closes a group that was opened to the world, and undoes it', async () => {
  stage = await play();
  await stage.scenario('open-group');
  expect(openRules()).toHaveLength(2);
  await containAndUndo('revoke-world-open-ingress', 'Close to the internet', () => {
    expect(openRules()).toEqual([]);
  });
  expect(openRules().map(({ description }) => description)).toEqual([
    'temporary, for debugging',
    'temporary, for debugging',
  ]);
  await stage.curtain();
});

test('one responder makes a public backup private, and undoes it', async () => {
  stage = await play();
  await stage.scenario('public-snapshot');
  const sharedWith = () => place().snapshots.get(backup)?.sharedWith;
  await containAndUndo('unshare-snapshot', 'Make snapshot private', () => {
    expect(sharedWith()).toEqual([]);
  });
  expect(sharedWith()).toEqual(['all', '210987654321']);
  await stage.curtain();
});

test('one responder takes a machine image back from a stranger, and our own accounts keep it', async () => {
  stage = await play();
  await stage.scenario('shared-image');
  const sharedWith = () => place().images.get(goldenImage)?.sharedWith;
  await containAndUndo('make-image-private', 'Make image private', () => {
    expect(sharedWith()).toEqual(['111122223333']);
  });
  expect(sharedWith()).toEqual(['111122223333', '210987654321']);
  await stage.curtain();
});

test('one responder takes snapshots as evidence; they are locked and cannot be undone', async () => {
  stage = await play();
  await stage.scenario('compromised-server');
  await ask('snapshot-volumes', 'Snapshot volumes');
  expect(stage.told(people.maria)).toContain('Cannot be undone: evidence stays');
  await stage.submit(people.maria, 'confirmed');
  const kept = [...place().snapshots.values()].filter(({ tags }) => tags['cordon'] === 'evidence');
  expect(kept.map(({ lock }) => lock)).toEqual([
    { mode: 'governance', days: 90 },
    { mode: 'governance', days: 90 },
  ]);
  expect(stage.threadSays().join('\n')).toContain('is locked and being copied');
  expect(stage.cardSays()).toContain('*Done*, verified');
  expect(stage.cardSays()).not.toContain('*Contained*');
  expect(() => stage.withControl('undo')).toThrow('no message with undo');
  await stage.curtain();
});

test('a stop needs another approver, is called contained only when it has stopped, and is undone', async () => {
  stage = await play();
  await stage.scenario('compromised-server');
  await ask('stop-instance', 'Stop instance');
  expect(stage.told(people.maria)).toContain('memory and whatever is on instance store');
  await stage.submit(people.maria, 'confirmed');
  const state = () => place().instances.get(server)?.state;
  expect(state()).toBe('running');
  await stage.press(people.ana, 'approve', stage.withControl('approve'));
  expect(stage.cardSays()).not.toContain('*Contained*');
  await stage.world.advance(120);
  expect(state()).toBe('stopped');
  expect(stage.cardSays()).toContain('*Contained*, verified');

  await stage.press(people.maria, 'undo', stage.withControl('undo'));
  await stage.submit(people.maria, 'wrong-target');
  expect(stage.cardSays()).not.toContain('*Undone*');
  await stage.world.advance(120);
  expect(state()).toBe('running');
  expect(stage.cardSays()).toContain('*Undone*');
  await stage.curtain();
});
