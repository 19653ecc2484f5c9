/** IAM answers reads with what was for some seconds: nothing is called contained too early, nor taken for a counter-move. */
import { afterEach, expect, test } from 'vitest';
import { key } from './acts.ts';
import { type Play, people, play } from './play.ts';

let stage: Play;

afterEach(() => stage.close());

const attached = () =>
  stage.world.aws.account('123456789012').users.get('ci-deploy')?.attached ?? [];

test('a key and a user are contained once IAM shows it, and undone the same way', async () => {
  stage = await play();
  stage.world.aws.faults.add({ service: 'iam', kind: 'stale' });
  await stage.scenario('leaked-key');
  await stage.press(people.maria, 'plan:deactivate-access-key');
  await stage.submit(people.maria, 'confirmed');
  expect(stage.keyStatus(key)).toBe('Inactive');
  expect(stage.cardSays()).not.toContain('*Contained*');
  await stage.world.advance(10);
  expect(stage.cardSays()).toContain('*Contained*, verified');

  await stage.press(people.maria, 'undo', stage.withControl('undo'));
  await stage.submit(people.maria, 'wrong-target');
  await stage.world.advance(10);
  expect(stage.keyStatus(key)).toBe('Active');
  expect(stage.cardSays()).toContain('*Undone*');

  await stage.choose(people.maria, 'Contain user');
  await stage.submit(people.maria, 'confirmed');
  await stage.press(people.ana, 'approve', stage.withControl('approve'));
  expect(stage.cardSays()).not.toContain('*Contained*');
  await stage.world.advance(30);
  expect(attached()).toEqual(['arn:aws:iam::aws:policy/AWSDenyAll']);
  expect(stage.cardSays()).toContain('*Contained*, verified');
  expect(stage.threadSays().join()).not.toMatch(/put back|made since/);
  await stage.curtain({ pings: 3 });
});
