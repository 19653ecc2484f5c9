import { afterEach, expect, test } from 'vitest';
import {
  compromisedServer,
  guardDutyEvent,
  leakedKey,
  type Story,
} from '../../src/local/scenarios/guardduty-event.ts';
import { readEvent } from '../fixtures/events/read-event.ts';
import { type Play, play } from './play.ts';

let stage: Play;

afterEach(() => stage.close());

const arrives = (story: Story): Promise<unknown> =>
  stage.world.events([guardDutyEvent(story, stage.world.clock.now())]);

const mining: Story = {
  ...compromisedServer,
  id: '46afba5c5c43e07c9e3e5e2e544e9501',
  type: 'CryptoCurrency:EC2/BitcoinTool.B',
};

const threadText = (): string => stage.threadSays().join('\n');

test('another type about the same server joins its case, and the thread says what is new', async () => {
  stage = await play();
  await arrives(compromisedServer);
  await stage.leap(30 * 60);
  await arrives(mining);
  expect(stage.cards()).toHaveLength(1);
  expect(threadText()).toContain('New in this case');
  expect(threadText()).toContain('CryptoCurrency:EC2/BitcoinTool.B');
  await stage.curtain();
});

test('an hour after the last finding the next one is a new case', async () => {
  stage = await play();
  await arrives(compromisedServer);
  await stage.leap(61 * 60);
  await arrives(mining);
  expect(stage.cards()).toHaveLength(2);
  await stage.curtain();
});

test('what another source says of the same user joins, and the thread names the source', async () => {
  stage = await play();
  await arrives(leakedKey);
  await stage.leap(60);
  await stage.world.events([readEvent('cloudtrail-stop-logging')]);
  expect(stage.cards()).toHaveLength(1);
  expect(threadText()).toContain('also seen by CloudTrail');
});

test('the signals of an attack sequence join its case', async () => {
  stage = await play();
  await stage.world.events([readEvent('guardduty-attack-sequence')]);
  // The user whose key it was, and the server that the key came from.
  await stage.leap(60);
  await arrives(leakedKey);
  await stage.leap(60);
  await arrives(compromisedServer);
  expect(stage.cards()).toHaveLength(1);
  expect(threadText()).toContain('UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom');
  expect(threadText()).toContain('Backdoor:EC2/C');
});

test('a finding that was over and is there again is a new message', async () => {
  stage = await play();
  await arrives(compromisedServer);
  const event = (n: number, archived: boolean): unknown => {
    const text = JSON.stringify(
      guardDutyEvent({ ...compromisedServer, count: 14 + n }, stage.world.clock.now() + n * 60_000),
    );
    return JSON.parse(text.replace('"archived":false', `"archived":${archived}`));
  };
  await stage.world.events([event(5, true)]);
  expect(threadText()).not.toContain('It is back');
  await stage.world.events([event(9, false)]);
  expect(stage.cards()).toHaveLength(1);
  expect(threadText()).toContain('It is back');
  await stage.curtain();
});
