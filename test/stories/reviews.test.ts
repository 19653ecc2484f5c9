/** A containment in force for long: people are asked whether it is still needed. */
import { afterEach, expect, test } from 'vitest';
import { groups, isolate } from './acts.ts';
import { type Play, people, play } from './play.ts';

let stage: Play;

afterEach(() => stage.close());

const questions = () =>
  stage.threadSays().filter((text) => text.includes('is it still needed?')).length;

/** Time passes at once; what is due by then happens in the minute after it. */
const later = async (hours: number): Promise<void> => {
  const { clock } = stage.world;
  clock.moveTo(clock.now() + hours * 3_600_000);
  await stage.world.advance(60);
};

test('the requester is asked after four hours, once a period, and undoes it in the end', async () => {
  stage = await play();
  const before = groups(stage);
  await isolate(stage);
  await later(3.5);
  expect(questions()).toBe(0);
  await later(0.6);
  expect(questions()).toBe(1);
  expect(stage.threadSays().at(-1)).toContain('<@U0MARIA> *is it still needed?*');
  await later(1);
  expect(questions()).toBe(1);
  expect(stage.cardSays()).toContain('*Contained*, verified');
  await stage.press(people.maria, 'undo', stage.withControl('undo'));
  await stage.submit(people.maria, 'resolved');
  await stage.press(people.ana, 'approve', stage.withControl('approve'));
  expect(groups(stage)).toEqual(before);
  expect(await stage.audit()).toContain('containment.review');
  await later(9);
  expect(questions()).toBeLessThanOrEqual(1);
});
