/** A drill as its scenario sees it, and what its AWS begins with. */
import { createHash } from 'node:crypto';
import type { Drill, RehearsedCall, TwistKind } from './drill.ts';
import { scenarioById } from './index.ts';
import type { Scenario, Stage } from './scenario.ts';

/** The same for ever: whoever builds the drill's AWS again finds the same things in it. */
export const stageOf = ({
  id,
  account,
  region,
  startedAt,
}: Pick<Drill, 'id' | 'account' | 'region' | 'startedAt'>): Stage => ({
  id: createHash('sha256').update(`drill ${id}`).digest('hex').slice(0, 32),
  account,
  region,
  at: startedAt,
});

/** Throws for a scenario that does not exist any more: such a drill rehearses nothing. */
export const scenarioOf = ({ scenario }: Pick<Drill, 'scenario'>): Scenario => {
  const found = scenarioById(scenario);
  if (!found) throw new Error(`the scenario ${scenario} does not exist any more`);
  return found;
};

/** What a twist does to the drill's AWS; nothing where it does something else. */
export const movesOf = (drill: Drill, kind: TwistKind): readonly RehearsedCall[] => {
  if (drill.twist?.kind !== kind) return [];
  const scenario = scenarioOf(drill);
  const moves = { drift: scenario.drift, 'counter-move': scenario.counterMove };
  return kind === 'drift' || kind === 'counter-move' ? (moves[kind]?.(stageOf(drill)) ?? []) : [];
};
