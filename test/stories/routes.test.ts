import { afterEach, expect, test } from 'vitest';
import { guardDutyEvent, portScan } from '../../src/local/scenarios/guardduty-event.ts';
import type { Route } from '../../src/rules/route.ts';
import { readEvent } from '../fixtures/events/read-event.ts';
import { type Play, people, play } from './play.ts';
import { type DrawnMessage, wordsIn } from './screen.ts';

let stage: Play;

afterEach(() => stage.close());

const routes: readonly Route[] = [
  {
    id: 'payments',
    when: { accounts: ['123456789012'], severity: 'HIGH' },
    channel: 'C0PAYMENTS',
    mention: { users: [people.lee] },
  },
  { id: 'sandbox', when: { accounts: ['111122223333'] }, channel: 'C0SANDBOX', mention: {} },
];

const server = readEvent('guardduty-ec2-c2');
const inAccount = (account: string): unknown =>
  JSON.parse(JSON.stringify(server).replaceAll('123456789012', account));

const channels = () =>
  stage.world.slack.state()['channels'] as readonly {
    readonly id: string;
    readonly messages: readonly DrawnMessage[];
  }[];
const messagesIn = (channel: string): readonly DrawnMessage[] =>
  channels().find(({ id }) => id === channel)?.messages ?? [];

/** How many messages each channel has, of those that have any. */
const places = (): Readonly<Record<string, number>> =>
  Object.fromEntries(
    channels().flatMap(({ id, messages }) => (messages.length > 0 ? [[id, messages.length]] : [])),
  );

const pings = (): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [people.maria, people.ana, people.lee].map((id) => [id, stage.world.slack.pings(id)]),
  );

test('findings of two accounts go to their own channels and people, the rest to the default', async () => {
  stage = await play({ config: { routes } });
  await stage.world.events([
    server,
    server,
    inAccount('111122223333'),
    guardDutyEvent(portScan, stage.world.clock.now()),
  ]);
  expect(places()).toEqual({ C0SECURITY: 1, C0PAYMENTS: 1, C0SANDBOX: 1 });
  expect(pings()).toEqual({ [people.maria]: 0, [people.ana]: 0, [people.lee]: 1 });
  const [card] = messagesIn('C0PAYMENTS');
  expect(wordsIn(card?.blocks)).toContain('Route payments: at least HIGH, account prod-payments.');
  await stage.world.events([inAccount('444455556666')]);
  expect(places()).toMatchObject({ C0SECURITY: 2 });
  expect(pings()).toEqual({ [people.maria]: 1, [people.ana]: 0, [people.lee]: 2 });
  await stage.curtain();
});

test('a server is contained from the channel of its route', async () => {
  stage = await play({ config: { routes } });
  await stage.world.events([server]);
  const channel = 'C0PAYMENTS';
  const [card] = messagesIn(channel);
  const press = (user: string, ts: string | undefined, action_id: string) =>
    stage.world.gesture(stage.world.slack.press({ user, channel, ts: ts ?? '', action_id }));
  const plan = card ? stage.controls(card).find((id) => id.startsWith('plan:isolate')) : undefined;
  await press(people.maria, card?.ts, plan ?? '');
  await stage.submit(people.maria);
  const request = messagesIn(channel)[0]?.replies.find((message) =>
    stage.controls(message).includes('approve'),
  );
  await press(people.ana, request?.ts, 'approve');
  expect(wordsIn(messagesIn(channel)[0]?.blocks)).toContain('*Contained*');
  expect(places()['C0SECURITY']).toBeUndefined();
  await stage.curtain();
});

test('a case that gets worse stays in its channel and calls the people of the newer route', async () => {
  stage = await play({ config: { routes } });
  await stage.world.events([guardDutyEvent(portScan, stage.world.clock.now())]);
  expect(pings()).toEqual({ [people.maria]: 0, [people.ana]: 0, [people.lee]: 0 });
  const worse = { ...portScan, severity: 8, count: 300 };
  await stage.world.events([guardDutyEvent(worse, stage.world.clock.now() + 120_000)]);
  expect(Object.keys(places())).toEqual(['C0SECURITY']);
  expect(stage.threadSays().join('\n')).toContain('*Severity rose.*');
  expect(pings()).toEqual({ [people.maria]: 0, [people.ana]: 0, [people.lee]: 1 });
  await stage.curtain();
});

const quiet = {
  severity: { card: 'LOW', digest: 'LOW', mention: 'LOW' },
  quietHours: { timeZone: 'Europe/Madrid', from: '20:00', to: '08:00', weekends: true },
} as const;

// 2026-11-22 is a Sunday, 2026-11-24 a Tuesday; Madrid is an hour ahead of UTC.
test.each([
  ['2026-11-22T12:00:00Z', 0],
  ['2026-11-24T12:00:00Z', 1],
  ['2026-11-24T18:59:00Z', 1],
  ['2026-11-24T19:00:00Z', 0],
])('what is below HIGH is shown at %s and calls %d', async (start, called) => {
  stage = await play({ config: quiet, start });
  await stage.world.events([guardDutyEvent(portScan, stage.world.clock.now())]);
  expect(stage.cards()).toHaveLength(1);
  expect(pings()[people.maria]).toBe(called);
  expect(stage.cardSays().includes('quiet hours')).toBe(called === 0);
  await stage.curtain();
});

test('HIGH calls on a Sunday night', async () => {
  stage = await play({ config: quiet, start: '2026-11-22T23:30:00Z' });
  await stage.world.events([server]);
  expect(pings()[people.maria]).toBe(1);
  await stage.curtain();
});

test('what a route also sends by email reaches the pager topic once, and once more when it gets worse', async () => {
  stage = await play({
    config: { routes: [{ id: 'mail', when: { severity: 'MEDIUM' }, email: true, mention: {} }] },
  });
  const alert = (change: object) =>
    stage.world.events([guardDutyEvent({ ...portScan, ...change }, stage.world.clock.now())]);
  const mails = () =>
    stage.world.pager.pages.filter(({ text }) => text.includes('its route also sends it by email'));
  await alert({ severity: 5 });
  expect(mails()).toEqual([]);
  await stage.world.advance(60);
  expect(mails().map(({ severity }) => severity)).toEqual(['MEDIUM']);
  await alert({ severity: 5, count: 9 });
  await stage.world.advance(120);
  expect(mails()).toHaveLength(1);
  await alert({ severity: 8, count: 10 });
  await stage.world.advance(60);
  expect(mails().map(({ severity }) => severity)).toEqual(['MEDIUM', 'HIGH']);
  expect(stage.cardSays()).toMatch(/Paged .* because its route also sends it by email/);
  await stage.curtain();
});
