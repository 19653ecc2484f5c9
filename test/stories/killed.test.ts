import { expect, test } from 'vitest';
import { askToIsolate, cutting, first, groups, preparing } from './acts.ts';
import { type ExecutorCall, interference } from './interference.ts';
import { strideOf } from './killer.ts';
import { type Play, people, play } from './play.ts';

/**
 * Only calls that leave something behind are worth a kill before them: between two of them nothing
 * is different. Before the first nothing has happened; "after the last" is a run without a kill.
 */
const effect =
  /^(dynamodb:(Put|Update|Delete)Item|ec2:(Create|Modify|Revoke)|iam:Update|sqs:SendMessage)/;

const isEffect = ({ service, operation }: ExecutorCall): boolean =>
  effect.test(`${service}:${operation}`);

/** Lambda ends a function after a minute; until then a killed one may still have been at work. */
const timeLimit = 60_000;

const changes = (calls: readonly ExecutorCall[]): readonly ExecutorCall[] =>
  calls.filter((call) => call.service === 'ec2' && isEffect(call));

/** No two invocations change AWS within one function's time limit. */
const overlaps = (calls: readonly ExecutorCall[]): readonly ExecutorCall[] =>
  changes(calls).filter((call) =>
    changes(calls).some(
      (other) => other.invocation < call.invocation && other.at > call.at - timeLimit,
    ),
  );

/** Kills once, before the `nth` effect. */
const killer = (nth: number) => {
  let effects = 0;
  let killed = false;
  const interfering = interference((call) => {
    if (killed || !isEffect(call)) return false;
    effects += 1;
    killed = effects === nth;
    return killed;
  });
  return { ...interfering, killed: () => killed };
};

const expectContainedOnce = async (stage: Play, calls: readonly ExecutorCall[]): Promise<void> => {
  const [group] = stage.groupsOf(first);
  expect(groups(stage)).toEqual([[group], [group]]);
  expect(stage.cardSays()).toContain('*Contained*, verified');
  expect(stage.thread()).toHaveLength(1);
  expect(
    changes(calls)
      .map(({ operation }) => `ec2:${operation}`)
      .toSorted(),
  ).toEqual([...preparing, ...cutting].toSorted());
  expect(overlaps(calls)).toEqual([]);
  const [kinds = []] = await stage.requestAudits();
  expect(kinds.slice(0, 2)).toEqual(['request.created', 'request.approved']);
  expect(kinds.at(-1)).toBe('request.contained');
  expect(kinds.filter((kind) => kind === 'request.executing')).toHaveLength(1);
  expect(kinds.filter((kind) => kind === 'step.done').length).toBeLessThanOrEqual(3);
};

/** Leases end after 90 seconds, and a stamp that is older than one minute waits for the next tick. */
const untilContained = async (stage: Play): Promise<void> => {
  for (let waited = 0; waited < 160 && !stage.cardSays().includes('*Contained*'); waited += 20) {
    expect(stage.cardSays()).not.toContain('*Not contained*');
    await stage.world.advance(20);
  }
};

/** Answers whether the story was long enough to be killed there. */
const killedBefore = async (nth: number): Promise<boolean> => {
  const { wrap, install, killed } = killer(nth);
  const stage = await play({ wrap });
  try {
    const calls = install(stage.world);
    await stage.press(people.ana, 'approve', await askToIsolate(stage));
    if (killed()) await untilContained(stage);
    await expectContainedOnce(stage, calls);
    await stage.curtain();
  } catch (error) {
    throw new Error(`killed before effect ${nth}`, { cause: error });
  } finally {
    await stage.close();
  }
  return killed();
};

const stride = strideOf(5);

test(`an executor killed before ${stride === 1 ? 'any' : 'every fifth'} of its writes is resumed: contained once, each change made once`, async () => {
  let nth = 1;
  while (await killedBefore(nth)) nth += stride;
  expect(nth).toBeGreaterThan(25);
}, 300_000);
