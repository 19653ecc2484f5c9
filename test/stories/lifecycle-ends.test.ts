/** How a case ends, and does not: resolved, back again, merged, split. */
import { afterEach, describe, expect, test } from 'vitest';
import {
  compromisedServer,
  guardDutyEvent,
  leakedKey,
  type Story,
} from '../../src/local/scenarios/guardduty-event.ts';
import { askToIsolate } from './acts.ts';
import { type Play, people, play } from './play.ts';

let stage: Play;

afterEach(() => stage.close());

const send = (story: Story, change: Partial<Story> & { archived?: boolean } = {}) => {
  const event = guardDutyEvent({ ...story, ...change }, stage.world.clock.now());
  const text = JSON.stringify(event);
  return stage.world.events([
    JSON.parse(change.archived ? text.replace('"archived":false', '"archived":true') : text),
  ]);
};

/** The same server and actor, another kind of finding: it belongs to the same case. */
const mining: Story = {
  ...compromisedServer,
  id: 'aaaabbbbccccddddeeeeffff00001111',
  type: 'CryptoCurrency:EC2/BitcoinTool.B',
  title: 'EC2 instance i-0a1b2c3d4e5f60718 is querying an address of a mining pool.',
};

const resolve = async (user: string, classification: string, note = 'Looked at the logs') => {
  await stage.choose(user, 'Resolve');
  await stage.fill(user, { classification, note });
};

describe('resolving', () => {
  test('asks what it was and a note, says both on the card, and takes it off the list', async () => {
    stage = await play();
    await send(compromisedServer);
    const [id = ''] = await stage.openCases();
    await stage.choose(people.maria, 'Resolve');
    await expect(stage.fill(people.maria, { classification: 'benign' })).rejects.toThrow(
      /must be filled in/,
    );
    await stage.fill(people.maria, {
      classification: 'benign',
      note: 'Our own scanner <!channel>',
    });
    expect(stage.cardSays()).toMatch(/\*Resolved\* as \*Benign\* by <@U0MARIA>/);
    expect(stage.cardSays()).toContain('Our own scanner <!channel>');
    expect(stage.controls(stage.card())).toEqual(['reopen', 'more']);
    expect(await stage.openCases()).toEqual([]);
    expect(await stage.resolvedCases()).toEqual([[id, 'benign']]);
    await stage.leap(3600);
    expect(stage.thread()).toEqual([]);
    expect(await stage.audit()).toEqual(['case.opened', 'case.resolved']);
    await stage.curtain();
  });

  test('is refused while a request waits, and to a guest', async () => {
    stage = await play();
    await askToIsolate(stage);
    await stage.press(people.maria, 'resolve');
    expect(stage.told(people.maria)).toContain('A request of this case is pending');
    await stage.press(people.guest, 'resolve');
    expect(stage.told(people.guest)).toContain('Guests cannot act');
    expect(stage.cardSays()).toContain('*Approval needed*');
    await stage.curtain();
  });

  test('as a false positive offers a suppression with what it would have hidden', async () => {
    stage = await play();
    await send(compromisedServer);
    await resolve(people.maria, 'false-positive');
    expect(stage.told(people.maria)).toContain('Will it come back?');
    await stage.pressInModal(people.maria, 'plan:suppress-finding');
    expect(stage.told(people.maria)).toMatch(/What to suppress.*1 case, highest HIGH/);
    await stage.curtain();
  });

  test('of a case about oneself is refused', async () => {
    const identities = [{ id: 'maria@example.com', slack: [people.maria], aws: ['ci-deploy'] }];
    stage = await play({ config: { identities } });
    await send(leakedKey);
    await stage.choose(people.maria, 'Resolve');
    expect(stage.told(people.maria)).toContain('This case is about you');
    await stage.choose(people.maria, 'Snooze');
    expect(stage.told(people.maria)).toContain('This case is about you');
    await resolve(people.lee, 'true-positive');
    expect(stage.cardSays()).toContain('*Resolved* as *True positive*');
    await stage.curtain();
  });
});

describe('a resolved case', () => {
  test('is opened again by a responder, who has it then; only whoever had it is called', async () => {
    stage = await play();
    await send(compromisedServer);
    await stage.choose(people.maria, 'Assign');
    await stage.fill(people.maria, {});
    await stage.press(people.maria, 'resolve');
    await stage.fill(people.maria, { classification: 'test', note: 'A drill' });
    await stage.press(people.lee, 'reopen');
    expect(stage.cardSays()).toMatch(/\*Acknowledged\*.*<@U0MARIA> has it/);
    expect(stage.threadSays()).toEqual([
      expect.stringMatching(/\*Open again\*.*a responder opened it again.* <@U0MARIA>/),
    ]);
    expect(await stage.openCases()).toHaveLength(1);
    expect(await stage.resolvedCases()).toEqual([]);
    await stage.curtain();
  });

  test('is opened again by something new, not by a repeat', async () => {
    stage = await play();
    await send(compromisedServer);
    await resolve(people.maria, 'false-positive');
    await send(compromisedServer, { count: 99 });
    expect(stage.cardSays()).toContain('*Resolved*');
    await send(mining);
    expect(stage.cards()).toHaveLength(1);
    expect(stage.cardSays()).toContain('*Open*');
    expect(stage.threadSays().join()).toContain('something new came');
    expect((await stage.audit()).filter((kind) => kind === 'case.reopened')).toHaveLength(1);
    await stage.curtain();
  });

  test('says when its source archived the finding, and in a message when it is back', async () => {
    stage = await play();
    await send(compromisedServer);
    stage.world.clock.moveTo(stage.world.clock.now() + 60_000);
    await send(compromisedServer, { archived: true });
    expect(stage.cardSays()).toContain('*Over at its source*');
    stage.world.clock.moveTo(stage.world.clock.now() + 60_000);
    await send(compromisedServer, { count: 30 });
    expect(stage.cardSays()).not.toContain('Over at its source');
    expect(stage.threadSays()).toEqual([
      expect.stringContaining('*Archived in GuardDuty*'),
      expect.stringContaining('*It is back.*'),
    ]);
    await stage.curtain();
  });
});

describe('merging', () => {
  test('tells the findings in the other case, sends what comes later there, and closes this one', async () => {
    stage = await play();
    await send(leakedKey);
    await send(compromisedServer);
    const [serverCard, keyCard] = stage.cards();
    expect(stage.cards()).toHaveLength(2);
    const other = stage.caseIdOn(stage.cards()[1] ?? stage.card());
    await stage.choose(people.maria, 'Merge');
    await stage.fill(people.maria, { other });
    expect(stage.cardSays()).toContain(`*Merged* into case \`${other}\``);
    expect(await stage.openCases()).toEqual([other]);
    expect([serverCard?.ts, keyCard?.ts]).toHaveLength(2);
    const target = () => stage.cards()[1];
    expect(stage.says(target())).toContain('2 findings');
    await send(mining);
    expect(stage.says(target())).toContain('3 findings');
    expect(stage.cards()).toHaveLength(2);
    await stage.curtain();
  });
});

describe('splitting', () => {
  test('gives a finding a case and a card of its own, where its repeats go from then on', async () => {
    stage = await play();
    await send(compromisedServer);
    await send(mining);
    expect(stage.cards()).toHaveLength(1);
    await stage.choose(people.maria, 'Split');
    const key = stage.optionIn(people.maria, 'Server is mining');
    await stage.fill(people.maria, { finding: key });
    expect(stage.cards()).toHaveLength(2);
    expect(
      stage
        .cards()
        .map((card) => stage.says(card))
        .join(),
    ).toContain('Server is mining cryptocurrency');
    await send(mining, { count: 50, severity: 9.5 });
    const worse = stage.cards().filter((card) => stage.says(card).includes('*CRITICAL*'));
    expect(worse.map((card) => stage.says(card))).toEqual([
      expect.stringContaining('Server is mining cryptocurrency'),
    ]);
    expect((await stage.audit()).filter((kind) => kind === 'case.split')).toHaveLength(1);
    await stage.curtain();
  });
});
