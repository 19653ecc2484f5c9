/** Organisations that allow roles under certain names only: path and prefix are one setting. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Play, people, play } from './play.ts';

const roleNames = { path: '/security/', prefix: 'acme-cordon-' };
const arn = (account: string, role: string) =>
  `arn:aws:iam::${account}:role/security/acme-cordon-${role}`;

let stage: Play;

beforeAll(async () => {
  stage = await play({ config: { roleNames } });
  await stage.scenario('public-bucket');
});

afterAll(() => stage.close());

const bucket = () => stage.world.aws.state().accounts.flatMap(({ buckets }) => buckets)[0];

const assumed = () => [
  ...new Set(
    stage.world.aws.calls
      .filter(({ operation }) => operation === 'AssumeRole')
      .map(({ input }) => Reflect.get(input, 'RoleArn')),
  ),
];

test('a bucket is quarantined by roles of that name, and stays open to them', async () => {
  await stage.choose(people.maria, 'Quarantine bucket');
  expect(stage.told(people.maria)).toContain(arn('123456789012', 'respond'));
  await stage.submit(people.maria, 'confirmed');
  await stage.press(people.ana, 'approve', stage.withControl('approve'));
  expect(bucket()).toMatchObject({ quarantined: true });
  const { Statement } = JSON.parse(bucket()?.policy ?? '');
  expect(Statement[0].Condition.ArnNotLike['aws:PrincipalArn']).toEqual([
    arn('123456789012', 'read'),
    arn('123456789012', 'respond'),
    'arn:aws:iam::123456789012:role/break-glass',
  ]);
  expect(assumed()).toEqual([arn('123456789012', 'read'), arn('123456789012', 'respond')]);
  expect(stage.cardSays()).toContain('*Contained*, verified');
});

test('undo finds its way back in, and the policy is what it was', async () => {
  await stage.press(people.maria, 'undo', stage.withControl('undo'));
  await stage.submit(people.maria, 'resolved');
  expect(bucket()).toMatchObject({ quarantined: false, publicPolicy: true });
  await stage.curtain();
});

test('a role that is missing is told by the name that it should have', async () => {
  const { roles } = stage.world.aws.account('123456789012');
  expect(roles.delete('acme-cordon-respond')).toBe(true);
  await stage.choose(people.maria, 'Quarantine bucket');
  expect(stage.told(people.maria)).toContain(
    'The role acme-cordon-respond is not deployed in account 123456789012',
  );
});
