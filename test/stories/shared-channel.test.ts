/** Other organisations: a channel that one reads is told nothing, and nobody of one is heard. */
import { afterEach, expect, test } from 'vitest';
import { askToIsolate } from './acts.ts';
import { type Play, people, play } from './play.ts';
import { channel } from './screen.ts';

let stage: Play;

afterEach(() => stage.close());

const share = (shared: boolean): void => stage.world.slack.setShared(channel, shared);

test('a channel that is shared is shown no card; the case waits, people are paged, and it is shown once it is ours alone', async () => {
  stage = await play();
  share(true);
  await stage.scenario('compromised-server');
  await stage.world.advance(11 * 60);
  expect(stage.cards()).toEqual([]);
  expect(stage.world.pager.pages).toHaveLength(1);
  share(false);
  await stage.world.advance(6 * 60);
  expect(stage.cards()).toHaveLength(1);
  await stage.curtain();
});

test('a card that was there before is not edited any more, and its buttons refuse', async () => {
  stage = await play();
  const asked = await askToIsolate(stage);
  const before = stage.cardSays();
  share(true);
  await stage.world.advance(61);
  await stage.press(people.ana, 'approve', asked);
  expect(stage.told(people.ana)).toContain('Another organisation reads this channel');
  expect(stage.mutations()).toEqual([]);
  expect(stage.cardSays()).toBe(before);
  expect(await stage.refusals()).toEqual([
    'Another organisation reads this channel (Slack Connect).',
  ]);
});

test('where Slack cannot say who reads the channel, the answer is no', async () => {
  stage = await play();
  const asked = await askToIsolate(stage);
  await stage.world.advance(61);
  stage.world.slack.faults.add({ method: 'conversations.info', kind: 'error' });
  await stage.press(people.ana, 'approve', asked);
  expect(await stage.refusals()).toEqual([
    'Slack could not tell who else reads this channel, so the answer is no.',
  ]);
  expect(stage.mutations()).toEqual([]);
});

test('where the organisation is named, clicks and commands from another or from none are refused', async () => {
  stage = await play({ config: { enterprise: 'E0CORDON' } });
  stage.world.slack.setEnterprise('E0CORDON');
  const asked = await askToIsolate(stage);
  for (const elsewhere of ['E0OTHER', undefined]) {
    stage.world.slack.setEnterprise(elsewhere);
    await stage.press(people.ana, 'approve', asked);
    expect(stage.told(people.ana)).toContain('You belong to another Slack workspace.');
    await stage.command(people.ana, 'pending');
    expect(stage.told(people.ana)).toContain('You belong to another Slack workspace.');
  }
  expect(stage.mutations()).toEqual([]);
  stage.world.slack.setEnterprise('E0CORDON');
  await stage.press(people.ana, 'approve', asked);
  expect(stage.cardSays()).toContain('*Contained*, verified');
  await stage.curtain();
});
