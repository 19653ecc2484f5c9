/** A responder who is alone: what they may do, and what everybody is told of it. */
import { afterEach, describe, expect, test } from 'vitest';
import { config as example } from '../../cordon.config.ts';
import { askToIsolate, groups } from './acts.ts';
import { type Play, people, play } from './play.ts';

let stage: Play;

afterEach(() => stage.close());

const minutes = (count: number): Promise<void> => stage.world.advance(count * 60);
const pages = () => stage.world.pager.pages;
const reason = 'Data is leaving: nobody answers\n<!channel> `now`';
const mayBreakGlass = { config: { approval: { ...example.approval, breakGlass: true } } };

const breakGlass = async (user: string = people.maria): Promise<void> => {
  await stage.press(user, 'break-glass', stage.withControl('break-glass'));
  await stage.fill(user, { why: reason });
};

describe('the card of a request that waits', () => {
  test('lists what its requester may do alone, and pages the approvers when it is pressed', async () => {
    stage = await play();
    const asked = await askToIsolate(stage);
    expect(stage.says(asked)).toContain('Alone? What you may do now');
    expect(stage.says(asked)).toContain('On the card, by yourself:  Snapshot');
    expect(stage.controls(asked)).toContain('page-approvers');
    expect(stage.controls(asked)).not.toContain('break-glass');

    await stage.press(people.maria, 'page-approvers', asked);
    await minutes(1);
    expect(pages()).toHaveLength(1);
    expect(pages()[0]).toMatchObject({
      subject: expect.stringMatching(/^Approval needed: /),
      text: expect.stringContaining('because Maria Okafor asked for an approver'),
    });
    expect(stage.says(stage.withControl('approve'))).toContain('Approvers paged, asked for by');
    expect(stage.cardSays()).toContain('because Maria Okafor asked for an approver');
    expect(stage.mutations()).toEqual([]);
    await stage.curtain();
  });

  test('pages once: whoever presses an older screen is told who was first', async () => {
    stage = await play();
    const drawn = stage.remember(await askToIsolate(stage));
    await stage.press(people.maria, 'page-approvers', stage.withControl('page-approvers'));
    await stage.pressRemembered(people.maria, 'page-approvers', drawn);
    await stage.pressRemembered(people.lee, 'page-approvers', drawn);
    expect(stage.told(people.lee)).toContain('The approvers were paged already');
    await minutes(2);
    expect(pages()).toHaveLength(1);
    await stage.curtain();
  });
});

describe('a request that nobody answers', () => {
  test('is told again after 2, 5 and 12 minutes, and nobody is called a third time', async () => {
    stage = await play();
    await askToIsolate(stage);
    for (const [wait, told] of [
      [1, 0],
      [2, 1],
      [3, 2],
      [6, 2],
      [1, 3],
    ] as const) {
      await minutes(wait);
      const said = stage.threadSays().filter((text) => text.includes('*Nobody has answered yet.*'));
      expect(said).toHaveLength(told);
    }
    expect(stage.world.slack.pings(people.ana)).toBe(2);
    expect(stage.world.slack.pings(people.lee)).toBe(2);
    await stage.press(people.ana, 'approve', stage.withControl('approve'));
    expect(stage.cardSays()).toContain('*Contained*, verified');
    expect(stage.threadSays().join(' ')).not.toContain('*Nobody has answered yet.*');
    await stage.curtain();
  });

  test('is told again no more once it is answered', async () => {
    stage = await play();
    await askToIsolate(stage);
    await minutes(3);
    await stage.press(people.ana, 'deny', stage.withControl('approve'));
    await stage.fill(people.ana, { why: 'Not now' });
    await minutes(10);
    expect((await stage.audit()).filter((kind) => kind === 'request.reminded')).toHaveLength(1);
    await stage.curtain();
  });

  test('pages at the minutes of the configuration, where no glass can be broken', async () => {
    stage = await play({
      config: { approval: { ...example.approval, pageMinutes: [0, 2, 5] } },
    });
    await askToIsolate(stage);
    await minutes(1);
    expect(pages()).toHaveLength(1);
    await minutes(5);
    expect(pages()).toHaveLength(3);
    await stage.curtain();
  });
});

describe('breaking glass', () => {
  test('runs at tier 2 without an approver, and channel, pager and audit say who and why', async () => {
    stage = await play(mayBreakGlass);
    const asked = await askToIsolate(stage);
    const before = groups(stage);
    const pings = stage.world.slack.pings(people.ana);
    await stage.press(people.maria, 'break-glass', asked);
    expect(groups(stage)).toEqual(before);
    await stage.fill(people.maria, { why: reason });
    expect(groups(stage)).not.toEqual(before);
    expect(stage.cardSays()).toContain('*Contained*, verified');

    const said = stage.thread().find(({ text }) => text.startsWith('Glass broken: '));
    expect(said?.reply_broadcast).toBe(true);
    expect(stage.says(said)).toContain('*Glass broken.* This runs without an approver.');
    expect(stage.says(said)).toContain('<!subteam^S0SECAPPR>');
    expect(stage.says(said)).toMatch(/Maria Okafor .*nobody answers/);
    expect(stage.world.slack.pings(people.ana)).toBe(pings + 1);

    await minutes(1);
    expect(pages()).toHaveLength(1);
    expect(pages()[0]?.subject).toMatch(/^Glass broken: /);
    expect(pages()[0]?.text).toContain('Glass broken by Maria Okafor, without an approver');

    const entries = await stage.entries();
    expect(entries.find(({ kind }) => kind === 'request.glass-broken')).toMatchObject({
      actor: 'slack:T0CORDON/U0MARIA',
      detail: { reason, authority: expect.stringContaining('on call') },
    });
    expect(entries.map(({ kind }) => kind)).toContain('case.glass-broken');
    // Lee is on call and approves: the card, the request, and this, as loud as it can be.
    await stage.curtain({ pings: 3 });
  });

  test('is for whoever is on call: another responder is refused, and nothing happens', async () => {
    stage = await play({
      config: { ...mayBreakGlass.config, onCall: { users: [people.lee], groups: [] } },
    });
    const asked = await askToIsolate(stage);
    await stage.press(people.maria, 'break-glass', asked);
    expect(stage.told(people.maria)).toContain('Only whoever is on call breaks glass');
    await stage.press(people.guest, 'break-glass', asked);
    expect(stage.told(people.guest)).toContain('Guests cannot act');
    await stage.command(people.maria, 'whoami');
    expect(stage.told(people.maria)).toContain('Break glass: no. Only whoever is on call');
    await stage.command(people.lee, 'whoami');
    expect(stage.told(people.lee)).toContain('Break glass at tier 2: yes, you are on call');
    await stage.press(people.ana, 'break-glass', asked);
    expect(stage.told(people.ana)).toContain('You are not a responder');
    expect(stage.mutations()).toEqual([]);
    await stage.curtain();
  });
});

describe('breaking glass at the wrong time', () => {
  test('is refused while Slack cannot tell who is on call, and without a reason', async () => {
    stage = await play(mayBreakGlass);
    const asked = await askToIsolate(stage);
    await stage.press(people.maria, 'break-glass', asked);
    await stage.fill(people.maria, { why: '   ' });
    expect(stage.told(people.maria)).toContain('A reason is missing');
    await stage.world.advance(61);
    stage.world.slack.faults.add({ method: 'usergroups.users.list', kind: 'error' });
    await stage.press(people.maria, 'break-glass', asked);
    expect(stage.told(people.maria)).toContain('so the answer is no');
    expect(stage.mutations()).toEqual([]);
    stage.world.slack.faults.clear();
    await stage.curtain();
  });

  test('is off unless the configuration allows it, whatever is pressed', async () => {
    stage = await play();
    const { ts } = await askToIsolate(stage);
    const drawn = stage.remember({ ...stage.withControl('approve'), ts });
    const forged = JSON.parse(
      JSON.stringify(drawn).replaceAll('"page-approvers"', '"break-glass"'),
    );
    await stage.pressRemembered(people.maria, 'break-glass', forged);
    expect(stage.told(people.maria)).toContain('Breaking glass is switched off');
    expect(stage.mutations()).toEqual([]);
    await stage.curtain();
  });

  test('never replaces the approvals of tier 3', async () => {
    stage = await play({
      config: { ...mayBreakGlass.config, tiers: { 'isolate-instance': 3 } },
    });
    const asked = await askToIsolate(stage);
    expect(stage.controls(asked)).not.toContain('break-glass');
    const forged = JSON.parse(
      JSON.stringify(stage.remember(asked)).replaceAll('"page-approvers"', '"break-glass"'),
    );
    await stage.pressRemembered(people.maria, 'break-glass', forged);
    await stage.fill(people.maria, { why: reason });
    expect(stage.told(people.maria)).toContain('Tier 3 needs its approvals');
    expect(stage.mutations()).toEqual([]);
    await stage.curtain();
  });

  test('is void when live state drifts before the start', async () => {
    stage = await play(mayBreakGlass);
    await askToIsolate(stage);
    await stage.scenario('attach-interface');
    await breakGlass();
    expect(stage.mutations()).toEqual([]);
    expect(stage.cardSays()).toContain('*Approval needed*');
    await breakGlass();
    expect(stage.cardSays()).toContain('*Contained*, verified');
    await stage.curtain({ pings: 4 });
  });
});
