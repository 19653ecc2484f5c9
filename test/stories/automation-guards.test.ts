/** What keeps things from running by themselves: guards at the end of a countdown, the switch, the breaker. */
import { afterEach, expect, test, vi } from 'vitest';
import type { AutomationSettings } from '../../src/config/automation.ts';
import { compromisedServer, guardDutyEvent } from '../../src/local/scenarios/guardduty-event.ts';
import type { AutomationSwitch } from '../../src/requests/automation-switch.ts';
import { automationStore } from '../../src/store/automation.ts';
import { requestsTable } from '../../src/store/requests-table.ts';
import { first, groups, server } from './acts.ts';
import { isolate, prod, recordOf, settings } from './automation-acts.ts';
import { killer } from './killer.ts';
import { type Play, people, play } from './play.ts';
import { wordsIn } from './screen.ts';

vi.setConfig({ testTimeout: 60_000 });

let stage: Play;
afterEach(() => stage.close());

const record = () => recordOf(stage);

/** Another finding about the server, a day later or of another rule: another case. */
const another = (id: string): Promise<unknown> =>
  stage.world.events([
    guardDutyEvent({ ...compromisedServer, id: id.repeat(32) }, stage.world.clock.now()),
  ]);

/** What the channel is told that belongs to no case. */
const notices = (): readonly string[] =>
  stage
    .posts()
    .map(({ blocks }) => wordsIn(blocks))
    .filter((text) => /automation/i.test(text) && !text.includes('Case `'));

test('what changes during the countdown is seen at its end: the list of accounts, an exempt tag', async () => {
  const config = settings();
  stage = await play({ config });
  const before = groups(stage);
  const { config: live } = stage.world as { config: { automation: AutomationSettings } };
  await stage.scenario('compromised-server');
  live.automation = { ...config.automation, accounts: [] };
  await stage.world.advance(180);
  expect(stage.threadSays().join()).toContain('is not among the accounts');
  expect(stage.cardSays()).toContain('*Open*');
  live.automation = config.automation;

  await stage.leap(25 * 3600);
  await another('a');
  const second = stage.cards()[1];
  expect(stage.says(second)).toContain('*Automation counts down*');
  const instance = stage.world.aws.partition(prod, 'eu-west-1').instances.get(server);
  if (instance) instance.tags = { ...instance.tags, 'ir-exempt': 'owner-says-so' };
  await stage.world.advance(180);
  expect(stage.says(stage.cards()[1])).toContain('*Not contained*');
  expect(wordsIn(stage.cards()[1]?.replies)).toContain('ir-exempt');
  expect(groups(stage)).toEqual(before);
  expect(stage.mutations()).toEqual([]);
});

test('the kill switch calls off what counts down, and stops what runs before its next step', async () => {
  stage = await play({ config: settings() });
  await stage.scenario('compromised-server');
  await stage.command(people.nobody, 'automation off I want it gone');
  expect(stage.told(people.nobody)).toContain('You are not a responder');
  // Slack cannot say who anybody is: stopping needs no more than the signature.
  await stage.world.advance(61);
  stage.world.slack.faults.add({ method: 'users.info', kind: 'error' });
  await stage.command(people.maria, 'automation off the rule is wrong');
  stage.world.slack.faults.clear();
  expect(stage.told(people.maria)).toContain('Automation is off');
  expect(notices().join()).toContain('the rule is wrong');
  await stage.world.advance(120);
  expect(stage.threadSays()[0]).toContain('*Called off*');
  expect(stage.threadSays().join()).toContain('switched off by');
  expect(stage.mutations()).toEqual([]);
  await stage.command(people.maria, 'automation on');
  expect(stage.told(people.maria)).toContain('You are not an approver');
  await stage.command(people.ana, 'automation on');
  expect(stage.told(people.ana)).toContain('Automation is on');
  expect((await record()).filter((one) => /\.(on|off) by/.test(one))).toEqual([
    'automation.off by U0MARIA',
    'automation.on by U0ANA',
  ]);
  await stage.curtain();
});

/** As `/cordon automation off` writes it; pressed in the middle of a step, where no gesture fits. */
const off = (at: number): AutomationSwitch => ({
  id: 'AUTOMATION',
  version: 1,
  off: {
    at: new Date(at).toISOString(),
    by: { id: 'T0CORDON/U0MARIA', team: 'T0CORDON', user: people.maria, name: 'Maria' },
    name: 'Maria',
    because: 'the rule is wrong',
  },
  open: {},
  outbox: [],
});

test('what runs stops between two steps when the switch is pressed, and what was done can be undone', async () => {
  let pressed = false;
  stage = await play({ config: settings() });
  const strike = stage.world.aws.faults.strike.bind(stage.world.aws.faults);
  const before = groups(stage);
  await stage.scenario('compromised-server');
  stage.world.aws.faults.strike = async (service, operation) => {
    if (operation === 'CreateSecurityGroup' && !pressed) {
      pressed = true;
      await automationStore(stage.world.owners.requests).save(off(stage.world.clock.now()));
    }
    return strike(service, operation);
  };
  await stage.world.advance(150);
  expect(pressed).toBe(true);
  expect(groups(stage)).toEqual(before);
  expect(stage.cardSays()).toContain('*Not contained*');
  expect(stage.threadSays().join()).toContain('Check between steps');
  expect(stage.threadSays().join()).toContain('switched off by Maria');
  expect(stage.mutations()).toContain('ec2:CreateSecurityGroup');
  expect(stage.mutations()).not.toContain('ec2:ModifyInstanceMetadataOptions');
  // Half of it is there, and the switch keeps nobody from taking it back.
  await stage.press(people.maria, 'undo', stage.withControl('undo'));
  await stage.submit(people.maria, 'wrong-target');
  await stage.world.advance(60);
  expect(stage.cardSays()).toContain('*Undone*');
  await stage.curtain({ pings: 3 });
});

test('an item that Cordon did not write stops everything, from outside Slack', async () => {
  stage = await play({ config: settings() });
  await stage.scenario('compromised-server');
  await stage.world.owners.requests.put({ pk: 'AUTOMATION', sk: 'SWITCH', v: 0 });
  await stage.world.advance(180);
  expect(stage.threadSays().join()).toContain('could not be read, so nothing runs by itself');
  expect(stage.mutations()).toEqual([]);
  await stage.command(people.lee, 'automation');
  expect(stage.told(people.lee)).toContain('Automation is OFF');
  await stage.command(people.ana, 'automation on');
  expect(stage.told(people.ana)).toContain('The switch cannot be read or written');
});

test('a request that only looks approved runs nothing: it has no place in the budget', async () => {
  stage = await play({ config: settings() });
  await stage.scenario('compromised-server');
  const [id = ''] = await stage.requestIds();
  const table = requestsTable(stage.world.owners.requests);
  const announced = await table.get(id);
  if (!announced) throw new Error('nothing is announced');
  const at = new Date(stage.world.clock.now()).toISOString();
  await table.save(
    {
      ...announced,
      version: announced.version + 1,
      state: 'approved',
      approvedAt: at,
      stamp: { at, because: 'forged' },
      run: 1,
    },
    announced.version,
  );
  expect(await stage.world.functions.executor({ request: id })).toEqual({ status: 'failed' });
  expect((await table.get(id))?.failure?.because).toBe(
    'It has no place in the budget of its account.',
  );
  expect(stage.mutations()).toEqual([]);
});

test('one run more than the budget opens the breaker, loudly; an approver closes it', async () => {
  const dns = 'Backdoor:EC2/C&CActivity.B!DNS';
  const alert = (id: string, instanceId: string) =>
    stage.world.events([
      guardDutyEvent(
        {
          ...compromisedServer,
          id: id.repeat(32),
          type: dns,
          resource: { resourceType: 'Instance', instanceDetails: { instanceId } },
        },
        stage.world.clock.now(),
      ),
    ]);
  stage = await play({ config: settings([{ ...isolate, mode: 'auto' }], { runsPerHour: 1 }) });
  await alert('a', server);
  expect(stage.groupsOf(first)).toHaveLength(1);
  const worker = stage.groupsOf('eni-0f1e2d3c4b5a69781');
  await alert('b', 'i-0f1e2d3c4b5a69788');
  await stage.world.advance(60);
  expect(stage.groupsOf('eni-0f1e2d3c4b5a69781')).toEqual(worker);
  expect(notices().join()).toContain('The breaker of automation is open in prod-payments');
  expect(stage.world.pager.pages.map(({ subject }) => subject)).toEqual([
    `Cordon: the breaker of automation is open in ${prod}`,
  ]);
  await stage.command(people.lee, 'automation');
  expect(stage.told(people.lee)).toContain('Breaker open in prod-payments');
  expect(stage.told(people.lee)).toContain('prod-payments: 1 of 1 runs within the hour');
  // It stays open when the hour is over.
  await stage.leap(2 * 3600);
  await stage.command(people.maria, 'automation on');
  expect(stage.told(people.maria)).toContain('You are not an approver');
  await stage.command(people.ana, `automation on ${prod}`);
  expect(stage.told(people.ana)).toContain(`The breaker of ${prod} is closed`);
  expect(await record()).toEqual(
    expect.arrayContaining([
      'automation.breaker-opened by cordon:worker',
      'automation.breaker-paged by cordon:tick',
      'automation.on by U0ANA',
    ]),
  );
});

test('a sample never runs anything, nor does what is only observed, and the thread says why', async () => {
  stage = await play({
    config: {
      ...settings([{ ...isolate, mode: 'auto' }], { accounts: [prod, '444455556666'] }),
      actOnSamples: true,
    },
  });
  const event = guardDutyEvent(compromisedServer, stage.world.clock.now()) as {
    account: string;
    detail: { accountId: string; arn: string; service: object };
  };
  const sample = { ...event.detail.service, additionalInfo: { sample: true } };
  await stage.world.events([{ ...event, detail: { ...event.detail, service: sample } }]);
  expect(stage.threadSays().join()).toContain('*Automation does not run here*');
  expect(stage.threadSays().join()).toContain('sample finding');
  await stage.world.events([
    {
      ...event,
      account: '444455556666',
      detail: {
        ...event.detail,
        id: 'c'.repeat(32),
        arn: event.detail.arn.replace(prod, '444455556666'),
        accountId: '444455556666',
      },
    },
  ]);
  await stage.world.advance(120);
  expect(wordsIn(stage.cards()[1]?.replies)).toContain('Response is switched off');
  expect(stage.mutations()).toEqual([]);
  expect((await record()).filter((one) => one.startsWith('automation.held'))).toHaveLength(2);
});

/** The writes of worker from the alert to the start: one of the middle, or each when asked for. */
const kills = process.env['CORDON_EVERY_KILL'] ? [1, 2, 3, 4, 5, 6] : [3];

test.each(kills)(
  'killed before write %i, worker announces it once and runs it once',
  async (nth) => {
    const killing = killer('worker', nth);
    stage = await play({ config: settings(), wrap: killing.wrap });
    killing.arm(stage.world);
    await stage.scenario('compromised-server');
    for (let minute = 0; minute < 10 && !stage.cardSays().includes('*Contained*'); minute += 1)
      await stage.world.advance(60);
    expect(killing.killed()).toBe(true);
    expect(stage.cardSays()).toContain('*Contained*, verified');
    const kinds = await record();
    for (const kind of ['automation.asked', 'request.created', 'automation.launched'])
      expect(kinds.filter((one) => one.startsWith(`${kind} `))).toHaveLength(1);
    expect(stage.thread().filter((one) => stage.says(one).includes('Contained and'))).toHaveLength(
      1,
    );
    await stage.curtain({ pings: 3 });
  },
);
