/** What one run of an action is: its target in its world, and what the world is then. */
import type { Action, PlanSettings } from '../../src/actions/action.ts';
import type { Resource } from '../../src/findings/finding.ts';
import { seedExample } from '../../src/local/world/seed.ts';
import { createWorld, type World } from '../../src/local/world/world.ts';
import { type Bench, benchOf } from './bench.ts';

interface Life {
  readonly action: Action;
  readonly target: Resource;
  /** The world as the finding has it, beyond the example. */
  readonly arrange?: (world: World) => void;
  /** What the configuration says, where that is not the example's. */
  readonly settings?: PlanSettings;
  /** The values that the action changes; `kept` is the evidence of the request. */
  readonly look: (world: World, kept: ReadonlyMap<string, string>) => unknown;
  /** What they are when it is contained. */
  readonly contained: unknown;
  /** What they are after undo, where that is not what they were before. */
  readonly undone?: unknown;
  /** Seconds that AWS needs to bring it about. */
  readonly takes?: number;
  /** What an attacker does against it; nothing where nothing can be done. */
  readonly tamper?: (world: World) => void;
  /** Its run is killed at every call only where `CORDON_EVERY_KILL` says so: another life walks the same engine. */
  readonly seldomKilled?: boolean;
  /** True where doing it again does something. */
  readonly repeatable?: boolean;
}

/** One run of an action, from what the finding found to what is there after undo. */
export type Lifecycle = Life &
  (
    | { /** Nothing of it can be undone. */ readonly final: true }
    | {
        readonly final?: false;
        /** After it live state is neither what Cordon left nor what was there before. */
        readonly drift: (world: World) => void;
      }
  );

export interface Stage {
  readonly world: World;
  readonly bench: Bench;
  wait(): void;
}

export const stageOf = ({ action, arrange, settings, takes = 0 }: Lifecycle): Stage => {
  let now = Date.parse('2026-11-22T03:00:00.000Z');
  const world = createWorld({ now: () => now });
  seedExample(world);
  arrange?.(world);
  const bench = benchOf(action, world, async (milliseconds) => {
    now += milliseconds;
  });
  return {
    world,
    bench: { ...bench, plan: (target) => bench.plan(target, settings) },
    wait: () => {
      now += takes * 1000;
    },
  };
};
