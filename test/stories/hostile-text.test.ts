/**
 * Whatever an attacker writes into a finding, through the real path to every screen that shows it:
 * nothing becomes a mention, a link, formatting or a state, and Slack takes each post and each edit.
 */
import { afterEach, expect, test } from 'vitest';
import { brokenOut, eventOf, joined, mark } from './hostile.ts';
import { type Play, people, play } from './play.ts';

let stage: Play;

afterEach(() => stage.close());

/** The screens that are open, and the notification texts. */
const screens = () => {
  const { channels, modals, ephemerals } = stage.world.slack.state();
  return { channels, modals, ephemerals };
};

test.each([
  ['mentions, links, code spans and directions', joined(0, 4)],
  [
    'what cannot be seen, entities, line breaks and a false state',
    `${joined(7, 9)} ${joined(4, 6)}`,
  ],
  ['100,000 characters that grow when they are escaped', joined(6, 7)],
])(
  '%s stay plain text on card, plan, answers and edits',
  async (_, text) => {
    stage = await play();
    await stage.world.events([eventOf(text, 0)]);
    expect(brokenOut(screens())).toEqual([]);
    expect(stage.cardSays()).toContain(mark);
    await stage.press(people.maria, 'plan:isolate-instance');
    expect(stage.told(people.maria)).toMatch(/What changes|Not done/);
    await stage.command(people.ana, 'cases');
    await stage.command(people.lee, `find ${text.slice(0, 200)}`);
    expect(brokenOut(screens())).toEqual([]);
    const before = JSON.stringify(stage.card().blocks);
    await stage.world.events([eventOf(text, 0, 7)]);
    await stage.world.advance(10);
    expect(JSON.stringify(stage.card().blocks)).not.toBe(before);
    expect(stage.cards().length).toBe(1);
    expect(brokenOut(screens())).toEqual([]);
  },
  60_000,
);
