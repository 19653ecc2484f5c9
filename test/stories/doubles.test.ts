import { afterEach, describe, expect, test } from 'vitest';
import type { LocalFunctions } from '../../src/local/runtime/functions.ts';
import { askToIsolate, cutting, preparing } from './acts.ts';
import { type Play, people, play } from './play.ts';
import { channel } from './screen.ts';

let stage: Play;

afterEach(() => stage.close());

const approvals = async (): Promise<number> =>
  (await stage.audit()).filter((kind) => kind === 'request.approved').length;

const containedOnce = async (): Promise<void> => {
  expect(stage.cardSays()).toContain('*Contained*, verified');
  expect(stage.mutations().toSorted()).toEqual([...preparing, ...cutting].toSorted());
  expect(await approvals()).toBe(1);
  expect(stage.thread()).toHaveLength(1);
  await stage.curtain();
};

describe('a signed click that arrives twice', () => {
  test.each(['one after the other', 'at once'])('%s acts once, and both get 200', async (how) => {
    stage = await play();
    const asked = await askToIsolate(stage);
    const { event } = stage.world.slack.press({
      user: people.ana,
      channel,
      ts: asked.ts,
      action_id: 'approve',
    });
    const send = () => stage.world.request(event);
    const answers =
      how === 'at once' ? await Promise.all([send(), send()]) : [await send(), await send()];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    await stage.world.idle();
    expect(await stage.refusals()).toEqual([]);
    await containedOnce();
  });

  test('again after five minutes is refused by its age', async () => {
    stage = await play();
    const asked = await askToIsolate(stage);
    const { event } = stage.world.slack.press({
      user: people.ana,
      channel,
      ts: asked.ts,
      action_id: 'approve',
    });
    await stage.world.advance(301);
    const { statusCode } = await stage.world.request(event);
    expect(statusCode).toBe(401);
    await stage.world.idle();
    expect(stage.mutations()).toEqual([]);
    await stage.curtain();
  });
});

describe('a job that the queue delivers twice', () => {
  test.each(['at once', 'later'])('%s acts once', async (when) => {
    stage = await play({ wrap: twice(when === 'at once') });
    const asked = await askToIsolate(stage);
    await stage.press(people.ana, 'approve', asked);
    await stage.world.advance(90);
    expect(await stage.refusals()).toEqual([]);
    await containedOnce();
  });

  test('because the worker died after the vote is done to its end', async () => {
    stage = await play({ wrap: dyingOnce });
    const asked = await askToIsolate(stage);
    await stage.press(people.ana, 'approve', asked);
    await stage.world.advance(180);
    await containedOnce();
  });
});

/** Every batch for the worker is delivered again: at the same moment, or when it was done. */
const twice =
  (atOnce: boolean) =>
  (functions: LocalFunctions): LocalFunctions => ({
    ...functions,
    async worker(event) {
      const first = functions.worker(event);
      if (!atOnce) await first;
      const second = functions.worker(event);
      const [answer] = await Promise.all([first, second]);
      return answer;
    },
  });

/** The worker's answer about the first approval is lost: SQS delivers it again. */
const dyingOnce = (functions: LocalFunctions): LocalFunctions => {
  let died = false;
  return {
    ...functions,
    async worker(event) {
      const answer = await functions.worker(event);
      const approving = event.Records.some(({ body }) => body.includes('%22approve%22'));
      if (!approving || died) return answer;
      died = true;
      throw new Error('killed before it could answer');
    },
  };
};
