/** The worker dies before any one of its writes; what it was at is still done, once, and no more than that. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { afterEach, expect, test } from 'vitest';
import type { LocalWorldOptions } from '../../src/local/local-world.ts';
import { guardDutyEvent, portScan } from '../../src/local/scenarios/guardduty-event.ts';
import { suppressions } from '../../src/store/suppressions.ts';
import { type Play, people, play } from './play.ts';
import { channel } from './screen.ts';

let stage: Play;

afterEach(() => stage.close());

const never = (): Promise<void> => new Promise(() => {});

/** Kills one invocation of the worker before the write of this number, counted from `arm` on. */
const workerKiller = (nth: number) => {
  const inside = new AsyncLocalStorage<{ dead: boolean; readonly kill: () => void }>();
  let armed = false;
  let writes = 0;
  let killed = false;
  const wrap: NonNullable<LocalWorldOptions['wrap']> = (functions) => ({
    ...functions,
    worker: (input) =>
      new Promise((resolve, reject) => {
        const kill = () => reject(new Error('killed'));
        inside.run({ dead: false, kill }, () => functions.worker(input).then(resolve, reject));
      }),
  });
  return {
    wrap,
    killed: () => killed,
    arm(world: Play['world']): void {
      armed = true;
      const strike = world.aws.faults.strike.bind(world.aws.faults);
      world.aws.faults.strike = async (service, operation) => {
        const invocation = inside.getStore();
        if (!invocation || !armed) return strike(service, operation);
        if (invocation.dead) return never();
        if (/^dynamodb:(Put|Update|Delete)Item$/.test(`${service}:${operation}`)) writes += 1;
        if (killed || writes < nth) return strike(service, operation);
        killed = true;
        invocation.dead = true;
        invocation.kill();
        return never();
      };
    },
  };
};

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

const numbers = (to: number): readonly number[] => Array.from({ length: to }, (_, n) => n + 1);

/** SQS gives the job back after its visibility timeout; the ledger lets it in after a minute. */
const later = async (): Promise<void> => {
  await stage.world.advance(180);
  await stage.world.tick();
  await stage.world.idle();
};

test.each(numbers(9))(
  'killed before write %i of making one, it hides all the same',
  async (nth) => {
    const killer = workerKiller(nth);
    stage = await play({ wrap: killer.wrap });
    await stage.scenario('port-scan');
    await stage.press(people.maria, 'plan:suppress-finding');
    killer.arm(stage.world);
    await stage.submit(people.maria, 'expected', {
      days: { days: '7' },
      scope: { scope: 'account' },
    });
    expect(killer.killed()).toBe(true);
    await later();
    expect(await stored().active(now())).toHaveLength(1);
    const before = stage.cardSays();
    await another();
    expect(stage.cardSays()).toBe(before);
    const [kinds = []] = await stage.requestAudits();
    expect(kinds.filter((kind) => kind === 'suppression.in-force')).toHaveLength(1);
    expect(await stage.auditIntact()).toBe(true);
  },
);

test.each(numbers(12))(
  'killed before write %i of ending one, it alerts all the same',
  async (nth) => {
    const killer = workerKiller(nth);
    stage = await play({ wrap: killer.wrap });
    await suppress();
    const [one] = await stored().active(now());
    killer.arm(stage.world);
    await stage.world.gesture(
      stage.world.slack.command({
        user: people.lee,
        channel,
        text: `suppressions end ${one?.id ?? ''}`,
      }),
    );
    expect(killer.killed()).toBe(true);
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
