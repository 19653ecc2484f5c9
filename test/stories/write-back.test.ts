/** Resolving a case tells GuardDuty and Security Hub, where the configuration says so. */
import { afterEach, expect, test } from 'vitest';
import { guardDutyEvent, portScan } from '../../src/local/scenarios/guardduty-event.ts';
import { casesTable } from '../../src/store/cases-table.ts';
import { priorities } from '../../src/store/dirty.ts';
import { readEvent } from '../fixtures/events/read-event.ts';
import { killer, strideOf } from './killer.ts';
import { type Play, people, play } from './play.ts';

let stage: Play;

afterEach(() => stage.close());

const on = { config: { resolve: { writeBack: true } } } as const;

const resolve = async (classification: string, user: string = people.maria): Promise<void> => {
  await stage.choose(user, 'Resolve');
  await stage.fill(user, { classification, note: 'Looked at the logs' });
};

/** What GuardDuty sends when somebody archived the finding, or opened it again. */
const update = (archived: boolean): Promise<unknown> => {
  stage.world.clock.moveTo(stage.world.clock.now() + 60_000);
  const text = JSON.stringify(guardDutyEvent(portScan, stage.world.clock.now()));
  return stage.world.events([
    JSON.parse(archived ? text.replace('"archived":false', '"archived":true') : text),
  ]);
};

const thread = (): string => stage.threadSays().join('\n');

const hub = () => stage.world.aws.partition(stage.world.aws.securityAccount, 'eu-west-1');

test('a resolved case archives its finding, tells nobody of its own doing, and re-opening offers to take it back', async () => {
  stage = await play(on);
  await stage.scenario('port-scan');
  await resolve('true-positive');
  expect(stage.archived(portScan.id)).toBe(true);
  expect(stage.mutations()).toEqual(['guardduty:ArchiveFindings']);
  expect(stage.cardSays()).toContain('*Resolved* as *True positive*');
  expect(thread()).toContain('*Written back and verified*');
  expect(await stage.requestAudits()).toEqual([
    [
      'request.created',
      'request.executing',
      'step.done',
      'playbook.step-done',
      'request.contained',
    ],
  ]);
  await stage.command(people.maria, 'contained');
  expect(stage.told(people.maria)).not.toContain('source of the finding');
  const told = stage.thread().length;
  await update(true);
  await stage.leap(2 * 86_400);
  expect(stage.thread()).toHaveLength(told);

  await stage.press(people.maria, 'reopen');
  expect(thread()).toContain('Its findings are still closed at their source.');
  expect(stage.cardSays()).toContain('*Acknowledged*');
  const again = stage.thread().at(-1);
  await stage.press(people.maria, 'undo', again);
  await stage.submit(people.maria, 'wrong-target');
  expect(stage.archived(portScan.id)).toBe(false);
  expect(thread()).not.toContain('still closed at their source');
  await update(false);
  expect(thread()).not.toContain('It is back');
  await stage.curtain({ pings: 0 });
});

test('Security Hub is told RESOLVED, and SUPPRESSED where the finding was wrong', async () => {
  stage = await play(on);
  const workflows = () => [...hub().hubFindings.values()].map(({ workflow }) => workflow);
  await stage.world.events([readEvent('securityhub-control')]);
  await resolve('benign');
  expect(workflows()).toEqual(['RESOLVED']);
  await stage.press(people.maria, 'reopen');
  await stage.press(people.lee, 'undo', stage.withControl('undo'));
  await stage.submit(people.lee, 'wrong-target');
  expect(workflows()).toEqual(['NEW']);
  await resolve('false-positive');
  expect(workflows()).toEqual(['SUPPRESSED']);
  await stage.curtain();
});

test('where the findings role is missing the case is resolved all the same, and its thread says why', async () => {
  stage = await play(on);
  stage.world.aws.account(stage.world.aws.securityAccount).roles.delete('cordon-respond-findings');
  await stage.scenario('port-scan');
  await resolve('test');
  expect(stage.cardSays()).toContain('*Resolved* as *Test*');
  expect(thread()).toMatch(/\*Not written back\*.*cordon-respond-findings/s);
  expect(stage.mutations()).toEqual([]);
  await stage.curtain({ pings: 0 });
});

test('unless the configuration wants it, resolving changes nothing in AWS', async () => {
  stage = await play();
  await stage.scenario('port-scan');
  await resolve('true-positive');
  expect(stage.mutations()).toEqual([]);
  expect(stage.thread()).toEqual([]);
});

const kills = Array.from({ length: 9 }, (_, n) => n + 1).filter((n) => n % strideOf(4) === 0);

test.each(kills)(
  'killed before write %i of resolving, the source is told all the same, once',
  async (nth) => {
    const killing = killer('worker', nth);
    stage = await play({ ...on, wrap: killing.wrap });
    await stage.scenario('port-scan');
    await stage.choose(people.maria, 'Resolve');
    killing.arm(stage.world);
    await stage.fill(people.maria, { classification: 'true-positive', note: 'Looked' });
    expect(killing.killed()).toBe(true);
    await stage.world.advance(180);
    await stage.world.tick();
    await stage.world.idle();
    expect(stage.cardSays()).toContain('*Resolved*');
    expect(stage.mutations()).toEqual(['guardduty:ArchiveFindings']);
    expect((await stage.audit()).filter((kind) => kind === 'case.resolved')).toHaveLength(1);
    await stage.curtain({ pings: 0 });
  },
);

test('whoever is no responder any more when it is asked for asks for nothing', async () => {
  const killing = killer('worker', 7);
  stage = await play({ ...on, wrap: killing.wrap });
  await stage.scenario('port-scan');
  await stage.choose(people.maria, 'Resolve');
  killing.arm(stage.world);
  await stage.fill(people.maria, { classification: 'true-positive', note: 'Looked' });
  expect(killing.killed()).toBe(true);
  stage.world.slack.setGroup('S0SECRESP', [people.lee]);
  await stage.leap(180);
  expect(stage.cardSays()).toContain('*Resolved*');
  expect(thread()).toMatch(/\*Not written back\*.*You are not a responder/s);
  expect(stage.mutations()).toEqual([]);
});

test('a case that somebody wrote into asks for nothing: not even a plan that a person was shown', async () => {
  stage = await play(on);
  await stage.scenario('leaked-key');
  await stage.press(people.maria, 'plan:deactivate-access-key');
  const [, shown = ''] =
    /"private_metadata":"(\w+)"/.exec(JSON.stringify(stage.world.slack.state())) ?? [];
  expect(shown).not.toBe('');
  const cases = casesTable(stage.world.owners.cases);
  const theCase = await cases.get(stage.caseIdOn(stage.card()));
  if (!theCase) throw new Error('the case is missing');
  const writeBack = { at: '2026-11-22T09:00:00.000Z', offer: shown };
  await cases.save(
    { ...theCase, version: theCase.version + 1, writeBack },
    theCase.version,
    priorities.human,
  );
  await stage.world.advance(120);
  expect(thread()).toMatch(/\*Not written back\*.*not in the record of requests/s);
  expect(stage.mutations()).toEqual([]);
});
