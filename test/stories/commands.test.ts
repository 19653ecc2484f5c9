/** `/cordon …` through signed requests: every answer is for the person alone. */
import { afterEach, describe, expect, test } from 'vitest';
import { askToIsolate, groups, isolate, key, server } from './acts.ts';
import { type Play, people, play } from './play.ts';

let stage: Play;

afterEach(() => stage.close());

const asks = async (user: string, text: string): Promise<string> => {
  const outcome = await stage.command(user, text);
  expect(outcome).toMatchObject({ status: 200, body: '' });
  return stage.told(user);
};

const caseId = (): string => /\bC[0-9A-F]{9}\b/.exec(stage.cardSays())?.[0] ?? '';

test('alone it tells what waits for the person: approvals, own cases, on call or not', async () => {
  stage = await play();
  expect(await asks(people.maria, '')).toContain('Nothing waits for you');
  expect(stage.told(people.maria)).toContain('You are on call.');
  await askToIsolate(stage);
  const before = groups(stage);
  const maria = await asks(people.maria, '');
  expect(maria).toContain('Approvals that you may give: 0. Your open cases: 1, of 1 open.');
  expect(maria).toContain(caseId());
  const ana = await asks(people.ana, '');
  expect(ana).toContain('Approvals that you may give: 1. Your open cases: 0, of 1 open.');
  expect(ana).toContain('You are not on call.');
  await stage.pressAnswer(people.ana, 'view-plan');
  expect(stage.told(people.ana)).toContain('Approve');
  await stage.pressInModal(people.ana, 'approve');
  expect(groups(stage)).not.toEqual(before);
  expect(await asks(people.ana, '')).toContain('Nothing waits for you');
  await stage.curtain();
});

test('cases are listed the worst first, and shown in a window', async () => {
  stage = await play();
  expect(await asks(people.maria, 'cases')).toContain('No case is open');
  await stage.scenario('compromised-server');
  await stage.scenario('leaked-key');
  const told = await asks(people.lee, 'cases');
  expect(told).toContain('Open cases: 2');
  const order = [...told.matchAll(/(CRITICAL|HIGH|MEDIUM) ·/g)].map(([, severity]) => severity);
  expect(order).toEqual([...order].sort());
  await stage.pressAnswer(people.lee, 'show-case');
  expect(stage.told(people.lee)).toContain('At risk:');
  expect(stage.told(people.lee)).toContain('https://slack.com/archives/C0SECURITY/p');
  expect(await asks(people.lee, `case ${caseId().toLowerCase()}`)).toContain('What happened:');
  expect(await asks(people.lee, 'case C00000000')).toContain('There is no such case');
});

test('a list that is longer than one message goes on where the person presses Next', async () => {
  stage = await play();
  await asks(people.maria, 'rules');
  const first = stage.told(people.maria);
  await stage.pressAnswer(people.maria, 'next');
  const second = stage.told(people.maria);
  expect(second).not.toBe(first);
  expect(second).toMatch(/^Rules: \d+/);
  // Somebody else's page is not turned: the button's token says nothing.
  const { value } = nextButton(people.maria);
  expect(value).toMatch(/^[A-Za-z0-9]{16,40}$/);
  await stage.leap(2 * 86_400);
  await stage.pressAnswer(people.maria, 'next');
  expect(stage.told(people.maria)).toContain('This list is too old to go on with.');
});

const nextButton = (user: string): { readonly value: string } => {
  const { ephemerals } = stage.world.slack.state(user) as unknown as {
    readonly ephemerals: readonly { readonly blocks: readonly { readonly elements?: unknown }[] }[];
  };
  const [button] = (ephemerals.at(-1)?.blocks.at(-1)?.elements ?? []) as { value: string }[];
  if (!button) throw new Error('no button for the next page');
  return button;
};

describe('find', () => {
  test.each([
    ['an instance', 'compromised-server', server],
    ['an ARN', 'compromised-server', `arn:aws:ec2:eu-west-1:123456789012:instance/${server}`],
    ['an access key', 'leaked-key', key],
    ['a key in small letters', 'leaked-key', key.toLowerCase()],
  ])('tells the cases about %s', async (_, scenario, word) => {
    stage = await play();
    expect(await asks(people.maria, `find ${word}`)).toContain('Nothing is known about that');
    await stage.scenario(scenario);
    const told = await asks(people.maria, `find ${word}`);
    expect(told).toContain('Cases about that: 1');
    expect(told).toContain(caseId());
  });

  test('from the menu of a message it looks for what its text names', async () => {
    stage = await play();
    await stage.scenario('compromised-server');
    await stage.shortcut(people.maria, 'find-this');
    expect(stage.told(people.maria)).toContain('Cases about that: 1');
    await stage.shortcut(people.nobody, 'find-this');
    expect(stage.told(people.nobody)).toContain(
      'You are not a responder, an approver or a viewer.',
    );
  });

  test('reads by key: its calls do not grow with the cases that there are', async () => {
    stage = await play();
    await stage.scenario('compromised-server');
    const reads = async (): Promise<number> => {
      const before = stage.world.aws.calls.length;
      await asks(people.maria, `find ${server}`);
      return stage.world.aws.calls
        .slice(before)
        .filter(({ function: by, service }) => by === 'worker' && service === 'dynamodb').length;
    };
    const few = await reads();
    await stage.scenario('leaked-key');
    await stage.scenario('public-bucket');
    expect(await reads()).toBe(few);
  });
});

test('who reads IAM live, and names the account that cannot be read', async () => {
  stage = await play();
  await stage.scenario('leaked-key');
  const told = await asks(people.maria, `who ${key}`);
  expect(told).toContain('Key of user');
  expect(told).toContain('Asked 1 accounts. Cases about it: 1.');
  stage.world.aws.faults.add({ service: 'iam', operation: 'GetAccessKeyLastUsed', kind: 'deny' });
  expect(await asks(people.maria, `who ${key}`)).toContain(
    'Unknown, because AWS said: AccessDenied',
  );
  expect(await asks(people.maria, `who ${key} 000000000000`)).toContain(
    'does not know that account',
  );
});

test('pending, contained and undo lead from a request to its undo', async () => {
  stage = await play();
  expect(await asks(people.maria, 'pending')).toContain('No request waits');
  const card = await askToIsolate(stage);
  const before = groups(stage);
  expect(await asks(people.lee, 'pending')).toContain('waits for 1 more approval');
  await stage.press(people.ana, 'approve', card);
  expect(await asks(people.lee, 'pending')).toContain('No request waits');
  const told = await asks(people.lee, 'contained');
  expect(told).toContain('In force now: 1');
  expect(told).toContain('in force');
  const request = /\bR[0-9A-F]{24}\b/.exec(told)?.[0] ?? '';
  expect(await asks(people.maria, `undo ${request.toLowerCase()}`)).toContain('Press Undo');
  await stage.pressAnswer(people.maria, 'undo');
  await stage.submit(people.maria, 'wrong-target');
  expect(groups(stage)).toEqual(before);
  expect(await asks(people.maria, `undo ${request}`)).toContain('There is nothing to undo');
  expect(await asks(people.lee, 'contained')).toContain('No containment is in force');
  await stage.curtain();
});

test('audit tells what the chain holds of a case and of a request', async () => {
  stage = await play();
  await isolate(stage);
  const told = await asks(people.maria, 'contained');
  const request = /\bR[0-9A-F]{24}\b/.exec(told)?.[0] ?? '';
  expect(await asks(people.maria, `audit ${request}`)).toContain('The record has nothing of that');
  await stage.world.tick();
  const entries = await asks(people.maria, `audit ${request}`);
  expect(entries).toContain('request.contained');
  expect(entries).toContain('slack:T0CORDON/U0ANA');
  expect(await asks(people.maria, `audit ${caseId()}`)).toContain('case.opened');
});

test('balance says where everything is that arrived, and why the rest was ignored', async () => {
  stage = await play();
  expect(await asks(people.maria, 'balance')).toContain('Nothing was received.');
  await stage.scenario('compromised-server');
  await stage.world.events([{ source: 'aws.guardduty', 'detail-type': 'GuardDuty Finding' }]);
  const told = await asks(people.maria, 'balance 2');
  expect(told).toContain('The last 2 hours');
  expect(told).toContain('2 received = 1 with a card + 1 ignored, with the reason');
  expect(told).toContain('1 ignored: A GuardDuty Finding event without type, id and ARN');
  expect(await asks(people.maria, 'balance 500')).toContain('balance HOURS');
  expect(await asks(people.nobody, 'balance')).not.toContain('received');
});

test('oncall names the people, and rules say why', async () => {
  stage = await play();
  expect(await asks(people.nobody, 'oncall')).toContain('Called from HIGH on.');
  expect(await asks(people.maria, 'rules crypto-minin')).toMatch(/Did you mean|At risk:/);
});

describe('what cannot be answered', () => {
  test.each([
    ['case', '/cordon case ID'],
    ['find', '/cordon find RESOURCE'],
    ['undo', '/cordon undo REQUEST'],
    ['audit', '/cordon audit CASE'],
    ['who', '/cordon who KEY'],
    ['pending now', '/cordon pending'],
    ['suppressions stop', '/cordon suppressions end ID WHY'],
  ])('`/cordon %s` is answered with its uses', async (text, use) => {
    stage = await play();
    const told = await asks(people.lee, text);
    expect(told).toContain('Use it like this');
    expect(told).toContain(use);
  });

  test('a word that is no command is answered with the one that was meant', async () => {
    stage = await play();
    expect(await asks(people.lee, 'containd')).toContain('Did you mean /cordon contained?');
  });

  test('whoever has no role is told whom to ask, and it is kept', async () => {
    stage = await play();
    expect(await asks(people.nobody, 'cases')).toContain(
      'You are not a responder, an approver or a viewer.',
    );
    expect(await asks(people.guest, 'find x')).toContain('Guests cannot act.');
    await stage.world.tick();
    expect((await stage.audit()).filter((kind) => kind === 'click.refused')).toHaveLength(2);
  });

  test('help lists every command, and tells one', async () => {
    stage = await play();
    expect(await asks(people.nobody, 'help')).toContain('/cordon find RESOURCE');
    expect(await asks(people.nobody, 'help who')).toContain('/cordon who KEY ACCOUNT');
  });
});
