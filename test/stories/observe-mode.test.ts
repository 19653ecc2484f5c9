/** How everybody starts: no response role, and a plan says what would change and how a person does it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { guardDutyEvent, leakedKey } from '../../src/local/scenarios/guardduty-event.ts';
import { key } from './acts.ts';
import { type Play, people, play } from './play.ts';

const observed = '444455556666';

let stage: Play;

beforeAll(async () => {
  stage = await play();
});

afterAll(() => stage.close());

const leaked = (account: string): object =>
  JSON.parse(
    JSON.stringify(guardDutyEvent(leakedKey, stage.world.clock.now())).replaceAll(
      '123456789012',
      account,
    ),
  );

const responseRolesUsed = () =>
  stage.world.aws.calls.filter(
    ({ operation, input }) =>
      operation === 'AssumeRole' && /respond/.test(String(Reflect.get(input, 'RoleArn'))),
  );

const changes = () => stage.mutations().length;

test('a card of an observed account says so, and still offers plans', async () => {
  await stage.world.events([leaked(observed)]);
  expect(stage.cardSays()).toMatch(/Observed only: +response is switched off for legacy-erp/);
  expect(stage.controls(stage.card())).toContain('plan:deactivate-access-key');
});

test('a single action’s plan shows what would change and the commands, and nothing to submit', async () => {
  await stage.press(people.maria, 'plan:deactivate-access-key');
  const told = stage.told(people.maria);
  expect(told).toContain('Response is switched off for account legacy-erp.');
  expect(told).toMatch(/Active +→ +Inactive/);
  expect(told).toContain(
    `aws iam update-access-key --user-name USER --access-key-id ${key} --status Inactive`,
  );
  expect(stage.modal(people.maria)).toBeTruthy();
  await expect(stage.submit(people.maria, 'confirmed')).rejects.toThrow();
  expect(await stage.requestAudits()).toEqual([]);
  expect(changes()).toBe(0);
});

test('a playbook’s plan shows every step with its commands', async () => {
  stage.world.slack.close({ user: people.maria, view_id: stage.modal(people.maria) });
  await stage.press(people.maria, 'plan:stolen-access-key');
  const told = stage.told(people.maria);
  expect(told).toContain('Response is switched off for account legacy-erp.');
  expect(told).toContain('aws iam attach-user-policy --user-name ci-deploy');
  expect(told).toContain('By hand: ');
  expect(told).toContain('a person does it');
  expect(changes()).toBe(0);
  stage.world.slack.close({ user: people.maria, view_id: stage.modal(people.maria) });
});

test('where response is on and its role is not there, the plan shows them too', async () => {
  const { roles } = stage.world.aws.account('111122223333');
  await stage.world.events([leaked('111122223333')]);
  roles.delete('cordon-respond');
  await stage.press(people.maria, 'plan:deactivate-access-key', stage.cards().at(-1));
  const told = stage.told(people.maria);
  expect(told).toContain('The role cordon-respond is not deployed in account 111122223333.');
  expect(told).toContain(`--access-key-id ${key} --status Inactive`);
  expect(responseRolesUsed()).toEqual([]);
  expect(changes()).toBe(0);
});

test('what a person cannot do either is refused as ever', async () => {
  stage.world.slack.close({ user: people.maria, view_id: stage.modal(people.maria) });
  const users = [...stage.world.aws.account(observed).users.values()];
  const found = users.flatMap(({ keys }) => keys).find((one) => one.id === key);
  if (!found) throw new Error('the key is not there');
  found.status = 'Inactive';
  await stage.press(people.maria, 'plan:deactivate-access-key', stage.cards()[0]);
  expect(stage.told(people.maria)).toMatch(/is already inactive/);
  expect(stage.told(people.maria)).not.toContain('By hand: ');
});

test('asked for by name, where no case is about it, the plan shows the commands and opens no case', async () => {
  const before = stage.cards().length;
  await stage.command(people.maria, `request contain-user erp-admin ${observed}`);
  const told = stage.told(people.maria);
  expect(told).toContain('Response is switched off for account legacy-erp.');
  expect(told).toContain('aws iam update-access-key --user-name erp-admin');
  expect(stage.cards().length).toBe(before);
  expect(changes()).toBe(0);
});
