import { afterEach, describe, expect, test } from 'vitest';
import type { LocalWorld } from '../../src/local/local-world.ts';
import { compromisedServer, guardDutyEvent } from '../../src/local/scenarios/guardduty-event.ts';
import { askToIsolate, first, groups } from './acts.ts';
import { type Play, people, play } from './play.ts';

type SlackFault = Parameters<LocalWorld['slack']['faults']['add']>[0];

let stage: Play;

afterEach(() => stage.close());

/** Slack breaks in the moment in which the executor starts. */
const breakDuringExecution = async (fault: SlackFault): Promise<void> => {
  let broken = false;
  stage = await play({
    wrap: (functions) => ({
      ...functions,
      executor(input) {
        if (!broken) stage.world.slack.faults.add(fault);
        broken = true;
        return functions.executor(input);
      },
    }),
  });
  const asked = await askToIsolate(stage);
  await stage.press(people.ana, 'approve', asked);
};

describe('Slack during an execution', () => {
  test.each(['error', 'throttle'] as const)(
    'answers %s: AWS is contained all the same, and the card catches up',
    async (kind) => {
      await breakDuringExecution({ method: '*', kind });
      const [group] = stage.groupsOf(first);
      expect(groups(stage)).toEqual([[group], [group]]);
      expect(stage.cardSays()).not.toContain('*Contained*');
      await stage.world.advance(20);
      expect(stage.cardSays()).not.toContain('*Contained*');

      stage.world.slack.faults.clear();
      await stage.world.advance(60);
      expect(stage.cardSays()).toContain('*Contained*, verified');
      expect(stage.cards()).toHaveLength(1);
      expect(stage.thread()).toHaveLength(1);
      await stage.curtain();
    },
  );

  test('does the edits but loses its answers: nothing is posted twice', async () => {
    await breakDuringExecution({ method: 'chat.update', kind: 'timeout', count: 3 });
    await stage.world.advance(60);
    expect(stage.cardSays()).toContain('*Contained*, verified');
    expect(stage.thread()).toHaveLength(1);
    await stage.curtain();
  });
});

test('an alert that comes while Slack is down is posted once when it is back', async () => {
  stage = await play();
  stage.world.slack.faults.add({ method: '*', kind: 'error' });
  await stage.scenario('compromised-server');
  await stage.scenario('repeat');
  await stage.world.advance(20);
  expect(stage.cards()).toEqual([]);
  stage.world.slack.faults.clear();
  await stage.world.advance(60);
  expect(stage.cards()).toHaveLength(1);
  expect(stage.cardSays()).toContain('Seen 17×');
  await stage.curtain();
});

test('a request that is made while posting fails gets exactly one approval card', async () => {
  stage = await play();
  await stage.scenario('compromised-server');
  await stage.press(people.maria, 'plan:isolate-instance');
  stage.world.slack.faults.add({ method: 'chat.postMessage', kind: 'throttle', count: 2 });
  await stage.submit(people.maria);
  expect(stage.thread()).toEqual([]);
  await stage.world.advance(90);
  expect(stage.thread()).toHaveLength(1);
  await stage.press(people.ana, 'approve', stage.withControl('approve'));
  expect(stage.cardSays()).toContain('*Contained*, verified');
  await stage.curtain();
});

test('news whose answer was lost is not posted again, although a request was posted meanwhile', async () => {
  stage = await play();
  await stage.scenario('compromised-server');
  await stage.press(people.maria, 'plan:isolate-instance');
  stage.world.slack.faults.add({ method: 'chat.postMessage', kind: 'timeout', count: 1 });
  const more = { ...compromisedServer, id: 'f'.repeat(32), type: 'Trojan:EC2/DNSDataExfiltration' };
  await stage.world.events([guardDutyEvent(more, stage.world.clock.now())]);
  expect(stage.thread()).toHaveLength(1);
  await stage.submit(people.maria);
  await stage.world.advance(120);
  expect(stage.thread()).toHaveLength(2);
  await stage.press(people.ana, 'approve', stage.withControl('approve'));
  expect(stage.cardSays()).toContain('*Contained*, verified');
  await stage.curtain();
});
