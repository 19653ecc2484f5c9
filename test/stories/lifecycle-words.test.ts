/** What people say about a case: comments from its thread, "was this you?", and the timeline of all of it. */
import { afterEach, describe, expect, test } from 'vitest';
import {
  compromisedServer,
  guardDutyEvent,
  leakedKey,
} from '../../src/local/scenarios/guardduty-event.ts';
import { toGatewayEvent } from '../../src/local/slack/gateway-event.ts';
import { isolate } from './acts.ts';
import { type Play, people, play } from './play.ts';
import { channel } from './screen.ts';

let stage: Play;

afterEach(() => stage.close());

const serverAlert = () =>
  stage.world.events([guardDutyEvent(compromisedServer, stage.world.clock.now())]);

describe('what is written under a card', () => {
  test('is kept in the record as it was written, by whom, and drawn as plain text', async () => {
    stage = await play();
    await serverAlert();
    const text = 'Owner says: not us <!channel> *stop*';
    await stage.say(people.nobody, text);
    expect(stage.cardSays()).toContain('Last of 1 comment: ');
    expect(JSON.stringify(stage.card().blocks)).toContain(JSON.stringify(text).slice(1, -1));
    const comment = (await stage.entries()).find(({ kind }) => kind === 'case.commented');
    expect(comment).toMatchObject({ actor: 'slack:T0CORDON/U0NOBODY', detail: { text } });
    await stage.curtain();
  });

  test('is bounded on the card, and whole in the audit as far as it is kept', async () => {
    stage = await play();
    await serverAlert();
    await stage.say(people.maria, 'x'.repeat(20_000));
    expect(stage.cardSays()).not.toContain('x'.repeat(251));
    const comment = (await stage.entries()).find(({ kind }) => kind === 'case.commented');
    expect(String(comment?.detail?.['text'])).toHaveLength(3000);
    await stage.curtain();
  });
});

describe('what is not kept', () => {
  test('of a guest or a stranger, and they are told why', async () => {
    stage = await play();
    await serverAlert();
    await stage.say(people.guest, 'let me in');
    await stage.say(people.stranger, 'me too');
    expect(stage.cardSays()).not.toContain('comment');
    expect(stage.told(people.guest)).toContain('Guests cannot act');
    expect(await stage.refusals()).toEqual([
      'Guests cannot act.',
      'You belong to another Slack workspace.',
    ]);
    await stage.curtain();
  });

  test('elsewhere, or by an app, never leaves web', async () => {
    stage = await play();
    await serverAlert();
    const { ts } = stage.card();
    const sent = (event: object) =>
      stage.world.request(
        toGatewayEvent({
          body: JSON.stringify({
            type: 'event_callback',
            team_id: 'T0CORDON',
            event_id: 'Ev1',
            authorizations: [{ team_id: 'T0CORDON', user_id: 'U0CORDON', is_bot: true }],
            event: { type: 'message', channel, ts: '1.1', text: 'hello', ...event },
          }),
          contentType: 'application/json',
          signingSecret: stage.world.slack.signingSecret,
          now: stage.world.clock.now(),
        }),
      );
    for (const event of [
      { user: people.maria },
      { user: people.maria, thread_ts: ts, subtype: 'message_changed' },
      { user: people.maria, thread_ts: ts, bot_id: 'B0OTHER' },
    ])
      expect((await sent(event)).statusCode).toBe(200);
    await stage.world.idle();
    const jobs = stage.world.aws.calls.filter(
      (call) => call.function === 'web' && call.operation === 'SendMessage',
    );
    expect(jobs).toEqual([]);
    await stage.curtain();
  });

  test('is sent again by Slack when the queue failed, and kept once', async () => {
    stage = await play();
    await serverAlert();
    const { event } = stage.world.slack.say({
      user: people.maria,
      channel,
      thread_ts: stage.card().ts,
      text: 'once',
    });
    stage.world.aws.faults.add({ service: 'sqs', operation: 'SendMessage', kind: 'error' });
    expect((await stage.world.request(event)).statusCode).toBe(500);
    stage.world.aws.faults.clear();
    expect((await stage.world.request(event)).statusCode).toBe(200);
    expect((await stage.world.request(event)).statusCode).toBe(200);
    await stage.world.idle();
    const kept = (await stage.entries()).filter(({ kind }) => kind === 'case.commented');
    expect(kept).toHaveLength(1);
    await stage.curtain();
  });
});

const owner = { id: 'sam.ray@example.com', slack: [people.nobody], aws: ['ci-*'] };
const keyAlert = (severity = 8.4) =>
  stage.world.events([guardDutyEvent({ ...leakedKey, severity }, stage.world.clock.now())]);
const ask = async () => {
  await stage.choose(people.maria, 'Ask: was this you?');
};

describe('“was this you?”', () => {
  test('a yes is a remark: it closes nothing, and lowers not below HIGH where a key is stolen', async () => {
    stage = await play({ config: { identities: [owner] } });
    await keyAlert(9.5);
    await ask();
    expect(stage.direct(people.nobody).map((message) => stage.says(message))).toEqual([
      expect.stringMatching(/Was this you\?.*ci-deploy/),
    ]);
    await stage.pressDirect(people.nobody, 'was-me');
    expect(
      stage
        .direct(people.nobody)
        .map((message) => stage.says(message))
        .join(),
    ).toContain('You answered: it was you');
    expect(stage.cardSays()).toContain('*HIGH*');
    expect(stage.threadSays().at(-1)).toContain('This closes nothing');
    expect(await stage.openCases()).toHaveLength(1);
    expect(stage.mutations()).toEqual([]);
    // The same thing again is no rise.
    await keyAlert(9.5);
    expect(stage.cardSays()).toContain('*HIGH*');
    await ask();
    await stage.pressDirect(people.nobody, 'was-me');
    expect(stage.cardSays()).toContain('*HIGH*');
    await stage.curtain();
  });

  test('a no raises the case and calls people; the answer counts once', async () => {
    stage = await play({ config: { identities: [owner] } });
    await keyAlert();
    await ask();
    const { ts } = stage.direct(people.nobody)[0] ?? { ts: '' };
    const drawn = stage.world.slack.message('D0NOBODY', ts);
    await stage.pressDirect(people.nobody, 'was-not-me');
    expect(stage.cardSays()).toContain('*CRITICAL*');
    expect(stage.threadSays().join()).toContain('They say that it was not them');
    expect(stage.threadSays().join()).toContain('*Severity rose.* <!subteam^S0SECRESP>');
    await stage.world.gesture(
      stage.world.slack.press({
        user: people.nobody,
        channel: 'D0NOBODY',
        ts,
        action_id: 'was-me',
        ...(drawn ? { drawn } : {}),
      }),
    );
    expect(stage.told(people.nobody)).toContain('You have answered: it was not you');
    expect(stage.cardSays()).toContain('*CRITICAL*');
    await stage.curtain();
  });
});

describe('the question', () => {
  test('is answered by nobody else, and not offered where nobody is known', async () => {
    stage = await play({ config: { identities: [owner] } });
    await keyAlert();
    await ask();
    const { ts } = stage.direct(people.nobody)[0] ?? { ts: '' };
    await stage.world.gesture(
      stage.world.slack.press({
        user: people.lee,
        channel: 'D0NOBODY',
        ts,
        action_id: 'was-me',
      }),
    );
    expect(await stage.refusals()).toEqual(['Somebody else was asked.']);
    expect(stage.cardSays()).toContain('*HIGH*');
    await stage.close();
    stage = await play();
    await keyAlert();
    await expect(ask()).rejects.toThrow(/no button/);
    await stage.curtain();
  });
});

test('the timeline tells what is planned and what happened, the newest first, by pages', async () => {
  stage = await play();
  await serverAlert();
  await stage.choose(people.maria, 'Timeline');
  expect(stage.told(people.maria)).toMatch(
    /What happens next .*Unless somebody acknowledges: calls whoever is on call/,
  );
  expect(stage.told(people.maria)).toMatch(/What happened \(1\) .*Opened: HIGH/);
  await stage.press(people.maria, 'acknowledge');
  for (let n = 0; n < 30; n += 1) await stage.say(people.lee, `observation ${n}`);
  await stage.choose(people.lee, 'Timeline');
  expect(stage.told(people.lee)).toContain('Nothing is planned');
  expect(stage.told(people.lee)).not.toContain('Opened: HIGH');
  await stage.pressInModal(people.lee, 'timeline-older');
  expect(stage.told(people.lee)).toContain('Opened: HIGH');
  await stage.pressInModal(people.lee, 'timeline-newer');
  expect(stage.told(people.lee)).not.toContain('Opened: HIGH');
  await stage.curtain();
});

test('a contained case pings each person at most twice, and nobody by what they did', async () => {
  stage = await play();
  await isolate(stage);
  expect(stage.cardSays()).toContain('*Contained*');
  expect(stage.controls(stage.card()).length).toBeLessThanOrEqual(4);
  await stage.choose(people.maria, 'Timeline');
  expect(stage.told(people.maria)).toMatch(/To be looked at again.*Approved: /);
  await stage.press(people.maria, 'resolve');
  await stage.fill(people.maria, { classification: 'true-positive', note: 'Contained' });
  expect(stage.cardSays()).toContain('*Resolved* as *True positive*');
  for (const user of Object.values(people))
    expect(stage.world.slack.pings(user)).toBeLessThanOrEqual(2);
  await stage.curtain();
});
