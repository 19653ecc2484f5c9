/** The digest: made once when it is due, posted by the pacer, true in what it counts. */
import { afterEach, expect, test } from 'vitest';
import { guardDutyEvent, portScan } from '../../src/local/scenarios/guardduty-event.ts';
import { askToIsolate, isolate } from './acts.ts';
import { type Play, people, play } from './play.ts';
import { wordsIn } from './screen.ts';

let stage: Play;

afterEach(() => stage.close());

const digests = () => stage.posts().filter(({ text }) => /^The (day|week) to/.test(text));
const says = (): string => wordsIn(digests().at(-1)?.blocks ?? []);

/** As it comes with Cordon: at nine. */
const morning = { digest: { at: '09:00', containMinutes: 60, resolveHours: 72, timeZone: 'UTC' } };
/** A Tuesday. */
const start = '2026-11-24T08:00:00Z';

test('a quiet day is one line, posted once', async () => {
  stage = await play({ start, config: morning });
  await stage.leap(3600);
  await stage.world.advance(10);
  expect(digests()).toHaveLength(1);
  expect(digests()[0]?.blocks).toHaveLength(1);
  expect(says()).toContain('The day to 2026-11-24 was quiet.');
  expect(says()).toContain('Nothing was received.');
  await stage.world.advance(120);
  expect(digests()).toHaveLength(1);
  await stage.curtain();
});

test('it tells what came, how long people took, what is in force, and that nothing is lost', async () => {
  stage = await play({ start, config: morning });
  await isolate(stage);
  await stage.scenario('leaked-key');
  // A LOW finding has no card: the digest is where it is told.
  await stage.world.events([guardDutyEvent({ ...portScan, severity: 2 }, stage.world.clock.now())]);
  await stage.leap(3600);
  await stage.world.idle();
  expect(digests()).toHaveLength(1);
  const told = says();
  expect(told).toMatch(/New: +2 \(/);
  expect(told).toMatch(/Approvals: +1/);
  expect(told).toMatch(/To acknowledge: median .*; target CRITICAL 5 min, HIGH 15 min: kept/);
  expect(told).toMatch(/To contain: median .*, p90 .*, of 1; target 1 h: kept/);
  expect(told).toContain('Containments still in force');
  expect(told).toContain('Told only here');
  expect(told).toContain('3 received = 2 with a card + 1 in the digest');
  expect(told).toContain('No finding within 7 days from');
  expect(digests()[0]?.blocks.map(({ type }) => type)).toContain('data_visualization');
  // Two cases, an approval, and the escalation of the case that nobody acknowledged.
  await stage.curtain();
});

test('on Monday it tells about the week, day by day', async () => {
  stage = await play({ start: '2026-11-20T10:00:00Z', config: morning });
  await stage.scenario('compromised-server');
  await stage.leap(3 * 86_400 - 3600 + 60);
  await stage.world.idle();
  expect(digests().at(-1)?.text).toContain('The week to 2026-11-23: 1 new');
  const chart = digests()
    .at(-1)
    ?.blocks.find(({ type }) => type === 'data_visualization');
  expect(JSON.stringify(chart)).toContain('"label":"11-20","value":1');
});

test('a Slack that cannot draw the chart gets the same numbers as a table', async () => {
  stage = await play({ start, config: morning });
  await stage.scenario('compromised-server');
  await stage.leap(3590);
  stage.world.slack.faults.add({
    method: 'chat.postMessage',
    kind: 'error',
    count: 1,
    error: 'invalid_blocks',
  });
  await stage.world.advance(120);
  expect(digests()).toHaveLength(1);
  expect(digests()[0]?.blocks.map(({ type }) => type)).toContain('table');
});

test('while Slack is down the digest waits, and is posted once when it is back', async () => {
  stage = await play({ start, config: morning });
  stage.world.slack.faults.add({ method: 'chat.postMessage', kind: 'error', count: 3 });
  await stage.leap(3600);
  expect(digests()).toHaveLength(0);
  await stage.world.advance(120);
  expect(digests()).toHaveLength(1);
});

test('asked for, it is told to the person alone', async () => {
  stage = await play({ start, config: morning });
  await askToIsolate(stage);
  await stage.world.tick();
  await stage.command(people.lee, 'digest');
  expect(stage.told(people.lee)).toMatch(/New: +1 \(/);
  await stage.command(people.lee, 'digest week');
  expect(stage.told(people.lee)).toContain('The week to 2026-11-24');
  await stage.command(people.lee, 'digest year');
  expect(stage.told(people.lee)).toContain('/cordon digest week');
  expect(digests()).toHaveLength(0);
});
