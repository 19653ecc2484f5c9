/**
 * Reviews where Slack makes no canvas, or nobody knows whether it made one: never two, never none at all, and
 * the thread says why. Each case in a world of its own, because the review comes once.
 */
import { afterEach, expect, test } from 'vitest';
import { casesTable } from '../../src/store/cases-table.ts';
import { killer, strideOf } from './killer.ts';
import { type Play, people, play } from './play.ts';
import { wordsIn } from './screen.ts';

let stage: Play;
afterEach(() => stage.close());

const thread = (): string => wordsIn(stage.card().replies);
const made = (): number => stage.world.slack.canvases().length;

const close = async (): Promise<void> => {
  await stage.scenario('compromised-server');
  await stage.press(people.maria, 'acknowledge');
  await stage.press(people.maria, 'resolve');
  await stage.fill(people.maria, { classification: 'true-positive', note: 'Cleaned' });
};

/** One minute chains what was done, the next drafts from it. */
const drafted = async (): Promise<void> => {
  await stage.leap(60);
  await stage.leap(60);
  await stage.world.advance(2);
};

test.each([
  [
    'the plan has none',
    'free_teams_cannot_create_non_tabbed_canvases',
    /the plan of this workspace has no canvases/,
  ],
  ['the scope is missing', 'missing_scope', /the app has no scope canvases:write/],
  [
    'Slack broke off in the middle',
    'internal_error',
    /Slack did not say whether it made the canvas/,
  ],
])('%s: the draft is in the thread, with the reason', async (_, error, because) => {
  stage = await play();
  stage.world.slack.faults.add({ method: 'canvases.create', kind: 'error', error });
  await close();
  await drafted();
  expect(made()).toBe(0);
  expect(thread()).toMatch(because);
  expect(thread()).toContain('Detected: the case was opened: 2026-11-22 09:00 UTC');
  expect(thread()).toMatch(/Resolved +by a responder +U0MARIA/);
  await stage.leap(300);
  expect(made()).toBe(0);
  await stage.curtain();
});

test('a canvas that may not be shared is never said to be, and its draft is in the thread', async () => {
  stage = await play();
  const error = 'missing_scope';
  stage.world.slack.faults.add({ method: 'canvases.access.set', kind: 'error', error });
  await close();
  await drafted();
  expect(made()).toBe(1);
  expect(stage.world.slack.canvases()).toMatchObject([{ writers: [] }]);
  expect(thread()).toContain('the canvas could not be shared with this channel');
  const stored = await casesTable(stage.world.owners.cases).get(stage.caseIdOn(stage.card()));
  expect(stored?.review?.canvas?.shared).toBe('refused');
  expect(stored?.wrapUp).toBeUndefined();
  await stage.curtain();
});

test('an answer that is lost makes no second canvas, and the thread names the title to look for', async () => {
  stage = await play();
  stage.world.slack.faults.add({ method: 'canvases.create', kind: 'timeout', count: 1 });
  await close();
  await drafted();
  await stage.leap(300);
  expect(made()).toBe(1);
  const title = stage.world.slack.canvases()[0]?.title ?? '';
  const [named = ''] = /^Review of C\w+/.exec(title) ?? [];
  expect(named).not.toBe('');
  // By its id alone: the rest of the title may be anybody's words.
  expect(thread()).toContain(`begins with “${named}”`);
  expect(thread()).not.toContain(`“${title}”`);
});

test('a Slack that is away or busy is asked again the next minute', async () => {
  stage = await play();
  await close();
  stage.world.slack.faults.add({ method: 'conversations.info', kind: 'error', count: 1 });
  stage.world.slack.faults.add({ method: 'canvases.create', kind: 'throttle', count: 1 });
  stage.world.slack.faults.add({
    method: 'canvases.access.set',
    kind: 'error',
    error: 'fatal_error',
    count: 1,
  });
  await drafted();
  expect(made()).toBe(0);
  await stage.leap(60);
  expect(made()).toBe(0);
  await stage.leap(60);
  expect(made()).toBe(1);
  expect(stage.world.slack.canvases()[0]?.writers).toEqual([]);
  await stage.leap(60);
  await stage.world.advance(2);
  expect(stage.world.slack.canvases()[0]?.writers).toEqual(['C0SECURITY']);
  expect(thread()).toContain('Open the review');
});

test('a channel that another organisation reads gets no canvas', async () => {
  stage = await play();
  await close();
  stage.world.slack.setShared('C0SECURITY', true);
  await drafted();
  expect(made()).toBe(0);
});

/**
 * Its month, its place among cases like it, the claim (a resolved case is written with its place in history);
 * then Slack makes the canvas, and this write keeps it.
 */
const savesCanvas = 6;

/** Answers whether there was a write of that number. */
const killedBefore = async (nth: number): Promise<boolean> => {
  const { wrap, arm, killed } = killer('worker', nth);
  stage = await play({ wrap });
  await close();
  arm(stage.world);
  await stage.leap(60);
  // The queue gives the task again, and a claim counts as left behind after two minutes.
  for (let minute = 0; minute < 6; minute += 1) await stage.leap(60);
  await stage.world.advance(2);
  try {
    expect(made()).toBeLessThanOrEqual(1);
    expect(thread()).toContain('A review was drafted');
    if (nth === savesCanvas)
      expect([made(), thread()]).toEqual([1, expect.stringContaining('did not say')]);
    expect((await stage.audit()).filter((kind) => kind === 'case.reviewed')).toHaveLength(1);
    await stage.command(people.maria, 'metrics');
    expect(stage.told(people.maria)).toContain('1 closed: 1 true positive');
  } catch (error) {
    throw new Error(`killed before write ${nth}`, { cause: error });
  }
  return killed();
};

test('a worker killed between the claim and its answer leaves one canvas at most, and one review', async () => {
  const every = strideOf(0) === 1 ? [1, 2, 3, 4, 5, 6, 7, 8, 9] : [savesCanvas];
  for (const nth of every) {
    const killed = await killedBefore(nth);
    if (every.length === 1) expect(killed).toBe(true);
    if (nth !== every.at(-1)) await stage.close();
  }
}, 120_000);
