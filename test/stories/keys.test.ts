import { afterEach, expect, test } from 'vitest';
import { guardDutyEvent, leakedKey } from '../../src/local/scenarios/guardduty-event.ts';
import { key } from './acts.ts';
import { type Play, people, play } from './play.ts';

let stage: Play;

afterEach(() => stage.close());

test('one responder deactivates a leaked key by submitting, and undoes it', async () => {
  stage = await play();
  await stage.scenario('leaked-key');
  expect(stage.controls(stage.card())).toContain('plan:deactivate-access-key');
  await stage.press(people.maria, 'plan:deactivate-access-key');
  expect(stage.told(people.maria)).toContain('one responder is enough');
  expect(stage.keyStatus(key)).toBe('Active');
  await stage.submit(people.maria, 'confirmed');
  expect(stage.keyStatus(key)).toBe('Inactive');
  expect(stage.cardSays()).toContain('*Contained*, verified');
  expect(stage.threadSays()[0]).toContain(`AWS lists ${key} as Inactive`);

  await stage.press(people.maria, 'undo', stage.withControl('undo'));
  await stage.submit(people.maria, 'wrong-target');
  expect(stage.keyStatus(key)).toBe('Active');
  expect(stage.cardSays()).toContain('*Undone*');
  expect(stage.mutations()).toEqual(['iam:UpdateAccessKey', 'iam:UpdateAccessKey']);
  expect(await stage.requestAudits()).toEqual([
    [
      'request.created',
      'request.executing',
      'step.done',
      'request.contained',
      'request.undoing',
      'containment.ended',
    ],
    ['request.created', 'request.executing', 'step.done', 'request.undone'],
  ]);
  await stage.curtain({ pings: 1 });
});

test('a member without a role cannot deactivate the key', async () => {
  stage = await play();
  await stage.scenario('leaked-key');
  await stage.press(people.nobody, 'plan:deactivate-access-key');
  expect(stage.told(people.nobody)).toContain('You are not a responder');
  expect(stage.keyStatus(key)).toBe('Active');
  await stage.curtain();
});

test('a temporary key is not offered, because it has no status to switch off', async () => {
  stage = await play();
  const resource = {
    resourceType: 'AccessKey',
    accessKeyDetails: {
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
      principalId: 'AROACKCEVSQ6C2EXAMPLE:session',
      userName: 'deploy-role',
      userType: 'AssumedRole',
    },
  };
  await stage.world.events([guardDutyEvent({ ...leakedKey, resource }, stage.world.clock.now())]);
  expect(stage.cards()).toHaveLength(1);
  expect(stage.controls(stage.card())).not.toContain('plan:deactivate-access-key');
  await stage.curtain();
});

test('a key that somebody deleted meanwhile cannot be brought back, and the undo says so', async () => {
  stage = await play();
  await stage.scenario('leaked-key');
  await stage.press(people.maria, 'plan:deactivate-access-key');
  await stage.submit(people.maria, 'confirmed');
  const user = stage.world.aws.account('123456789012').users.get('ci-deploy');
  if (user) user.keys = user.keys.filter(({ id }) => id !== key);
  await stage.press(people.maria, 'undo', stage.withControl('undo'));
  expect(stage.told(people.maria)).toContain('is deleted, Cordon left Inactive');
  expect((await stage.audit()).at(-1)).toBe('click.refused');
  await stage.curtain();
});
