/** What a channel with many readers is shown, and what who may act is shown alone. */
import { afterEach, expect, test } from 'vitest';
import { redactedText } from '../../src/slack/redact.ts';
import { isolate, server } from './acts.ts';
import { type Play, people, play } from './play.ts';

let stage: Play;

afterEach(() => stage?.close());

const secret = /\d{12}(?!\d)(?![^"]*\.)|\b(AKIA|ASIA)[A-Z0-9]{16}\b|arn:aws|\b\d+\.\d+\.\d+\.\d+\b/;

const shownTexts = (): readonly string[] => {
  const texts: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, each] of Object.entries(value))
      if (name === 'text' && typeof each === 'string') texts.push(each);
      else walk(each);
  };
  walk(stage.world.slack.state()['channels']);
  return texts;
};

test.each([
  ['account 123456789012', 'account …9012'],
  ['AKIAIOSFODNN7EXAMPLE', '…MPLE'],
  ['arn:aws:iam::123456789012:user/ci-deploy', '…ploy'],
  ['from 198.51.100.24', 'from …0.24'],
  ['from 198[.]51[.]100[.]24', 'from ….]24'],
  ['from 2001:db8:1::18', 'from …::18'],
  ['at 09:00:00 on 2026-11-22', 'at 09:00:00 on 2026-11-22'],
  ['i-0a1b2c3d4e5f60718 of vpc-0f1e2d3c4b5a69788', 'i-0a1b2c3d4e5f60718 of vpc-0f1e2d3c4b5a69788'],
])('masks %j', (text, expected) => {
  expect(redactedText(text)).toBe(expected);
});

test('no card, request or notification in a wide channel shows a whole id or address', async () => {
  stage = await play({ config: { wideChannels: ['C0SECURITY'] } });
  await isolate(stage);
  await stage.scenario('leaked-key');
  const texts = shownTexts();
  expect(texts.length).toBeGreaterThan(30);
  expect(texts.filter((text) => secret.test(text))).toEqual([]);
  expect(texts.join(' ')).toContain('…9012');
});

test('a review masks what its channel may not read, in the canvas and in the thread', async () => {
  stage = await play({ config: { wideChannels: ['C0SECURITY'] } });
  await stage.scenario('leaked-key');
  const id = stage.caseIdOn(stage.card());
  const said = 'seen from 198.51.100.24 in 123456789012';
  await stage.say(people.maria, said);
  await stage.command(people.maria, `review ${id}`);
  await stage.command(people.maria, `review ${id}`);
  const [canvas] = stage.world.slack.canvases();
  expect(canvas?.markdown).toContain('in …9012');
  expect(`${canvas?.title} ${canvas?.markdown}`).not.toMatch(secret);
  const thread = shownTexts().filter((text) => text.includes('…9012'));
  expect(thread.length).toBeGreaterThan(0);
  expect(shownTexts().filter((text) => text !== said && secret.test(text))).toEqual([]);
});

test('Details shows the whole of it to a responder alone, and to nobody else', async () => {
  stage = await play({ config: { wideChannels: ['C0SECURITY'] } });
  await stage.scenario('compromised-server');
  await stage.press(people.maria, 'show-case');
  expect(stage.told(people.maria)).toContain('123456789012');
  expect(stage.told(people.maria)).toContain(server);
  await stage.press(people.guest, 'show-case');
  expect(stage.told(people.guest)).toContain('Not done');
  expect(stage.told(people.guest)).not.toContain('123456789012');
});

test('where responders are, ids are whole and there is no button for it', async () => {
  stage = await play();
  await stage.scenario('compromised-server');
  expect(stage.cardSays()).toContain('123456789012');
  expect(JSON.stringify(stage.card().blocks)).not.toContain('show-case');
});
