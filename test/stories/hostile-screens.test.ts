/**
 * Whatever an attacker or a colleague writes, on the screens beside the card: announcement, evidence, answers to
 * commands, forms, review and canvas, follow-ups, similar cases, home, digest and drill. One world, in order.
 */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { config } from '../../cordon.config.ts';
import { logCall } from '../../src/local/world/trail-events.ts';
import { settings } from './automation-acts.ts';
import { brokenOut, eventOf, joined, mark } from './hostile.ts';
import { type Play, people, play } from './play.ts';
import type { DrawnMessage } from './screen.ts';

vi.setConfig({ testTimeout: 60_000 });

const hostile = `${joined(0, 4)} ${joined(7, 9)} ${joined(4, 6)}`;
const grows = joined(6, 7);

let stage: Play;

/** What Cordon wrote: people's own messages are theirs, and have no blocks. */
const written = (messages: readonly DrawnMessage[]): readonly DrawnMessage[] =>
  messages
    .filter(({ blocks }) => blocks.length > 0)
    .map((one) => ({ ...one, replies: written(one.replies) }));

/** What got out of its place, and what Slack did not take. */
const problems = (): readonly string[] => {
  const { modals, ephemerals, homes } = stage.world.slack.state();
  return [
    ...brokenOut([modals, ephemerals, homes, written(stage.posts())]),
    ...stage.world.slack
      .calls()
      .filter(({ error }) => error?.startsWith('invalid_'))
      .map(({ method, error }) => `${method}: ${error}`),
  ];
};

/** Of the thread under a card, in one line. */
const threadOf = (card: DrawnMessage | undefined): string =>
  (card?.replies ?? []).map(stage.says).join(' ').replaceAll(/\s+/g, ' ');
/** The newest card of a case: counts of a burst are no card. */
const newest = () => stage.cards().findLast((card) => stage.caseIdOn(card) !== '');

beforeAll(async () => {
  stage = await play({
    start: '2026-11-24T07:00:00Z',
    config: {
      ...settings(),
      evidence: { ...config.evidence, from: 'HIGH' },
      digest: { ...config.digest, at: '09:00', timeZone: 'UTC' },
    },
  });
  logCall(
    stage.world.aws,
    { account: '123456789012', region: 'eu-west-1' },
    {
      at: '2026-11-24T06:50:00.000Z',
      name: `Stop ${hostile}`,
      source: 'ec2.amazonaws.com',
      user: 'ci-deploy',
      key: 'AKIAIOSFODNN7EXAMPLE',
      from: hostile,
      agent: hostile,
    },
  );
}, 60_000);
afterAll(() => stage.close());

test.each([
  ['everything that is hostile', hostile, 0],
  ['100,000 characters that grow when they are escaped', grows, 1],
])('%s: an announcement with its countdown, and a veto', async (_, text, n) => {
  await stage.world.events([eventOf(text, n)]);
  await stage.world.advance(10);
  const [announced] = newest()?.replies.filter((one) => stage.controls(one).includes('veto')) ?? [];
  expect(stage.says(announced)).toContain('*This runs by itself*');
  if (announced) await stage.press(people.maria, 'veto', announced);
  expect(threadOf(newest())).toContain('*Stopped before it began*');
  expect(problems()).toEqual([]);
});

test('evidence quotes what CloudTrail was told, and nothing of it is more than text', async () => {
  await stage.scenario('leaked-key');
  await stage.world.advance(70);
  expect(threadOf(newest())).toMatch(/Evidence what AWS.*EVIL/);
  expect(problems()).toEqual([]);
});

test('every command answers whatever it is given', async () => {
  const words = hostile.slice(0, 300);
  const id = stage.caseIdOn(stage.card());
  const asked = [
    ['', 'cases', 'pending', 'rules', 'suppressions', 'digest', 'metrics', 'automation', 'drill'],
    ['find', 'who', 'case', 'can', 'posture', 'evidence', 'audit'].map((one) => `${one} ${words}`),
    ['metrics', 'drill', 'automation', 'review', 'undo'].map((one) => `${one} ${words}`),
    [`can ${words} s3:GetObject`, `can ci-deploy s3:GetObject ${words}`, `request ${words} ${id}`],
    ['case', 'evidence', 'audit'].map((one) => `${one} ${id}`),
    [`can ${grows.slice(0, 900)} s3:GetObject`, `find ${grows.slice(0, 900)}`, words],
  ].flat();
  for (const text of asked) {
    expect(await stage.command(people.maria, text)).toMatchObject({ status: 200 });
  }
  expect(stage.told(people.maria)).toContain('Cordon does not know that command');
  expect(problems()).toEqual([]);
});

test('what colleagues write stays text on card, canvas, follow-up, home and the next case like it', async () => {
  await stage.say(people.lee, hostile);
  await stage.shortcut(people.maria, 'add-to-case', stage.card());
  await stage.fill(people.maria, { other: stage.caseIdOn(stage.card()) });
  await stage.choose(people.maria, 'Snooze');
  await stage.press(people.maria, 'acknowledge');
  await stage.choose(people.maria, 'Timeline');
  await stage.press(people.maria, 'resolve');
  await stage.fill(people.maria, { classification: 'true-positive', note: hostile });
  for (const _ of [1, 2]) await stage.leap(60);
  await stage.world.advance(2);
  const [canvas] = stage.world.slack.canvases();
  expect(canvas?.markdown).toContain(mark);
  expect(canvas?.markdown.replaceAll(/`[^`\n]*`/g, '')).not.toMatch(/EVIL|<|@|evil/);

  await stage.press(people.maria, 'follow-up', stage.withControl('follow-up'));
  await stage.fill(people.maria, {
    task: hostile.slice(0, 250),
    owner: people.lee,
    due: '2026-12-01',
  });
  await stage.command(people.lee, 'followups');
  expect(stage.told(people.lee)).toContain(mark);
  await stage.openHome(people.lee);
  expect(stage.home(people.lee).says).toContain(mark);

  await stage.leap(2 * 3600);
  const again = JSON.stringify(eventOf(hostile, 0, 3)).replaceAll('2e544e9500', '2e544e9777');
  await stage.world.events([JSON.parse(again)]);
  await stage.world.advance(10);
  expect(stage.says(newest())).toContain('Cases like it');
  expect(problems()).toEqual([]);
});

test('the score of a drill and the digest of the day hold it too', async () => {
  await stage.command(people.maria, `drill stolen-key ${hostile.slice(0, 200)}`);
  await stage.command(people.maria, 'drill stolen-key @lee');
  const drill = newest();
  await stage.say(people.lee, hostile, drill);
  await stage.press(people.maria, 'acknowledge', drill);
  await stage.press(people.maria, 'resolve', newest());
  await stage.fill(people.maria, { classification: 'true-positive', note: hostile });
  await stage.world.advance(180);
  expect(threadOf(newest())).toContain('*The drill is over*');
  await stage.leap(2 * 3600);
  await stage.world.advance(10);
  const digest = stage.posts().find(({ text }) => text.startsWith('The day to'));
  expect(stage.says(digest)).toContain(mark);
  expect(problems()).toEqual([]);
});
