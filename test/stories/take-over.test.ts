import { AsyncLocalStorage } from 'node:async_hooks';
import { afterEach, expect, test } from 'vitest';
import type { LocalWorldOptions } from '../../src/local/local-world.ts';
import { type Play, play } from './play.ts';

let stage: Play;

afterEach(() => stage.close());

const never = (): Promise<void> => new Promise(() => {});

/** The first notify dies with the turn in its hands, before its second write. */
const dyingPacer = () => {
  const inside = new AsyncLocalStorage<{ dead: boolean; readonly kill: () => void }>();
  let writes = 0;
  let killed = false;
  const wrap: NonNullable<LocalWorldOptions['wrap']> = (functions) => ({
    ...functions,
    notify: (input) =>
      new Promise((resolve, reject) => {
        const kill = () => reject(new Error('killed'));
        inside.run({ dead: false, kill }, () => functions.notify(input).then(resolve, reject));
      }),
  });
  return {
    wrap,
    killed: () => killed,
    arm(world: Play['world']): void {
      const strike = world.aws.faults.strike.bind(world.aws.faults);
      world.aws.faults.strike = async (service, operation) => {
        const invocation = inside.getStore();
        if (!invocation) return strike(service, operation);
        if (invocation.dead) return never();
        if (/^dynamodb:(Put|Update)Item$/.test(`${service}:${operation}`)) writes += 1;
        if (killed || writes < 2) return strike(service, operation);
        killed = true;
        invocation.dead = true;
        invocation.kill();
        return never();
      };
    },
  };
};

test('whoever comes after a pacer that died with the turn waits for it a second and a half, not longer', async () => {
  const pacer = dyingPacer();
  stage = await play({ wrap: pacer.wrap });
  pacer.arm(stage.world);
  await stage.scenario('compromised-server');
  expect(pacer.killed()).toBe(true);
  await stage.scenario('repeat');
  expect(stage.cards()).toHaveLength(0);
  await stage.world.advance(4);
  expect(stage.cards()).toHaveLength(1);
  await stage.curtain();
});

test('a wake-up that died with its pacer comes again', async () => {
  const pacer = dyingPacer();
  stage = await play({ wrap: pacer.wrap });
  pacer.arm(stage.world);
  await stage.scenario('compromised-server');
  expect(pacer.killed()).toBe(true);
  expect(stage.cards()).toHaveLength(0);
  await stage.world.advance(15);
  expect(stage.cards()).toHaveLength(0);
  await stage.world.advance(15);
  expect(stage.cards()).toHaveLength(1);
  expect(await stage.world.balance(1)).toMatchObject({
    balance: { received: 1, shown: 1, waiting: 0 },
    verdict: { kind: 'balanced' },
  });
  await stage.curtain();
});
