/** `/cordon posture` through signed requests: what is told, how old it is, and what is not known. */
import { afterEach, expect, test } from 'vitest';
import { type Play, people, play } from './play.ts';

let stage: Play;

afterEach(() => stage.close());

const asks = async (user: string, text: string): Promise<string> => {
  const outcome = await stage.command(user, text);
  expect(outcome).toMatchObject({ status: 200, body: '' });
  return stage.told(user).replaceAll(/\s+/g, ' ');
};

const calls = () => stage.world.aws.calls.filter(({ role }) => role === 'cordon-read');

test('the whole organisation: score, what to act on first, each with its way into the console', async () => {
  stage = await play();
  const told = await asks(people.maria, 'posture');
  expect(told).toContain('Posture of all 4 accounts');
  expect(told).toContain('Security score 76%, computed');
  expect(told).toContain('root users with a password and no MFA : 1 of 4 legacy-erp');
  expect(told).toContain('accounts without GuardDuty : 2 of 4 dev-sandbox legacy-erp');
  expect(told.indexOf('To act on')).toBeLessThan(told.indexOf('Worth a look'));
  expect(told).toMatch(/In order: .*Shield Advanced/);
  const links = JSON.stringify(stage.world.slack.state()).match(
    /https:\/\/eu-west-1\.console[^"]+/g,
  );
  expect(links?.length).toBeGreaterThan(15);
  expect(calls().length).toBeGreaterThan(30);
  const reading = /^(Describe|Get|List|Generate|Select)/;
  expect(calls().filter(({ operation }) => !reading.test(operation))).toEqual([]);
  await stage.curtain();
});

test('one account, by name or id; one that nobody knows is refused with the known ones', async () => {
  stage = await play();
  const byName = await asks(people.maria, 'posture legacy-erp');
  expect(byName).toContain('Posture of legacy-erp (444455556666)');
  expect(byName).toContain('users with a password and no MFA : 1 of 1 erp-admin');
  expect(new Set(calls().map(({ account }) => account))).toEqual(
    new Set(['999988887777', '444455556666']),
  );
  expect(await asks(people.maria, 'posture 444455556666')).toContain('Posture of legacy-erp');
  const unknown = await asks(people.maria, 'posture 000000000000');
  expect(unknown).toContain('Cordon does not know that account');
  expect(unknown).toContain('legacy-erp');
});

test('answers are kept 15 minutes, the credential report 4 hours, and their age is told', async () => {
  stage = await play();
  const first = await asks(people.maria, 'posture');
  expect(first).toContain('The oldest of these answers is of');
  const before = calls().length;
  await stage.world.advance(10 * 60);
  expect(await asks(people.ana, 'posture')).toBe(first);
  const unread = new Set(
    calls()
      .slice(before)
      .map(({ operation }) => operation),
  );
  // Only what could not be had is tried again.
  expect([...unread]).toEqual(['DescribeConfigurationAggregators']);
  await stage.world.advance(6 * 60);
  const again = calls().length;
  await asks(people.maria, 'posture');
  const operations = calls()
    .slice(again)
    .map(({ operation }) => operation);
  expect(operations).toContain('GetAccountSummary');
  expect(operations).not.toContain('GetCredentialReport');
  await stage.leap(4 * 3600);
  const later = calls().length;
  await asks(people.maria, 'posture');
  expect(
    calls()
      .slice(later)
      .map(({ operation }) => operation),
  ).toContain('GetCredentialReport');
});

test('what cannot be read is told with the reason, and the rest is told all the same', async () => {
  stage = await play();
  stage.world.aws.account('444455556666').roles.clear();
  stage.world.aws.faults.add({
    service: 'inspector2',
    operation: 'ListFindingAggregations',
    kind: 'deny',
  });
  const told = await asks(people.maria, 'posture');
  expect(told).toContain(
    'Container images : unknown, because the read role may not call inspector2:ListFindingAggregations',
  );
  expect(told).toContain('not known for 1 of 4 accounts (legacy-erp), because the read role');
  expect(told).toContain('Security score 76%');
});

test('after a week a number says what it was', async () => {
  stage = await play();
  await asks(people.maria, 'posture');
  const root = stage.world.aws.account('111122223333');
  root.root = { mfa: false, keys: 0 };
  await stage.leap(8 * 86_400);
  const told = await asks(people.maria, 'posture');
  expect(told).toContain('root users with a password and no MFA : 2 of 4 (was 1)');
});

test('a guest is told nothing, and AWS is not asked', async () => {
  stage = await play();
  const told = await asks(people.guest, 'posture');
  expect(told).toContain('Not done');
  expect(told).not.toContain('legacy-erp');
  expect(calls()).toEqual([]);
});
