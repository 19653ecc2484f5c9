/** Who has a case: acknowledged and not, assigned, snoozed. Through signed requests and the clock. */
import { afterEach, describe, expect, test } from 'vitest';
import { compromisedServer, guardDutyEvent } from '../../src/local/scenarios/guardduty-event.ts';
import { type Play, people, play } from './play.ts';

let stage: Play;

afterEach(() => stage.close());

const minutes = (count: number): Promise<void> => stage.world.advance(count * 60);
const pages = () => stage.world.pager.pages.map(({ text }) => text);

const alert = (change: Partial<typeof compromisedServer> = {}) =>
  stage.world.events([
    guardDutyEvent({ ...compromisedServer, ...change }, stage.world.clock.now()),
  ]);

describe('a case that nobody acknowledges', () => {
  test('says when it escalates, calls again, then pages; acknowledged, it is quiet', async () => {
    stage = await play();
    await alert();
    expect(stage.cardSays()).toMatch(/it escalates .*09:15 UTC/);
    await minutes(14);
    expect(stage.threadSays()).toEqual([]);
    await minutes(2);
    expect(stage.threadSays()).toEqual([
      expect.stringMatching(/Nobody has acknowledged this yet.* <!subteam\^S0SECRESP>/),
    ]);
    expect(stage.world.slack.pings(people.maria)).toBe(2);
    expect(pages()).toEqual([]);
    await minutes(15);
    expect(pages()).toEqual([
      expect.stringContaining('You are paged because nobody acknowledged it in time.'),
    ]);
    await stage.press(people.maria, 'acknowledge');
    await stage.leap(3600);
    expect(stage.thread()).toHaveLength(1);
    expect(pages()).toHaveLength(1);
    expect(stage.cardSays()).toContain('*Acknowledged*');
    expect(await stage.audit()).toEqual([
      'case.opened',
      'case.escalated',
      'case.escalated',
      'case.paged',
      'case.acknowledged',
    ]);
    await stage.curtain();
  });

  test('that was acknowledged in time, and then not any more, has its time anew', async () => {
    stage = await play();
    await alert();
    await stage.press(people.maria, 'acknowledge');
    await minutes(30);
    expect(stage.thread()).toEqual([]);
    await stage.choose(people.maria, 'Everything else');
    await stage.pressInModal(people.maria, 'unacknowledge');
    expect(stage.cardSays()).toContain('*Open*');
    expect(stage.controls(stage.card())).toContain('acknowledge');
    await minutes(14);
    expect(stage.thread()).toEqual([]);
    await minutes(2);
    expect(stage.threadSays().at(-1)).toContain('Nobody has acknowledged this yet');
    expect((await stage.audit()).slice(1, 3)).toEqual(['case.acknowledged', 'case.unacknowledged']);
    await stage.curtain();
  });
});

describe('escalation', () => {
  test('goes by the steps of the configuration: a group, another channel, the pager', async () => {
    stage = await play({
      config: {
        routes: [{ id: 'management', when: { severity: 'CRITICAL' }, channel: 'C0MANAGE' }],
        escalation: {
          criticalMinutes: 5,
          highMinutes: 15,
          steps: [
            { afterMinutes: 0, mention: { groups: ['S0SECAPPR'] } },
            { afterMinutes: 5, mention: { users: [people.lee] }, channel: 'C0MANAGE' },
          ],
        },
      },
    });
    await alert();
    await minutes(16);
    expect(stage.threadSays().at(-1)).toContain('<!subteam^S0SECAPPR>');
    await minutes(5);
    const { channels } = stage.world.slack.state() as unknown as {
      channels: readonly { id: string; messages: readonly { text: string }[] }[];
    };
    const managers = channels.find(({ id }) => id === 'C0MANAGE')?.messages ?? [];
    expect(managers.map(({ text }) => text)).toEqual([
      expect.stringContaining('Nobody has acknowledged'),
    ]);
    await stage.curtain();
  });
});

describe('assigning', () => {
  test('to oneself is one tap and pings nobody; to another tells them in a message', async () => {
    stage = await play();
    await alert();
    await stage.choose(people.maria, 'Assign');
    await stage.fill(people.maria, {});
    expect(stage.cardSays()).toMatch(/Acknowledged.*<@U0MARIA> has it/);
    expect(stage.thread()).toEqual([]);
    await stage.choose(people.maria, 'Assign');
    await stage.fill(people.maria, { assignee: people.lee });
    expect(stage.cardSays()).toContain('<@U0LEE> has it');
    expect(stage.threadSays()).toEqual([expect.stringContaining('<@U0LEE> *this is yours now*')]);
    expect(await stage.audit()).toEqual(['case.opened', 'case.assigned', 'case.assigned']);
    await stage.curtain();
  });

  test('to somebody who may not respond is refused, and says so', async () => {
    stage = await play();
    await alert();
    await stage.choose(people.maria, 'Assign');
    await stage.fill(people.maria, { assignee: people.guest });
    expect(stage.told(people.maria)).toContain('They may not respond');
    expect(stage.cardSays()).toContain('nobody has it yet');
    await stage.choose(people.nobody, 'Assign');
    expect(stage.told(people.nobody)).toContain('You are not a responder');
    await stage.curtain();
  });
});

describe('snoozing', () => {
  test('ends when it said, with a message that calls whoever has it', async () => {
    stage = await play();
    await alert();
    await stage.choose(people.maria, 'Assign');
    await stage.fill(people.maria, {});
    await stage.choose(people.lee, 'Snooze');
    await stage.fill(people.lee, { hours: '2', 'snooze-reason': 'Owner is on the way' });
    expect(stage.cardSays()).toMatch(/\*Snoozed\* until .*11:00 UTC/);
    expect(stage.cardSays()).toContain('Owner is on the way');
    await stage.leap(119 * 60);
    expect(stage.thread()).toEqual([]);
    await minutes(2);
    expect(stage.threadSays()).toEqual([
      expect.stringMatching(/The snooze is over.*its time is over.* <@U0MARIA>/),
    ]);
    expect(stage.cardSays()).toContain('*Acknowledged*');
    await stage.curtain();
  });

  test('is broken by a new actor, not by a repeat', async () => {
    stage = await play();
    await alert();
    await stage.choose(people.maria, 'Snooze');
    await stage.fill(people.maria, { hours: '8', 'snooze-reason': 'Known scan' });
    await alert({ count: 20 });
    expect(stage.cardSays()).toContain('*Snoozed*');
    await alert({
      id: '11112222333344445555666677778888',
      action: JSON.parse(
        JSON.stringify(compromisedServer.action).replace('192.0.2.44', '192.0.2.99'),
      ),
    });
    expect(stage.cardSays()).not.toContain('*Snoozed*');
    expect(stage.threadSays().join()).toContain('a new actor appeared: ip 192.0.2.99');
    await stage.curtain();
  });

  test('of what is CRITICAL lasts four hours at most, and never without a reason', async () => {
    stage = await play();
    await alert({ severity: 9.5 });
    await stage.choose(people.maria, 'Snooze');
    const offered = JSON.stringify(stage.world.slack.state());
    expect(offered).toContain('4 hours');
    expect(offered).not.toContain('8 hours');
    await expect(stage.fill(people.maria, { hours: '4' })).rejects.toThrow(/must be filled in/);
    await stage.curtain();
  });
});
