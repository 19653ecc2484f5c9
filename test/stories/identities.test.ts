/** Users, roles and sessions: contained through the real entry points, undone, and fought over. */
import { afterEach, expect, test } from 'vitest';
import { guardDutyEvent, leakedKey } from '../../src/local/scenarios/guardduty-event.ts';
import { toGatewayEvent } from '../../src/local/slack/gateway-event.ts';
import { type Play, people, play } from './play.ts';

let stage: Play;

afterEach(() => stage.close());

const account = () => {
  const [found] = stage.world.aws.state().accounts;
  if (!found) throw new Error('there is no account');
  return found;
};
const user = () => account().users.find(({ name }) => name === 'ci-deploy');
const role = () => account().roles.find(({ name }) => name === 'checkout-api');
const denyAll = 'arn:aws:iam::aws:policy/AWSDenyAll';
const sessionPolicy = 'cordon-revoke-session-i-0a1b2c3d4e5f60718';

/** IAM is read back ten seconds after the last change. */
const settled = (): Promise<unknown> => stage.world.advance(11);

const submit = async (actionId: string): Promise<void> => {
  await stage.press(people.maria, `plan:${actionId}`);
  await stage.submit(people.maria, 'confirmed');
};

const containUser = async (): Promise<void> => {
  if (stage.controls(stage.card()).includes('plan:contain-user')) await submit('contain-user');
  else {
    await stage.choose(people.maria, 'Contain user');
    await stage.submit(people.maria, 'confirmed');
  }
  await stage.press(people.ana, 'approve', stage.withControl('approve'));
};

test('a user is denied everything after approval, read back ten seconds later, and released', async () => {
  stage = await play();
  await stage.scenario('leaked-key');
  expect(stage.controls(stage.card()).slice(0, 2)).toEqual([
    'plan:stolen-access-key',
    'plan:deactivate-access-key',
  ]);
  await stage.choose(people.maria, 'Contain user');
  expect(stage.told(people.maria)).toMatch(/not attached +→ +attached/);
  await stage.submit(people.maria, 'confirmed');
  expect(user()).not.toHaveProperty('policies');
  await stage.press(people.ana, 'approve', stage.withControl('approve'));
  expect(user()).toMatchObject({
    policies: ['AWSDenyAll'],
    keys: [{ status: 'Inactive' }, { status: 'Inactive' }],
  });
  expect(stage.cardSays()).not.toContain('*Contained*');
  await settled();
  expect(stage.cardSays()).toContain('*Contained*, verified');
  expect(stage.threadSays()[0]).toContain('AWSDenyAll on the user ci-deploy is attached');

  await stage.press(people.maria, 'undo', stage.withControl('undo'));
  await stage.submit(people.maria, 'wrong-target');
  expect(stage.cardSays()).toContain('*Undone*');
  expect(user()).not.toHaveProperty('policies');
  expect(user()?.keys.map(({ status }) => status)).toEqual(['Active', 'Inactive']);
  expect(stage.mutations()).toEqual([
    'iam:AttachUserPolicy',
    'iam:UpdateAccessKey',
    'iam:UpdateAccessKey',
    'iam:DetachUserPolicy',
  ]);
  await stage.curtain();
});

test('what is cut besides is chosen in the plan, and agreed to as it was chosen', async () => {
  stage = await play();
  const live = stage.world.aws.account('123456789012').users.get('ci-deploy');
  if (!live) throw new Error('there is no user ci-deploy');
  Object.assign(live, { password: true, others: { sshKeys: ['APKAEXAMPLE1'], forServices: {} } });
  await stage.scenario('leaked-key');
  await stage.choose(people.maria, 'Contain user');
  expect(stage.told(people.maria)).toContain('Console password of ci-deploy');
  // The password, and not the SSH key.
  await stage.submit(people.maria, 'confirmed', { choices: { choices: '0,2' } });
  const asked = stage.withControl('approve');
  expect(stage.says(asked)).toContain('APKAEXAMPLE1 stays Active: it was left out');
  expect(stage.says(asked)).toMatch(/Console password of ci-deploy\s+present\s+→\s+none/);
  expect(stage.says(asked)).toContain('Can be undone in part');
  await stage.press(people.ana, 'approve', asked);
  await settled();
  expect(stage.cardSays()).toContain('*Contained*, verified');
  expect(live).toMatchObject({ password: false, attached: [denyAll] });
  expect(live.keys.map(({ status }) => status)).toEqual(['Inactive', 'Inactive']);
  expect(stage.mutations()).not.toContain('iam:UpdateSSHPublicKey');
  live.password = true;
  await stage.world.advance(180);
  expect(stage.threadSays().join()).toContain(
    'Console password of ci-deploy: present; Cordon had left none',
  );
  await stage.press(people.maria, 'undo', stage.withControl('undo'));
  await stage.submit(people.maria, 'wrong-target');
  expect(live.password).toBe(true);
  expect(live.keys.map(({ status }) => status)).toEqual(['Active', 'Inactive']);
  await stage.curtain({ pings: 3 });
});

test('a choice that was not in the plan is none, although its submission is signed', async () => {
  stage = await play();
  await stage.scenario('leaked-key');
  await stage.choose(people.maria, 'Contain user');
  const values = { reason: { 'reason-code': 'confirmed' }, choices: { choices: '0' } };
  const { slack, clock } = stage.world;
  const { event } = slack.submit({
    ...{ user: people.maria, view_id: stage.modal(people.maria), values },
  });
  const form = new URLSearchParams(Buffer.from(event.body ?? '', 'base64').toString('utf8'));
  const sent = JSON.parse(form.get('payload') ?? '{}');
  sent.view.state.values.choices.choices.selected_options[0].value = '7';
  form.set('payload', JSON.stringify(sent));
  const { signingSecret } = slack;
  await stage.world.gesture({
    event: toGatewayEvent({ body: form.toString(), signingSecret, now: clock.now() }),
    settle: ({ statusCode }) => ({ status: statusCode ?? 200, body: '' }),
  });
  expect(await stage.refusals()).toEqual(['What was chosen is not in the plan that was shown.']);
  expect(stage.thread()).toEqual([]);
});

test('a user who fights back within the ten seconds is contained once more, and people are told', async () => {
  stage = await play();
  await stage.scenario('leaked-key');
  await containUser();
  await stage.scenario('detach-deny');
  for (let waited = 0; waited < 40; waited += 10) await stage.world.advance(10);
  expect(stage.cardSays()).toContain('*Contained*, verified');
  const told = stage.threadSays().join('\n');
  expect(told).toContain('<@U0MARIA> *somebody may be fighting back:*');
  expect(told).toContain(
    'AWSDenyAll on the user ci-deploy: not attached; Cordon had left attached',
  );
  expect(told).toContain('AKIAIZ7XTNN7NEXAMPLE: made since, and Active; to be Inactive');
  expect(user()).toMatchObject({
    policies: ['AWSDenyAll'],
    keys: [{ status: 'Inactive' }, { status: 'Inactive' }, { status: 'Inactive' }],
  });
  await stage.curtain();
});

test('a key that was deactivated before stays inactive while its user is contained', async () => {
  stage = await play();
  await stage.scenario('leaked-key');
  await submit('deactivate-access-key');
  const deactivated = stage.withControl('undo');
  await containUser();
  await settled();
  await stage.press(people.maria, 'undo', deactivated);
  await stage.submit(people.maria, 'wrong-target');
  expect(user()?.keys[0]?.status).toBe('Inactive');
  await stage.press(people.ana, 'undo', stage.withControl('undo'));
  await stage.submit(people.ana, 'wrong-target');
  expect(user()).not.toHaveProperty('policies');
  expect(user()?.keys.map(({ status }) => status)).toEqual(['Active', 'Inactive']);
  await stage.curtain();
});

test('one responder revokes the stolen session, and only that', async () => {
  stage = await play();
  await stage.scenario('stolen-session');
  expect(stage.controls(stage.card())[1]).toBe('plan:revoke-role-session');
  await submit('revoke-role-session');
  expect(role()?.policies).toEqual(['read-orders', sessionPolicy]);
  await settled();
  expect(stage.cardSays()).toContain('*Contained*, verified');
  await stage.press(people.maria, 'undo', stage.withControl('undo'));
  await stage.submit(people.maria, 'wrong-target');
  expect(role()?.policies).toEqual(['read-orders']);
  expect(stage.mutations()).toEqual(['iam:PutRolePolicy', 'iam:DeleteRolePolicy']);
  await stage.curtain();
});

test('all older sessions of a role are revoked after approval; an undo after drift refuses', async () => {
  stage = await play();
  await stage.scenario('stolen-session');
  await stage.choose(people.maria, 'Revoke all older sessions');
  expect(stage.told(people.maria)).toContain('1 instance in eu-west-1 has the role');
  await stage.submit(people.maria, 'confirmed');
  await stage.press(people.ana, 'approve', stage.withControl('approve'));
  await settled();
  expect(stage.cardSays()).toContain('*Contained*, verified');
  const policies = stage.world.aws.account('123456789012').iamRoles.get('checkout-api')?.policies;
  policies?.set('cordon-revoke-older-sessions-1', '{"Version":"2012-10-17","Statement":[]}');
  await stage.press(people.maria, 'undo', stage.withControl('undo'));
  expect(stage.told(people.maria)).toContain('changed by somebody else');
  expect(stage.mutations()).toEqual(['iam:PutRolePolicy']);
  await stage.curtain();
});

test('a session from Identity Center is refused, with the exact steps and the policy', async () => {
  stage = await play();
  await stage.scenario('identity-center-session');
  await stage.press(people.maria, 'plan:revoke-role-session');
  const told = stage.told(people.maria);
  expect(told).toContain('permission set PowerUserAccess');
  expect(told).toContain('the user ana@example.com: "Disable user access"');
  expect(told).toContain('"identitystore:userId":"USER-ID"');
  expect(stage.mutations()).toEqual([]);
  await stage.curtain();
});

test('a session that a user made leads to its user', async () => {
  stage = await play();
  const resource = {
    resourceType: 'AccessKey',
    accessKeyDetails: {
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
      principalId: 'AIDACKCEVSQ6C2EXAMPLE',
      userName: 'ci-deploy',
      userType: 'IAMUser',
    },
  };
  await stage.world.events([guardDutyEvent({ ...leakedKey, resource }, stage.world.clock.now())]);
  expect(stage.controls(stage.card())[1]).toBe('plan:contain-user');
  await stage.curtain();
});
