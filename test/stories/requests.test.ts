import { afterEach, describe, expect, test } from 'vitest';
import { askToIsolate, groups } from './acts.ts';
import { type Play, people, play } from './play.ts';
import { wordsIn } from './screen.ts';

let stage: Play;

afterEach(() => stage.close());

const reason = 'It is the payment server: drain it first\nThen ask *me* again';

const nothingChanged = (): void => expect(stage.mutations()).toEqual([]);

describe('a request that nobody carries out', () => {
  test('is denied by an approver, who is named, and can be asked for again', async () => {
    stage = await play();
    const asked = await askToIsolate(stage);
    await stage.press(people.ana, 'deny', asked);
    nothingChanged();
    expect(stage.cardSays()).toContain('*Approval needed*');
    await stage.fill(people.ana, { why: reason });
    nothingChanged();
    const [card, called] = stage.threadSays();
    expect(card).toContain('*Denied* by <@U0ANA>; nothing was changed');
    expect(card).toContain('Why not:  It is the payment server: drain it first');
    expect(called).toContain('<@U0MARIA> *your request was denied*');
    expect(stage.cardSays()).toContain('*Acknowledged*, <@U0MARIA> has it');
    expect(stage.controls(stage.card())).toContain('plan:isolate-instance');
    expect(await stage.requestAudits()).toEqual([['request.created', 'request.denied']]);
    const denied = (await stage.entries()).find(({ kind }) => kind === 'request.denied');
    expect(denied?.detail).toMatchObject({ reason });

    await stage.press(people.maria, 'plan:isolate-instance');
    await stage.submit(people.maria);
    await stage.press(people.ana, 'approve', stage.withControl('approve'));
    expect(stage.cardSays()).toContain('*Contained*, verified');
    await stage.curtain();
  });

  test('is withdrawn by its requester and by nobody else', async () => {
    stage = await play();
    const asked = await askToIsolate(stage);
    await stage.press(people.lee, 'withdraw', asked);
    expect(stage.told(people.lee)).toContain('Only the requester can withdraw');
    expect(stage.cardSays()).toContain('*Approval needed*');
    await stage.press(people.maria, 'withdraw', stage.withControl('withdraw'));
    expect(stage.threadSays().at(-1)).toContain('*Withdrawn* by the requester');
    nothingChanged();
    expect(await stage.requestAudits()).toEqual([
      ['request.created', 'click.refused', 'request.withdrawn'],
    ]);
    await stage.curtain();
  });
});

describe('a request that nobody decides', () => {
  test('expires by itself after 15 minutes, and the card says so', async () => {
    stage = await play();
    const asked = await askToIsolate(stage);
    const drawn = stage.remember(asked);
    await stage.world.advance(14 * 60);
    expect(stage.cardSays()).toContain('*Approval needed*');
    await stage.world.advance(2 * 60);
    const says = stage.threadSays();
    const [card, called] = [says[0], says.at(-1)];
    expect(card).toContain('*Expired*');
    expect(called).toContain('*your request expired without its approvals*');
    expect(stage.cardSays()).toContain('*Acknowledged*');
    expect(stage.controls(stage.card())).toContain('plan:isolate-instance');
    await stage.pressRemembered(people.ana, 'approve', drawn);
    expect(stage.told(people.ana)).toContain('it expired before it had its approvals');
    nothingChanged();
    expect(await stage.requestAudits()).toEqual([
      [
        'request.created',
        'request.reminded',
        'request.reminded',
        'request.reminded',
        'request.expired',
        'click.refused',
      ],
    ]);
    await stage.curtain();
  });

  test('is refused too late even when no tick has run', async () => {
    stage = await play();
    const asked = await askToIsolate(stage);
    stage.world.clock.moveTo(stage.world.clock.now() + 15 * 60_000);
    await stage.press(people.ana, 'approve', asked);
    expect(stage.told(people.ana)).toContain('The request has expired');
    nothingChanged();
    await stage.world.tick();
    const [card, called] = stage.threadSays();
    expect(card).toContain('*Expired*');
    expect(called).toContain('*your request expired without its approvals*');
    await stage.curtain();
  });

  test('is over at the first decision: the second approver is told who was first', async () => {
    stage = await play();
    const asked = await askToIsolate(stage);
    const drawn = stage.remember(asked);
    await stage.press(people.lee, 'deny', asked);
    await stage.fill(people.lee, { why: 'Not now' });
    await stage.pressRemembered(people.ana, 'approve', drawn);
    expect(stage.told(people.ana)).toContain('it was denied');
    nothingChanged();
    await stage.curtain();
  });
});

describe('approval', () => {
  test('by the requester alone is refused, and the answer says what is needed', async () => {
    stage = await play();
    await stage.scenario('compromised-server');
    await stage.press(people.lee, 'plan:isolate-instance');
    await stage.submit(people.lee);
    const asked = stage.withControl('approve');
    await stage.press(people.lee, 'approve', asked);
    expect(stage.told(people.lee)).toContain('You requested this, so your approval does not count');
    expect(stage.told(people.lee)).toContain('an approver who is not you');
    nothingChanged();
    expect(await stage.requestAudits()).toEqual([['request.created', 'click.refused']]);
    await stage.press(people.ana, 'approve', asked);
    expect(stage.cardSays()).toContain('*Contained*, verified');
    // Lee is in the group of approvers that is asked: Slack cannot leave one member out.
    await stage.curtain();
  });

  test('by the second account of the requester counts as their own', async () => {
    stage = await play({
      config: { responders: { groups: ['S0SECRESP'], users: [people.ana, people.anaAgain] } },
    });
    await stage.scenario('compromised-server');
    await stage.press(people.ana, 'plan:isolate-instance');
    await stage.submit(people.ana);
    await stage.press(people.anaAgain, 'approve', stage.withControl('approve'));
    expect(stage.told(people.anaAgain)).toContain('your approval does not count');
    nothingChanged();
    await stage.press(people.lee, 'approve', stage.withControl('approve'));
    expect(stage.cardSays()).toContain('*Contained*, verified');
    await stage.curtain();
  });

  test('can be given in the whole plan, which the requester sees without the buttons', async () => {
    stage = await play();
    const asked = await askToIsolate(stage);
    const before = groups(stage);
    await stage.press(people.maria, 'view-plan', asked);
    expect(stage.told(people.maria)).toContain('What changes');
    expect(stage.told(people.maria)).not.toContain('Approve');
    await stage.press(people.ana, 'view-plan', asked);
    await stage.pressInModal(people.ana, 'approve');
    expect(stage.told(people.ana)).toContain('Recorded: approve');
    expect(groups(stage)).not.toEqual(before);
    await stage.curtain();
  });

  test('names nobody twice: who asked and who approved are told by name', async () => {
    stage = await play();
    const asked = await askToIsolate(stage);
    await stage.press(people.ana, 'approve', asked);
    const says = wordsIn(stage.withControl('undo').blocks);
    expect(says).toContain('Maria Okafor');
    expect(says).toContain('Ana Ortiz');
    expect(stage.world.slack.pings(people.maria)).toBe(1);
    expect(stage.world.slack.pings(people.ana)).toBe(1);
    expect(stage.world.slack.pings(people.lee)).toBe(2);
    await stage.curtain();
  });
});
