/** Promises that other stories do not play by themselves: what decides is stored, and never what is sent. */
import { afterEach, describe, expect, test } from 'vitest';
import { config as example } from '../../cordon.config.ts';
import { defineConfig } from '../../src/config/define-config.ts';
import { askToIsolate, groups, key } from './acts.ts';
import { type Play, people, play } from './play.ts';

let stage: Play;

afterEach(() => stage.close());

/** Two cases, each with a request that waits. */
const twoRequests = async () => {
  stage = await play({ config: { tiers: { 'deactivate-access-key': 2 } } });
  const isolation = await askToIsolate(stage);
  await stage.scenario('leaked-key');
  const about = 'plan:deactivate-access-key';
  const card = stage.cards().find((one) => stage.controls(one).includes(about));
  await stage.press(people.maria, about, card);
  await stage.submit(people.maria, 'confirmed');
  const ofKey = stage
    .cards()
    .flatMap(({ replies }) => replies)
    .find((one) => one.ts !== isolation.ts && stage.controls(one).includes('approve'));
  if (!ofKey) throw new Error('the second request has no card');
  return { isolation, ofKey };
};

describe('of two requests that wait', () => {
  test('a click decides its own, not the older one', async () => {
    const { ofKey } = await twoRequests();
    const before = groups(stage);
    await stage.press(people.ana, 'approve', ofKey);
    expect(stage.keyStatus(key)).toBe('Inactive');
    expect(groups(stage)).toEqual(before);
    expect(
      stage
        .cards()
        .map((card) => stage.says(card))
        .join(' '),
    ).toContain('*Approval needed*');
    await stage.curtain();
  });

  test('a payload that names the other one decides neither: the stored token does', async () => {
    const { isolation, ofKey } = await twoRequests();
    const before = groups(stage);
    const [first = '', second = ''] = await stage.requestIds();
    const forged = JSON.parse(
      JSON.stringify(stage.remember(ofKey))
        .replaceAll(second, 'R0000000000')
        .replaceAll(first, second)
        .replaceAll('R0000000000', first),
    );
    await stage.pressRemembered(people.ana, 'approve', forged);
    expect(stage.told(people.ana)).toMatch(/older plan/);
    expect(groups(stage)).toEqual(before);
    expect(stage.keyStatus(key)).toBe('Active');
    await stage.press(people.ana, 'approve', isolation);
    expect(groups(stage)).not.toEqual(before);
    expect(stage.keyStatus(key)).toBe('Active');
    await stage.curtain();
  });
});

test('whoever has the name of an approver and another id is nobody', async () => {
  stage = await play({
    config: { responders: { users: [people.maria], groups: [] } },
  });
  await stage.scenario('compromised-server');
  // Both are called Maria Okafor.
  await stage.press(people.stranger, 'plan:isolate-instance');
  expect(stage.told(people.stranger)).toContain('You belong to another Slack workspace.');
  await stage.press(people.maria, 'plan:isolate-instance');
  expect(stage.told(people.maria)).toContain('What changes');
  await stage.curtain();
});

test('an approver who is not in Slack any more keeps nobody else from approving', async () => {
  stage = await play({
    config: { approvers: { users: ['U0GONE', 'U0NEVER', people.ana], groups: [] } },
  });
  const asked = await askToIsolate(stage);
  await stage.press(people.ana, 'approve', asked);
  expect(stage.cardSays()).toContain('*Contained*, verified');
  await stage.curtain();
});

test('where only groups approve, the request has its buttons', async () => {
  stage = await play({ config: { approvers: { users: [], groups: ['S0SECAPPR'] } } });
  const asked = await askToIsolate(stage);
  expect(stage.controls(asked)).toEqual(expect.arrayContaining(['approve', 'deny']));
  await stage.curtain();
});

test('an approval without an end cannot be configured', async () => {
  stage = await play();
  const without = (tier2Minutes: number) => () =>
    defineConfig({ ...example, tiers: {}, approval: { tier2Minutes } });
  expect(without(0)).toThrow('approval.tier2Minutes');
  expect(without(Number.POSITIVE_INFINITY)).toThrow('approval.tier2Minutes');
});

test('what somebody writes over a card changes nothing of what is stored', async () => {
  stage = await play();
  const asked = await askToIsolate(stage);
  const rewritten = JSON.parse(
    JSON.stringify(stage.remember(asked)).replaceAll('i-0a1b2c3d4e5f60718', 'i-0ffffffffffffffff'),
  );
  await stage.pressRemembered(people.ana, 'approve', rewritten);
  expect(stage.cardSays()).toContain('*Contained*, verified');
  const called = stage.world.aws.calls
    .filter(({ service }) => service === 'ec2')
    .map(({ input }) => JSON.stringify(input));
  expect(called.some((input) => input.includes('i-0ffffffffffffffff'))).toBe(false);
  await stage.curtain();
});
