import { afterEach, describe, expect, test } from 'vitest';
import { compromisedServer, guardDutyEvent } from '../../src/local/scenarios/guardduty-event.ts';
import { askToIsolate } from './acts.ts';
import { type Play, people, play } from './play.ts';

let stage: Play;

afterEach(() => stage.close());

const minutes = (count: number): Promise<void> => stage.world.advance(count * 60);
const pages = () => stage.world.pager.pages;
const subjects = () => pages().map(({ subject }) => subject);
const slackBreaks = () => stage.world.slack.faults.add({ method: '*', kind: 'error' });

const title = "Server is talking to an attacker's control server";

const alert = (change: Partial<typeof compromisedServer>) =>
  stage.world.events([
    guardDutyEvent({ ...compromisedServer, ...change }, stage.world.clock.now()),
  ]);
const criticalAlert = () => alert({ severity: 9.5 });

describe('while Slack cannot be reached', () => {
  test('a HIGH case is paged once, after ten minutes, and its card says so later', async () => {
    stage = await play();
    slackBreaks();
    await stage.scenario('compromised-server');
    await minutes(9);
    expect(pages()).toEqual([]);
    await minutes(2);
    expect(pages()).toEqual([
      {
        at: '2026-11-22T09:10:00.000Z',
        severity: 'HIGH',
        subject: `HIGH: ${title}`,
        text: expect.stringContaining('You are paged because Slack was not reachable.'),
      },
    ]);
    await minutes(10);
    expect(pages()).toHaveLength(1);

    stage.world.slack.faults.clear();
    await minutes(1);
    expect(stage.cards()).toHaveLength(1);
    expect(stage.cardSays()).toMatch(/Paged .*09:10 UTC.* because Slack was not reachable/);
    expect(await stage.audit()).toEqual(['case.opened', 'case.paged', 'case.escalated']);
    await stage.curtain();
  });

  test('a rise in severity is paged too', async () => {
    stage = await play();
    await alert({ severity: 5 });
    slackBreaks();
    await stage.leap(30 * 60);
    await alert({ count: 20 });
    await minutes(9);
    expect(pages()).toEqual([]);
    await minutes(2);
    expect(subjects()).toEqual([`HIGH: ${title}`]);
    await stage.curtain();
  });
});

describe('a CRITICAL case', () => {
  test('is paged with the next tick and only once, though Slack shows it', async () => {
    stage = await play();
    await criticalAlert();
    expect(pages()).toEqual([]);
    await minutes(1);
    expect(pages()).toEqual([
      {
        at: '2026-11-22T09:01:00.000Z',
        severity: 'CRITICAL',
        subject: `CRITICAL: ${title}`,
        text: expect.stringMatching(/^Case C[0-9A-F]{9}$/m),
      },
    ]);
    expect(stage.cardSays()).toMatch(/Paged .*09:01 UTC.* because it is CRITICAL/);
    await stage.press(people.maria, 'acknowledge');
    await criticalAlert();
    await stage.leap(30 * 60);
    expect(pages()).toHaveLength(1);
    await stage.curtain();
  });

  test('is paged as soon as it has become one', async () => {
    stage = await play();
    await stage.scenario('compromised-server');
    await minutes(2);
    expect(pages()).toEqual([]);
    await alert({ severity: 9.5, count: 20 });
    await minutes(1);
    expect(subjects()).toEqual([`CRITICAL: ${title}`]);
    await stage.curtain();
  });

  test('is paged when the topic is back, and tick does the rest of its work meanwhile', async () => {
    stage = await play();
    stage.world.aws.faults.add({ service: 'sns', operation: 'Publish', kind: 'error' });
    await criticalAlert();
    await minutes(3);
    expect(pages()).toEqual([]);
    expect(await stage.audit()).toEqual(['case.opened']);
    stage.world.aws.faults.clear();
    await minutes(3);
    expect(pages()).toHaveLength(1);
    expect(await stage.audit()).toEqual(['case.opened', 'case.paged', 'case.escalated']);
    await stage.curtain();
  });

  test('is paged at most twice when tick dies between sending and remembering', async () => {
    stage = await play();
    const strike = stage.world.aws.faults.strike.bind(stage.world.aws.faults);
    let died = false;
    stage.world.aws.faults.strike = async (service, operation) => {
      if (!died && pages().length === 1 && operation === 'PutItem') {
        died = true;
        throw new Error('killed');
      }
      return strike(service, operation);
    };
    await criticalAlert();
    await minutes(10);
    expect(died).toBe(true);
    expect(pages()).toHaveLength(2);
    expect(await stage.audit()).toEqual(['case.opened', 'case.paged', 'case.escalated']);
    await stage.curtain();
  });
});

describe('a request for approval', () => {
  test('that nobody answers is paged once, at half of its time', async () => {
    stage = await play();
    await askToIsolate(stage);
    await minutes(7);
    expect(pages()).toEqual([]);
    await minutes(1);
    expect(subjects()).toEqual([expect.stringMatching(/^Approval needed: /)]);
    expect(pages()[0]?.text).toContain('asked for by Maria Okafor');
    expect(stage.cardSays()).toContain('because nobody answered a request for approval');
    await minutes(10);
    expect(pages()).toHaveLength(1);
    expect(stage.threadSays().at(-1)).toContain('expired without its approvals');
    await stage.curtain();
  });

  test('that is answered in time pages nobody', async () => {
    stage = await play();
    await stage.press(people.ana, 'approve', await askToIsolate(stage));
    await minutes(20);
    expect(pages()).toEqual([]);
    await stage.curtain();
  });
});

test('nothing in a page can be clicked or break its lines', async () => {
  stage = await play();
  await alert({
    type: 'Unheard:EC2/Of',
    severity: 9.5,
    title: `Call\u2028\u202Ehttps://evil.example/now ${'x'.repeat(300)}`,
  });
  await minutes(1);
  const [page] = pages();
  expect(page?.subject).toMatch(/^CRITICAL: .*hxxps:\/\/evil/);
  expect(page?.subject.length).toBeLessThan(100);
  expect(page?.text).not.toMatch(/https?:|[\u2028\u202E]/);
  expect(page?.text.split('\n')).toHaveLength(5);
  await stage.curtain();
});

test('only tick publishes', async () => {
  stage = await play();
  await criticalAlert();
  await minutes(1);
  const callers = stage.world.aws.calls
    .filter(({ service }) => service === 'sns')
    .map((call) => call.function);
  expect(callers).toEqual(['tick']);
  await stage.curtain();
});
