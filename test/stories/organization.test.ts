/** Accounts as Organizations tells them: a new one is covered within the hour, and its unit says what may be done. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { config as example } from '../../cordon.config.ts';
import type { CordonConfig } from '../../src/config/config.ts';
import { rootId } from '../../src/local/world/organizations.ts';
import type { Organization } from '../../src/local/world/service-state.ts';
import { readEvent } from '../fixtures/events/read-event.ts';
import { type Play, people, play } from './play.ts';

const [security, payments, venture] = ['999988887777', '123456789012', '555544443333'];
const [workloads, prod, sandbox] = ['ou-exam-workload', 'ou-exam-prod0000', 'ou-exam-sandbox0'];

/** The configuration names the security account only; the rest is Organizations'. */
const config: Partial<CordonConfig> = {
  accounts: { [security]: { name: 'security-tooling', response: true, actions: [] } },
  units: { 'workloads/prod': { response: true, actions: ['isolate-instance'] } },
  routes: [{ id: 'prod', when: { ous: ['workloads/prod'] }, mention: { users: [people.lee] } }],
  automation: { ...example.automation, accounts: [], rules: [] },
  deployment: { ...example.deployment, organization: 'o-exampleorgid' },
};

let stage: Play;

const organization = (): Required<Organization> =>
  stage.world.aws.account(security).organization as Required<Organization>;

const put = (inside: Readonly<Record<string, readonly string[]>>): void => {
  for (const [unit, accounts] of Object.entries(inside)) organization().units.set(unit, accounts);
};

/** What a reading of the organisation waits for, and what functions keep of it: seventeen minutes. */
const laterInTheHour = async (): Promise<void> => {
  await stage.leap(660);
  await stage.leap(360);
};

const serverIn = (account: string): unknown =>
  JSON.parse(JSON.stringify(readEvent('guardduty-ec2-c2')).replaceAll(payments, account));

const cardOf = (name: string) => stage.cards().find((card) => stage.says(card).includes(name));

const groupsIn = (account: string) =>
  [...stage.world.aws.partition(account, 'eu-west-1').interfaces.values()].flatMap(
    ({ groups }) => groups,
  );

beforeAll(async () => {
  stage = await play({ config, closed: true });
  put({ [rootId]: [workloads, sandbox], [workloads]: [prod], [prod]: [payments], [sandbox]: [] });
  organization().names.set(workloads, 'workloads').set(prod, 'prod').set(sandbox, 'sandbox');
  await stage.leap(120);
});
afterAll(() => stage.close());

test('a new account has its name, unit, owner and route within the hour, and is acted on', async () => {
  stage.world.aws.account(venture, 'new-venture');
  put({ [prod]: [payments, venture] });
  organization().tags.set(venture, { owner: 'Ventures <!channel>' });
  await stage.command(people.lee, 'posture');
  expect(stage.told(people.lee)).toContain('(555544443333): not read from Organizations yet');
  await laterInTheHour();
  await stage.world.events([serverIn(venture)]);
  const card = cardOf('new-venture');
  const said = stage.says(card);
  expect(said).toMatch(/Unit: +workloads\/prod +· +Account owner: +Ventures <!channel>/);
  expect(said).toContain('Route prod: organisational unit workloads/prod');
  expect(stage.world.slack.pings(people.lee)).toBe(1);
  const before = groupsIn(venture);
  await stage.press(people.maria, 'plan:isolate-instance', card);
  await stage.submit(people.maria, 'confirmed');
  await stage.press(people.ana, 'approve', stage.withControl('approve'));
  expect(stage.says(cardOf('new-venture'))).toContain('*Contained*, verified');
  expect(groupsIn(venture)).not.toEqual(before);
  expect(await stage.audit()).toContain('request.contained');
});

test('an account that leaves its unit while an approval is waited for is not changed', async () => {
  await stage.leap(1_200);
  await stage.scenario('compromised-server');
  await stage.press(people.maria, 'plan:isolate-instance', cardOf('prod-payments'));
  await stage.submit(people.maria, 'confirmed');
  const approval = cardOf('prod-payments')?.replies.findLast((message) =>
    stage.controls(message).includes('approve'),
  );
  const before = groupsIn(payments);
  put({ [prod]: [venture], [sandbox]: [payments] });
  await stage.leap(400);
  await stage.leap(320);
  await stage.press(people.ana, 'approve', approval);
  expect(groupsIn(payments)).toEqual(before);
  expect((await stage.audit()).at(-1)).toBe('request.failed');
  expect(cardOf('prod-payments')?.replies.map(stage.says).join(' ')).toContain(
    'Response is switched off for account prod-payments',
  );
});

test('and is refused at the next click', async () => {
  // Cards are drawn again when every function knows the new place.
  await stage.leap(320);
  const card = cardOf('prod-payments');
  expect(stage.says(card)).toContain('Observed only');
  await stage.press(people.maria, 'plan:isolate-instance', card);
  expect(stage.told(people.maria)).toContain('Response is switched off for account');
});

test('Details say the unit and the owner too', async () => {
  await stage.command(
    people.maria,
    `case ${stage.caseIdOn(cardOf('new-venture') ?? stage.card())}`,
  );
  expect(stage.told(people.maria)).toContain('Account owner: Ventures <!channel>');
});

test('what Organizations does not answer leaves what is known as it is, and posture and digest say so', async () => {
  const { faults } = stage.world.aws;
  faults.add({ service: 'organizations', operation: 'ListAccountsForParent', kind: 'deny' });
  await laterInTheHour();
  faults.clear();
  faults.add({ service: 'organizations', operation: 'ListTagsForResource', kind: 'deny' });
  await stage.command(people.maria, 'posture new-venture');
  expect(stage.told(people.maria)).toContain('may not call organizations:ListAccountsForParent');
  await laterInTheHour();
  await stage.command(people.maria, 'posture new-venture');
  const told = stage.told(people.maria);
  expect(told).toContain('owners of accounts are not read');
  await stage.command(people.maria, 'digest');
  expect(stage.told(people.maria)).toMatch(
    /Since 20[-\d]+ [:\d]+ UTC they cannot be read in full: .*`cordon doctor` says what to do/,
  );
  expect(told).toContain('Unit workloads/prod · Account owner: Ventures <!channel>');
  faults.clear();
  await laterInTheHour();
  await stage.command(people.maria, 'posture new-venture');
  expect(stage.told(people.maria)).not.toContain('cannot be read');
});

test('an account without the read role is uncovered, with the reason, and covered once it has it', async () => {
  const { roles } = stage.world.aws.account(venture);
  const kept = [...roles];
  roles.clear();
  await stage.leap(86_400);
  await laterInTheHour();
  await stage.command(people.maria, 'posture');
  expect(stage.told(people.maria)).toContain('new-venture (555544443333): the read role cannot be');
  for (const [name, tags] of kept) roles.set(name, tags);
  await laterInTheHour();
  await stage.command(people.maria, 'posture');
  expect(stage.told(people.maria)).not.toContain('new-venture (555544443333): the read role');
});

test('an account that is closed is not acted on, and one that is gone is unknown', async () => {
  organization().states.set(venture, 'SUSPENDED');
  await laterInTheHour();
  await stage.world.events([serverIn(venture)]);
  const told = stage.posts().map(stage.says).join(' ');
  expect(told).toContain(`account ${venture} is neither in the configuration nor`);
  expect([...new Set(stage.denied())]).toEqual([
    'worker organizations:ListAccountsForParent',
    'worker organizations:ListTagsForResource',
    'worker sts:AssumeRole',
  ]);
  expect(await stage.auditIntact()).toBe(true);
});

test('one of more than 200 accounts is read every half hour', async () => {
  const many = Array.from({ length: 201 }, (_, n) => String(600_000_000_000 + n));
  for (const id of many) stage.world.aws.account(id, `sandbox-${id}`);
  put({ [sandbox]: many });
  await stage.leap(660);
  await stage.leap(600);
  const readings = () =>
    stage.world.aws.calls.filter(({ operation }) => operation === 'ListRoots').length;
  const before = readings();
  await stage.leap(960);
  expect(readings()).toBe(before);
  await stage.leap(1_200);
  expect(readings()).toBe(before + 1);
});
