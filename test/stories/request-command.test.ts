/** `/cordon request`: the plan of one action in a window, as a button of a card opens it. */
import { afterEach, describe, expect, test } from 'vitest';
import { askToIsolate, groups, key, server } from './acts.ts';
import { type Play, people, play } from './play.ts';

let stage: Play;

afterEach(() => stage.close());

const asks = async (user: string, text: string): Promise<string> => {
  const outcome = await stage.command(user, `request ${text}`);
  expect(outcome).toMatchObject({ status: 200, body: '' });
  return stage.told(user);
};

const caseId = (): string => stage.caseIdOn(stage.card());

test('joins the open case about the thing, and runs as the card would run it', async () => {
  stage = await play();
  await stage.scenario('compromised-server');
  const before = groups(stage);
  const plan = await asks(people.maria, `isolate-instance ${server}`);
  expect(plan).toContain('What changes');
  expect(plan).toContain(`It joins case ${caseId()}`);
  await stage.submit(people.maria, 'confirmed');
  expect(groups(stage)).toEqual(before);
  expect(stage.cardSays()).toContain('*Approval needed*');
  await stage.press(people.ana, 'approve', stage.withControl('approve'));
  expect(stage.cardSays()).toContain('*Contained*');
  expect(stage.cards()).toHaveLength(1);
  await stage.curtain();
});

test('takes a case instead of a thing, and an ARN instead of an id', async () => {
  stage = await play();
  await stage.scenario('compromised-server');
  expect(await asks(people.maria, `isolate-instance ${caseId().toLowerCase()}`)).toContain(
    `Case ${caseId()}`,
  );
  const arn = `arn:aws:ec2:eu-west-1:123456789012:instance/${server}`;
  expect(await asks(people.maria, `isolate-instance ${arn}`)).toContain('It joins case');
  expect(await asks(people.maria, `deactivate-access-key ${caseId()}`)).toContain(
    'names no access-key',
  );
  expect(stage.cards()).toHaveLength(1);
});

test('without a case it opens one, which its asker has and which calls nobody', async () => {
  stage = await play();
  const plan = await asks(people.maria, `deactivate-access-key ${key} prod-payments`);
  expect(plan).toContain('It opens case');
  expect(stage.cardSays()).toContain('Asked for by hand: Deactivate access key');
  expect(stage.cardSays()).toContain('No service has found anything.');
  expect(stage.cardSays()).toContain('*Acknowledged*');
  expect(stage.cardSays()).not.toContain('<!subteam');
  await stage.submit(people.maria, 'confirmed');
  expect(stage.cardSays()).toContain('*Contained*');
  expect(stage.keyStatus(key)).toBe('Inactive');
  await stage.world.tick();
  expect(await stage.audit()).toEqual(
    expect.arrayContaining(['case.opened', 'request.created', 'request.contained']),
  );
  await stage.curtain();
});

test('of an action that the case does not offer, the wish joins that case', async () => {
  stage = await play();
  await stage.scenario('compromised-server');
  expect(await asks(people.maria, `stop-instance ${server}`)).toContain(
    `It joins case ${caseId()}`,
  );
  expect(stage.cards()).toHaveLength(1);
});

test('the same command delivered twice is one case', async () => {
  stage = await play();
  await stage.command(people.maria, `request deactivate-access-key ${key} prod-payments`);
  await stage.command(people.lee, `request deactivate-access-key ${key}`);
  expect(stage.told(people.lee)).toContain('It joins case');
  expect(stage.cards()).toHaveLength(1);
});

describe('bad input changes nothing, and says what to type', () => {
  test.each([
    ['', 'instance: isolate-instance'],
    ['isolate', 'Did you mean isolate-instance or isolate-workload?'],
    ['isolate-instanze i-1', 'Did you mean isolate-instance?'],
    ['isolate-instance', 'works on a thing of the kind instance'],
    ['isolate-instance i-nonsense', 'That is no instance'],
    [`isolate-instance ${server}`, 'In which account?'],
    [`isolate-instance ${server} prod-payments nowhere`, 'Use it like this'],
    [`isolate-instance ${server} 555555555555`, 'is not in the configuration'],
    [`isolate-instance ${server} legacy-erp`, 'There is no instance'],
    ['isolate-instance i-0ffffffffffffffff prod-payments', 'Not done'],
    ['deactivate-access-key ASIAIOSFODNN7EXAMPLE prod-payments', 'cannot work on'],
    ['isolate-instance <!channel> prod-payments', 'That is no instance'],
  ])('`/cordon request %s`', async (text, told) => {
    stage = await play();
    expect(await asks(people.maria, text)).toContain(told);
    expect(stage.cards()).toHaveLength(0);
    expect(await stage.requestIds()).toEqual([]);
  });
});

test('asks for the authority that the button asks for', async () => {
  stage = await play();
  await stage.scenario('compromised-server');
  expect(await asks(people.nobody, `isolate-instance ${server}`)).toContain(
    'You are not a responder.',
  );
  expect(await asks(people.guest, `isolate-instance ${server}`)).toContain('Guests cannot act.');
  expect(await asks(people.ana, `isolate-instance ${server}`)).toContain(
    'You are not a responder.',
  );
  expect(stage.thread()).toHaveLength(0);
});

test('what was asked for already is not asked for again', async () => {
  stage = await play();
  await askToIsolate(stage);
  expect(await asks(people.lee, `isolate-instance ${server}`)).toContain(
    'This was already requested',
  );
  expect(await stage.requestIds()).toHaveLength(1);
});

describe('the shortcut that adds a message to a case', () => {
  test('keeps its words in the record of the chosen case, once, and shows them there', async () => {
    stage = await play();
    await stage.scenario('compromised-server');
    await stage.scenario('leaked-key');
    const [first, second] = stage.cards();
    if (!first || !second) throw new Error('there are not two cards');
    for (const _ of [1, 2]) {
      await stage.shortcut(people.maria, 'add-to-case', first);
      await stage.fill(people.maria, { other: stage.caseIdOn(second) });
      expect(stage.told(people.maria)).toContain('Added');
    }
    expect(stage.says(stage.cards()[1])).toContain('Last of 1 comment:');
    expect(stage.cardSays()).not.toContain('comment:');
    await stage.world.tick();
    expect((await stage.audit()).filter((kind) => kind === 'case.commented')).toHaveLength(1);
    await stage.curtain();
  });

  test('is for those with a role, and not for a form that lay open for hours', async () => {
    stage = await play();
    await stage.scenario('compromised-server');
    await stage.shortcut(people.nobody, 'add-to-case');
    expect(stage.told(people.nobody)).toContain('Not done');
    await stage.shortcut(people.maria, 'add-to-case');
    await stage.leap(2 * 3600);
    await stage.fill(people.maria, { other: caseId() });
    expect(stage.told(people.maria)).toContain('This form is too old');
    await stage.world.tick();
    expect(await stage.audit()).not.toContain('case.commented');
  });
});
