import { afterEach, describe, expect, test } from 'vitest';
import { toGatewayEvent } from '../../src/local/slack/gateway-event.ts';
import { users } from '../../src/local/slack/people.ts';
import { askToIsolate, groups, key } from './acts.ts';
import { type Play, people, play } from './play.ts';
import { channel } from './screen.ts';

let stage: Play;

afterEach(() => stage.close());

const outsiders = [
  ['a guest, even one in the group', people.guest, 'Guests cannot act.'],
  ['a user of another workspace', people.stranger, 'You belong to another Slack workspace.'],
  ['a member without a role', people.nobody, 'You are not'],
] as const;

describe.each(outsiders)('%s', (_who, user, because) => {
  test('is refused on every control, told why, and nothing happens', async () => {
    stage = await play();
    const asked = await askToIsolate(stage);
    const drawn = stage.card();
    for (const [control, message] of [
      ['view-plan', asked],
      ['approve', asked],
      ['deny', asked],
      ['withdraw', asked],
      ['plan:compromised-instance', drawn],
    ] as const) {
      const id = stage.controls(message).find((one) => one.startsWith(control));
      if (!id) throw new Error(`the message has no control ${control}`);
      await stage.press(user, id, message);
      expect(stage.told(user), control).toContain(because);
    }
    expect(stage.mutations()).toEqual([]);
    expect(stage.cardSays()).toContain('*Approval needed*');
    const kinds = (await stage.audit()).slice(3);
    expect(kinds).toEqual(Array(5).fill('click.refused'));
    await stage.curtain();
  });
});

test('a user whose account is deactivated is refused, although the click is signed', async () => {
  stage = await play();
  const asked = await askToIsolate(stage);
  const { event } = stage.world.slack.press({
    user: people.ana,
    channel,
    ts: asked.ts,
    action_id: 'approve',
  });
  const gone = users.find(({ deleted }) => deleted)?.id ?? '';
  const form = Buffer.from(event.body ?? '', 'base64')
    .toString('utf8')
    .replaceAll(people.ana, gone);
  const { signingSecret } = stage.world.slack;
  const forged = toGatewayEvent({ body: form, signingSecret, now: stage.world.clock.now() });
  await stage.world.gesture({
    event: forged,
    settle: ({ statusCode }) => ({ status: statusCode ?? 200, body: '' }),
  });
  expect(await stage.refusals()).toEqual(['This Slack account is deactivated.']);
  expect(stage.mutations()).toEqual([]);
  await stage.curtain();
});

describe('membership is looked up at each step', () => {
  test('between click and submit', async () => {
    stage = await play();
    await stage.scenario('compromised-server');
    await stage.press(people.maria, 'plan:isolate-instance');
    stage.world.slack.setGroup('S0SECRESP', [people.lee]);
    await stage.world.advance(61);
    await stage.submit(people.maria);
    expect(stage.told(people.maria)).toContain('You are not a responder');
    expect(stage.thread()).toEqual([]);
    await stage.curtain();
  });

  test('of the requester, when the last approval comes', async () => {
    stage = await play();
    const asked = await askToIsolate(stage);
    stage.world.slack.setGroup('S0SECRESP', [people.lee]);
    await stage.world.advance(61);
    await stage.press(people.ana, 'approve', asked);
    expect(stage.told(people.ana)).toContain('The requester may no longer request this');
    expect(stage.mutations()).toEqual([]);
    await stage.curtain();
  });

  test('of the approver, between approval and a start that was held up', async () => {
    let down = true;
    stage = await play({
      wrap: (functions) => ({
        ...functions,
        executor: (input) =>
          down ? Promise.reject(new Error('no capacity')) : functions.executor(input),
      }),
    });
    const asked = await askToIsolate(stage);
    const before = groups(stage);
    await stage.press(people.ana, 'approve', asked);
    stage.world.slack.setGroup('S0SECAPPR', [people.lee]);
    await stage.world.advance(125);
    down = false;
    await stage.world.advance(120);
    expect(groups(stage)).toEqual(before);
    expect(stage.cardSays()).toContain('*Not contained*');
    expect(stage.threadSays().at(-1)).toContain('You are not an approver');
    const [kinds = []] = await stage.requestAudits();
    expect(kinds.filter((kind) => kind !== 'request.stamped')).toEqual([
      'request.created',
      'request.approved',
      'request.failed',
    ]);
    await stage.curtain();
  });
});

/** Slack tells that the members of a group have changed: a signed event. */
const groupChanged = async (group: string, members: readonly string[]): Promise<void> => {
  stage.world.slack.setGroup(group, members);
  await stage.world.request(
    toGatewayEvent({
      body: JSON.stringify({
        type: 'event_callback',
        team_id: 'T0CORDON',
        event_id: 'Ev0GROUP',
        authorizations: [{ team_id: 'T0CORDON', user_id: 'U0CORDON', is_bot: true }],
        event: { type: 'subteam_members_changed', subteam_id: group, team_id: 'T0CORDON' },
      }),
      contentType: 'application/json',
      signingSecret: stage.world.slack.signingSecret,
      now: stage.world.clock.now(),
    }),
  );
  await stage.world.idle();
};

test('whoever Slack says was removed from a group is refused at once, not after a minute', async () => {
  stage = await play();
  const asked = await askToIsolate(stage);
  await stage.press(people.ana, 'view-plan', asked);
  await groupChanged('S0SECAPPR', [people.lee]);
  await stage.press(people.ana, 'approve', asked);
  expect(stage.told(people.ana)).toContain('You are not an approver');
  expect(stage.mutations()).toEqual([]);
  await stage.curtain();
});

describe('who cannot be looked up', () => {
  test.each(['usergroups.users.list', 'users.info'])('is denied while %s fails', async (method) => {
    stage = await play();
    await stage.scenario('compromised-server');
    stage.world.slack.faults.add({ method, kind: 'error' });
    await stage.press(people.maria, 'plan:isolate-instance');
    expect(stage.told(people.maria)).toContain('so the answer is no');
    stage.world.slack.faults.clear();
    await stage.press(people.maria, 'plan:isolate-instance');
    expect(stage.told(people.maria)).toContain('What changes');
    await stage.curtain();
  });

  test('is everybody when the configuration names nobody', async () => {
    const nobody = { groups: [], users: [] };
    stage = await play({ config: { responders: nobody, approvers: nobody } });
    await stage.scenario('compromised-server');
    for (const user of [people.maria, people.ana, people.lee]) {
      await stage.press(user, 'plan:isolate-instance');
      expect(stage.told(user)).toContain('Nobody is configured as a responder');
    }
    expect(await stage.refusals()).toHaveLength(3);
    expect(stage.mutations()).toEqual([]);
    await stage.curtain();
  });
});

test('whom the case is about neither approves nor denies it, and reads why in whoami', async () => {
  stage = await play({
    config: {
      tiers: { 'deactivate-access-key': 2 },
      identities: [{ id: 'lee@example.com', slack: [people.lee], aws: ['ci-deploy'] }],
    },
  });
  await stage.scenario('leaked-key');
  await stage.press(people.maria, 'plan:deactivate-access-key');
  await stage.submit(people.maria, 'confirmed');
  const asked = stage.withControl('approve');
  for (const verb of ['approve', 'deny', 'plan:suppress-finding']) {
    await stage.press(
      people.lee,
      verb,
      verb === 'approve' || verb === 'deny' ? asked : stage.card(),
    );
    expect(stage.told(people.lee)).toContain('about your own AWS identity');
  }
  expect(stage.mutations()).toEqual([]);
  await stage.command(people.lee, 'whoami');
  expect(stage.told(people.lee)).toContain('UTC: This case is about your own AWS identity');
  await stage.press(people.ana, 'approve', asked);
  expect(stage.cardSays()).toContain('*Contained*');
  await stage.press(people.lee, 'undo', stage.withControl('undo'));
  expect(stage.told(people.lee)).toContain('about your own AWS identity');
  expect(stage.keyStatus(key)).toBe('Inactive');
  await stage.curtain();
});

test('whoever contains their own identity does not take it back within the quick minutes', async () => {
  stage = await play({
    config: { identities: [{ id: 'lee@example.com', slack: [people.lee], aws: ['ci-deploy'] }] },
  });
  await stage.scenario('leaked-key');
  await stage.press(people.lee, 'plan:deactivate-access-key');
  await stage.submit(people.lee, 'confirmed');
  expect(stage.keyStatus(key)).toBe('Inactive');
  await stage.press(people.lee, 'undo', stage.withControl('undo'));
  expect(stage.told(people.lee)).toContain('you decide nothing in it');
  expect(stage.keyStatus(key)).toBe('Inactive');
  await stage.press(people.maria, 'undo', stage.withControl('undo'));
  await stage.submit(people.maria, 'wrong-target');
  expect(stage.keyStatus(key)).toBe('Active');
  await stage.curtain();
});
