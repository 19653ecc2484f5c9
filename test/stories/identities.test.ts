/** Users, roles and sessions: contained through the real entry points, undone, and fought over. */
import { afterEach, expect, test } from 'vitest';
import { guardDutyEvent, leakedKey } from '../../src/local/scenarios/guardduty-event.ts';
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
