/** The executor itself is broken: the state machine gives up, and the card says so, loudly. */
import { afterEach, expect, test } from 'vitest';
import { askToIsolate, first } from './acts.ts';
import { type Play, people, play } from './play.ts';

let stage: Play;
afterEach(() => stage.close());

/** From the n-th invocation on. */
const breaksAt = async (n: number): Promise<void> => {
  let calls = 0;
  stage = await play({
    wrap: (functions) => ({
      ...functions,
      executor(input) {
        calls += 1;
        if (calls >= n) throw new Error('the function cannot be loaded');
        return functions.executor(input);
      },
    }),
  });
};

test('an executor that fails at every try: the request has failed, told in a new message, and the run has ended', async () => {
  await breaksAt(1);
  const asked = await askToIsolate(stage);
  await stage.press(people.ana, 'approve', asked);
  const before = stage.thread().length;
  expect(stage.cardSays()).not.toContain('Failed');

  await stage.world.advance(25 * 60);
  expect(Object.values(stage.world.executions.status())).toEqual(['failed']);
  const said = stage.thread().slice(before).map(stage.says).join('\n');
  expect(said).toMatch(/the executor failed at every try/);
  expect(stage.cardSays()).not.toMatch(/Running|Starting|Contained/);
  expect(stage.groupsOf(first)).not.toEqual([]);
  const [entry] = (await stage.entries()).filter(({ kind }) => kind === 'request.failed');
  expect(entry?.because).toContain('the executor failed at every try');
  await stage.curtain();
});
