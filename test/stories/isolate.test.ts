import { afterEach, describe, expect, test } from 'vitest';
import { cutting, first, groups, isolate, preparing, second, server } from './acts.ts';
import { type Play, people, play } from './play.ts';
import { wordsIn } from './screen.ts';

let stage: Play;

afterEach(() => stage.close());

const place = () => stage.world.aws.partition('123456789012', 'eu-west-1');

const contained = [
  'request.created',
  'request.approved',
  'request.executing',
  // What prepares, and what cuts.
  'step.done',
  'step.done',
  'request.contained',
];

const undone = ['request.executing', 'step.done', 'step.done', 'request.undone'];

describe('isolating an instance with two interfaces', () => {
  test('is planned, approved by another person, carried out, verified and undone', async () => {
    stage = await play();
    await stage.scenario('compromised-server');
    const before = groups(stage);
    expect(stage.cards()).toHaveLength(1);
    expect(stage.controls(stage.card()).slice(0, 2)).toEqual([
      'plan:compromised-instance',
      'plan:isolate-instance',
    ]);

    await stage.press(people.maria, 'plan:isolate-instance');
    expect(stage.told(people.maria)).toContain('What changes');
    expect(stage.cardSays()).toContain('<@U0MARIA> has it');
    expect(stage.mutations()).toEqual([]);

    await stage.submit(people.maria, 'confirmed', {
      'reason-text': { 'reason-text': 'ticket: 42' },
    });
    const asked = stage.withControl('approve');
    expect(asked.reply_broadcast).toBe(true);
    expect(wordsIn(asked.blocks)).toContain('ticket: 42');
    expect(stage.mutations()).toEqual([]);

    await stage.press(people.ana, 'approve', asked);
    for (const [group, ...more] of groups(stage)) {
      expect(more).toEqual([]);
      expect(place().groups.get(group ?? '')).toMatchObject({
        name: 'cordon-quarantine',
        ingress: [],
        egress: [],
      });
    }
    expect(stage.cardSays()).toContain('*Contained*, verified');

    await stage.press(people.maria, 'undo', stage.withControl('undo'));
    await stage.submit(people.maria, 'resolved');
    expect(groups(stage)).toEqual(before);
    expect(stage.cardSays()).toContain('*Undone*');

    expect((await stage.audit()).slice(0, 4)).toEqual([
      'case.opened',
      'case.acknowledged',
      ...contained.slice(0, 2),
    ]);
    expect(await stage.requestAudits()).toEqual([
      [...contained, 'request.undoing', 'containment.ended'],
      ['request.created', ...undone],
    ]);
    await stage.curtain();
  });
});

describe('what isolating changes', () => {
  test('is prepared before it cuts, and is nothing but the instance, its two interfaces and our own group', async () => {
    stage = await play();
    await isolate(stage);
    const made = stage.mutations();
    expect(made.slice(0, preparing.length).toSorted()).toEqual(preparing);
    expect(made.slice(preparing.length).toSorted()).toEqual(cutting);
    await stage.curtain();
  });

  test('includes the interface that has an IPv6 address', async () => {
    stage = await play();
    expect(place().interfaces.get(first)?.ipv6).not.toEqual([]);
    await isolate(stage);
    expect(stage.groupsOf(first)).toEqual(stage.groupsOf(second));
    // A new group lets everything out, by IPv4 and by IPv6: both rules are gone.
    expect(place().groups.get(stage.groupsOf(first)[0] ?? '')?.egress).toEqual([]);
    await stage.curtain();
  });

  test('is nothing when the instance is already isolated: a late click is refused', async () => {
    stage = await play();
    await stage.scenario('compromised-server');
    const early = stage.remember(stage.card());
    await stage.press(people.maria, 'plan:isolate-instance');
    await stage.submit(people.maria);
    await stage.press(people.ana, 'approve', stage.withControl('approve'));
    expect(stage.controls(stage.card())).not.toContain('plan:isolate-instance');

    await stage.pressRemembered(people.lee, 'plan:isolate-instance', early);
    expect(stage.told(people.lee)).toContain(`Every network interface of ${server} is in`);
    expect((await stage.audit()).at(-1)).toBe('click.refused');
    expect(stage.mutations()).toHaveLength(preparing.length + cutting.length);
    await stage.curtain();
  });
});

describe('the undo of an isolation', () => {
  test('may be done by its approver alone within 15 minutes', async () => {
    stage = await play();
    const before = [stage.groupsOf(first), stage.groupsOf(second)];
    await isolate(stage);
    await stage.leap(14 * 60);
    await stage.press(people.ana, 'undo', stage.withControl('undo'));
    // Ana is no responder, but may take back what she approved.
    expect(stage.told(people.ana)).toContain('You may undo this alone');
    await stage.submit(people.ana, 'wrong-target');
    expect(groups(stage)).toEqual(before);
    await stage.curtain();
  });

  test('needs an approver after 15 minutes, and only a responder may ask for it', async () => {
    stage = await play();
    const before = groups(stage);
    await isolate(stage);
    await stage.leap(15 * 60);
    await stage.press(people.ana, 'undo', stage.withControl('undo'));
    expect(stage.told(people.ana)).toContain('You are not a responder');
    await stage.press(people.maria, 'undo', stage.withControl('undo'));
    expect(stage.told(people.maria)).toContain('Needs one approver other than you');
    await stage.submit(people.maria, 'resolved');
    expect(groups(stage)).not.toEqual(before);
    await stage.press(people.ana, 'approve', stage.withControl('approve'));
    expect(groups(stage)).toEqual(before);
    expect((await stage.requestAudits())[1]).toEqual([
      'request.created',
      'request.approved',
      ...undone,
    ]);
    // Lee is on call and approves: the card, the approval, and the approval of the undo.
    await stage.curtain();
  });

  test('that was offered in time is refused when it is submitted too late', async () => {
    stage = await play();
    await isolate(stage);
    await stage.leap(14 * 60 + 30);
    await stage.press(people.maria, 'undo', stage.withControl('undo'));
    await stage.world.advance(60);
    await stage.submit(people.maria, 'resolved');
    expect(stage.told(people.maria)).toContain('undo this alone is over');
    expect(stage.cardSays()).toContain('*Contained*, verified');
    await stage.curtain();
  });

  test('bars what somebody changed since, shows the difference, and ticks nothing by itself', async () => {
    stage = await play();
    await isolate(stage);
    await stage.scenario('drift-before-undo');
    const drifted = groups(stage);
    await stage.press(people.maria, 'undo', stage.withControl('undo'));
    const told = stage.told(people.maria);
    expect(told).toContain(
      `Security groups of ${first} is sg-0a1b2c3d4e5f60712, Cordon left cordon-quarantine`,
    );
    expect(told).toContain('By hand: back to sg-0a1b2c3d4e5f60711, sg-0a1b2c3d4e5f60712.');
    await stage.submit(people.maria, 'resolved');
    expect(stage.told(people.maria)).toContain('Nothing is chosen');
    expect(groups(stage)).toEqual(drifted);
    expect((await stage.audit()).at(-1)).toBe('click.refused');
    await stage.curtain();
  });
});

describe('a quarantine group that somebody opened', () => {
  test('is not used for another isolation', async () => {
    stage = await play();
    await isolate(stage);
    await stage.press(people.maria, 'undo', stage.withControl('undo'));
    await stage.submit(people.maria, 'resolved');
    await stage.scenario('tamper-quarantine');
    const changes = stage.mutations().length;
    await stage.press(people.maria, 'plan:isolate-instance');
    expect(stage.told(people.maria)).toContain('whatever is in it is not isolated');
    expect(stage.mutations()).toHaveLength(changes);
    await stage.curtain();
  });

  test('stops an approved isolation before anything is changed', async () => {
    stage = await play();
    await isolate(stage);
    await stage.press(people.maria, 'undo', stage.withControl('undo'));
    await stage.submit(people.maria, 'resolved');
    const before = groups(stage);
    const asked = await (async () => {
      await stage.press(people.maria, 'plan:isolate-instance');
      await stage.submit(people.maria);
      return stage.withControl('approve');
    })();
    await stage.scenario('tamper-quarantine');
    await stage.press(people.ana, 'approve', asked);
    expect(groups(stage)).toEqual(before);
    expect(stage.cardSays()).toContain('*Not contained*');
    expect(stage.threadSays().at(-1)).toContain('<@U0MARIA> *this needs you:*');
    expect((await stage.requestAudits()).at(-1)).toEqual([
      'request.created',
      'request.approved',
      'request.failed',
    ]);
    await stage.curtain();
  });
});

test('an instance is asked for once: a second responder is told who asked first', async () => {
  stage = await play();
  await stage.scenario('compromised-server');
  const early = stage.remember(stage.card());
  await askToIsolateAgain(early);
  expect(stage.told(people.lee)).toContain('already requested');
  expect(stage.thread()).toHaveLength(1);
  await stage.curtain();
});

const askToIsolateAgain = async (early: ReturnType<Play['remember']>): Promise<void> => {
  await stage.press(people.maria, 'plan:isolate-instance');
  await stage.submit(people.maria);
  await stage.pressRemembered(people.lee, 'plan:isolate-instance', early);
};
