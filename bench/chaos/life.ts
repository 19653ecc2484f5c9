/** One life: a world, acts in an order that the seed gives, faults meanwhile; then peace, and the questions. */
import { config as exampleConfig } from '../../cordon.config.ts';
import type { Vault } from '../../src/audit/ports.ts';
import { createLocalWorld, type LocalWorld } from '../../src/local/local-world.ts';
import { screenOf } from '../../test/stories/screen.ts';
import { type Random, randomFrom } from '../random.ts';
import { acts, actsNamed, opening } from './acts.ts';
import type { Bug } from './bugs.ts';
import { containers } from './containers.ts';
import { gather } from './evidence.ts';
import { type FaultPlan, hashOf, type Strike, seededPlan } from './faults.ts';
import { invariants } from './invariants.ts';
import { surround, troublesOf } from './network.ts';
import { undoAll, valuesIn } from './restore.ts';
import { rotationOf } from './rotation.ts';
import type { Scene } from './scene.ts';
import type { Act } from './surroundings.ts';
import { witnessOf } from './witness.ts';

export interface LifeOptions {
  readonly seed: number;
  /** Faults other than those that the seed gives. */
  readonly plan?: FaultPlan;
  readonly bug?: Bug | undefined;
}

interface Violation {
  readonly invariant: string;
  readonly because: string;
}

export interface Life {
  readonly seed: number;
  /** What happened, in order, in words. */
  readonly trace: readonly string[];
  readonly strikes: readonly Strike[];
  /** How many questions were asked. */
  readonly checked: number;
  readonly changes: number;
  readonly violations: readonly Violation[];
}

/** Of all calls, how many fail: calm, rough, and worse. */
const shares = [0.01, 0.03, 0.06, 0.1] as const;

/** Longer than an approval waits, and than a run may give no sign before it is taken up again. Seconds. */
const peace = 2700;
/** While nothing runs, time may pass in leaps. Seconds. */
const leap = 300;

const isBusy = ({ executions, queues }: LocalWorld): boolean =>
  Object.values(executions.status()).includes('running') ||
  Object.values(queues.depth()).some(({ waiting }) => waiting > 0);

/** Time goes by, and the schedule ticks as it would; at least once every few minutes. */
const untilQuiet = async (world: LocalWorld): Promise<void> => {
  const end = world.clock.now() + peace * 1000;
  // What waits for Slack or a redelivery comes soon.
  await world.advance(240);
  while (world.clock.now() < end) {
    if (!isBusy(world)) world.clock.moveTo(world.clock.now() + (leap - 60) * 1000);
    await world.advance(60);
  }
};

const memoryVault = (): Vault => {
  const objects = new Map<string, string>();
  return {
    async put(key, body) {
      if (objects.has(key)) return 'exists';
      objects.set(key, body);
      return 'put';
    },
    get: async (key) => objects.get(key),
    list: async (prefix, after) =>
      [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).toSorted(),
  };
};

const newIds = (): (() => string) => {
  let made = 0;
  return () => {
    made += 1;
    return `id${String(made).padStart(20, '0')}`;
  };
};

const chosen = (random: Random): Act => {
  const total = acts.reduce((sum, { weight }) => sum + weight, 0);
  let left = random.next() * total;
  for (const act of acts) {
    left -= act.weight;
    if (left < 0) return act;
  }
  return opening[0] as Act;
};

/** An act for which there is no occasion is no act; so often another one is looked for. */
const mostTries = 60;

const clockOf = (world: LocalWorld): string =>
  new Date(world.clock.now()).toISOString().slice(11, 19);

const play = async (scene: Scene, trace: string[], first: readonly Act[]): Promise<void> => {
  const most = first.length + 6 + scene.random.below(12);
  let happened = 0;
  for (let tries = 0; tries < mostTries && happened < most; tries += 1) {
    const act = first[tries] ?? chosen(scene.random);
    const at = clockOf(scene.world);
    const before = scene.troubles.strikes.length;
    const what = await act.happen(scene);
    if (what !== undefined) {
      happened += 1;
      trace.push(`${at} ${act.name}: ${what}`);
    }
    for (const { place, kind } of scene.troubles.strikes.slice(before))
      if (kind !== 'outage') trace.push(`           ${kind} ${place}`);
  }
};

const asked = async (scene: Scene): Promise<Violation[]> => {
  const evidence = await gather(scene);
  return invariants.flatMap(({ id, check }) =>
    check(evidence).map((because) => ({ invariant: id, because })),
  );
};

const idIn = (value: string): string => value.slice(0, value.indexOf(':'));

/** Lives one life. Never waits in real time. */
export const live = async ({ seed, plan, bug }: LifeOptions): Promise<Life> => {
  const random = randomFrom(hashOf(`life ${seed}`));
  const share = shares[random.below(shares.length)] ?? 0;
  const now = (): number => world.clock.now();
  const troubles = troublesOf(plan ?? seededPlan(seed, share), now);
  const { wrap, inside, invocations } = containers({
    seed,
    now,
    pass: (ms) => world.clock.moveTo(world.clock.now() + ms),
    strike: (name, what, possible) => troubles.strike(name, what, possible),
    full: () => troubles.isOut('executor'),
    ...(bug?.answered ? { answered: bug.answered } : {}),
  });
  const world: LocalWorld = await createLocalWorld({
    config: { ...exampleConfig, ...bug?.config },
    vault: memoryVault(),
    start: Date.parse('2026-11-22T09:30:00Z'),
    realTime: false,
    newId: newIds(),
    tickWhenIdle: false,
    viewPatienceMs: 0,
    wrap,
  });
  const witness = witnessOf(() => world, invocations);
  const rotation = rotationOf(world);
  surround({ world, troubles, witness, bug, current: () => inside.getStore() });
  const scene: Scene = {
    world,
    random,
    witness,
    troubles,
    rotation,
    screen: screenOf(world),
    sent: new Set(),
    poison: 0,
    drifted: false,
  };
  const trace: string[] = [`seed ${seed}: ${share * 100} % of all calls fail`];
  const before = valuesIn(world);
  const existed = new Set(before.map(idIn));
  try {
    await play(scene, trace, [...opening, ...actsNamed(bug?.occasion ?? [])]);
    troubles.stop();
    await untilQuiet(world);
    const violations = await asked(scene);
    await undoAll(scene);
    violations.push(...(await asked(scene)));
    // Whoever changed AWS by hand may have to put it back by hand. Servers that only a storm named came later.
    const changed = scene.drifted
      ? []
      : valuesIn(world).filter((value) => !before.includes(value) && existed.has(idIn(value)));
    violations.push(
      ...changed.map((value) => ({ invariant: 'undo', because: `not as it was: ${value}` })),
    );
    return {
      seed,
      trace,
      strikes: troubles.strikes,
      checked: 2 * invariants.length + 1,
      changes: witness.changes.length,
      violations: violations.filter(
        (one, n, all) => all.findIndex(({ because }) => because === one.because) === n,
      ),
    };
  } finally {
    await world.close();
  }
};
