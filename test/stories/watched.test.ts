/** A containment in force is looked at now and then: who changes it is told of, once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Play, people, play } from './play.ts';

let stage: Play;

const user = () => {
  const found = stage.world.aws.account('123456789012').users.get('ci-deploy');
  if (!found) throw new Error('there is no user ci-deploy');
  return found;
};

/** So many minutes later, and the minute in which what is due by then happens. */
const later = async (minutes: number): Promise<void> => {
  const { clock } = stage.world;
  clock.moveTo(clock.now() + minutes * 60_000);
  await stage.world.advance(60);
};

const alarms = () =>
  stage.threadSays().filter((text) => text.includes('*somebody changed what was contained:*'));

const looks = () =>
  stage.world.aws.calls.filter(({ operation }) => operation === 'ListAttachedUserPolicies').length;

const contain = async (): Promise<void> => {
  await stage.choose(people.maria, 'Contain user');
  await stage.submit(people.maria, 'confirmed');
  await stage.press(people.ana, 'approve', stage.withControl('approve'));
  await stage.world.advance(11);
};

beforeAll(async () => {
  stage = await play({ config: { quietHours: undefined } });
  await stage.scenario('leaked-key');
  await contain();
});
afterAll(() => stage.close());

test('nothing has changed: it is looked at, and nothing is said or written', async () => {
  const before = looks();
  const { length } = await stage.entries();
  await later(2);
  expect(looks()).toBeGreaterThan(before);
  expect(alarms()).toEqual([]);
  expect(await stage.entries()).toHaveLength(length);
});

test('the deny is detached: people are told in a new message, and the card says so', async () => {
  user().attached = [];
  await later(10);
  const [alarm] = alarms();
  expect(alarm).toContain('<@U0MARIA>');
  expect(alarm).toContain(
    'AWSDenyAll on the user ci-deploy: not attached; Cordon had left attached',
  );
  expect(stage.thread().at(-1)?.reply_broadcast).toBe(true);
  expect(stage.cardSays()).toContain('*Contained, but changed since*');
  expect(stage.threadSays()[0]).toContain('*and changed since*');
  expect(stage.mutations().filter((call) => call === 'iam:AttachUserPolicy')).toHaveLength(1);
  await later(60);
  await later(60);
  expect(alarms()).toHaveLength(1);
});

test('a key is made besides: that is told too', async () => {
  user().keys.push({ id: 'AKIAIZ7XTNN7NEXAMPLE', status: 'Active' });
  await later(60);
  expect(alarms()).toHaveLength(2);
  expect(alarms()[1]).toContain('AKIAIZ7XTNN7NEXAMPLE: made since, and Active; to be Inactive');
});

test('the account cannot be asked: since when is on the card, until it can', async () => {
  stage.world.aws.faults.add({ service: 'iam', operation: '*', kind: 'deny' });
  await later(60);
  await later(60);
  expect(stage.threadSays()[0]).toContain('Cordon cannot look whether it is still in force');
  expect(stage.threadSays()[0]).toContain('*and changed since*');
  stage.world.aws.faults.clear();
  await later(60);
  expect(stage.threadSays()[0]).not.toContain('Cordon cannot look');
});

test('it is contained again from the card; the look after that finds the first as it was left', async () => {
  await contain();
  expect(user()).toMatchObject({ attached: ['arn:aws:iam::aws:policy/AWSDenyAll'] });
  expect(user().keys.map(({ status }) => status)).toEqual(['Inactive', 'Inactive', 'Inactive']);
  await later(60);
  expect(stage.cardSays()).toContain('*Contained*, verified');
  expect(alarms()).toHaveLength(2);
  expect(alarms()[1]).toContain('By now every value is again as Cordon had left it.');
  const [kinds = []] = await stage.requestAudits();
  expect(kinds.filter((kind) => /changed|as-left|unseen/.test(kind))).toEqual([
    'containment.changed',
    'containment.changed',
    'containment.unseen',
    'containment.as-left',
  ]);
  await stage.curtain({ pings: 6, denied: expect.anything() });
});
