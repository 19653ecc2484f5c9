/** The worker dies before any one of its writes; what it was at is still done, once, and no more than that. */
import { afterEach, expect, test } from 'vitest';
import { guardDutyEvent, portScan } from '../../src/local/scenarios/guardduty-event.ts';
import { suppressions } from '../../src/store/suppressions.ts';
import { killer, strideOf } from './killer.ts';
import { type Play, people, play } from './play.ts';
import { channel } from './screen.ts';

let stage: Play;

afterEach(() => stage.close());

/** What is stored, past the functions' rights. */
const stored = () => suppressions(stage.world.owners.cases);

const now = (): string => new Date(stage.world.clock.now()).toISOString();

const another = (): Promise<unknown> =>
  stage.world.events([
    guardDutyEvent(
      { ...portScan, id: '96c1fb5e3d52f18d0f4f6f3f655fab99' },
      stage.world.clock.now(),
    ),
  ]);

const suppress = async (): Promise<void> => {
  await stage.scenario('port-scan');
  await stage.press(people.maria, 'plan:suppress-finding');
  await stage.submit(people.maria, 'expected', {
    days: { days: '7' },
    scope: { scope: 'account' },
  });
};

/** Of so many writes. */
const kills = (writes: number): readonly number[] => {
  const stride = strideOf(3);
  return Array.from({ length: Math.ceil(writes / stride) }, (_, n) => 1 + n * stride);
};

/** SQS gives the job back after its visibility timeout; the ledger lets it in after a minute. */
const later = async (): Promise<void> => {
  await stage.world.advance(180);
  await stage.world.tick();
  await stage.world.idle();
};

test.each(kills(9))('killed before write %i of making one, it hides all the same', async (nth) => {
  const killing = killer('worker', nth);
  stage = await play({ wrap: killing.wrap });
  await stage.scenario('port-scan');
  await stage.press(people.maria, 'plan:suppress-finding');
  killing.arm(stage.world);
  await stage.submit(people.maria, 'expected', {
    days: { days: '7' },
    scope: { scope: 'account' },
  });
  expect(killing.killed()).toBe(true);
  await later();
  expect(await stored().active(now())).toHaveLength(1);
  const before = stage.cardSays();
  await another();
  expect(stage.cardSays()).toBe(before);
  const [kinds = []] = await stage.requestAudits();
  expect(kinds.filter((kind) => kind === 'suppression.in-force')).toHaveLength(1);
  expect(await stage.auditIntact()).toBe(true);
});

test.each(kills(12))(
  'killed before write %i of ending one, it alerts all the same',
  async (nth) => {
    const killing = killer('worker', nth);
    stage = await play({ wrap: killing.wrap });
    await suppress();
    const [one] = await stored().active(now());
    killing.arm(stage.world);
    await stage.world.gesture(
      stage.world.slack.command({
        user: people.lee,
        channel,
        text: `suppressions end ${one?.id ?? ''}`,
      }),
    );
    expect(killing.killed()).toBe(true);
    await later();
    expect(await stored().active(now())).toEqual([]);
    expect(await stored().history(9)).toHaveLength(1);
    expect(stage.threadSays().join('\n')).toContain('It ended because it was undone');
    const before = stage.cardSays();
    await another();
    expect(stage.cardSays() !== before || stage.cards().length > 1).toBe(true);
    expect(await stage.auditIntact()).toBe(true);
  },
);
