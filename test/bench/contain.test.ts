/**
 * The target of `npm run bench:contain`, held without a clock: how many calls of each action wait for
 * one another, counted in rounds in which everything that waits is answered at once.
 */
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { chains } from '../../bench/contain/chains.ts';
import { measure, type Wait } from '../../bench/contain/run.ts';
import { actions } from '../../src/actions/index.ts';
import { livesOf, onlyAdvice } from '../actions/lives/index.ts';

/** The target is 1.3 times the chain in time; what is left is the process's own work. */
const most = 1.25;

/** So many turns of the event loop without a new call: nobody goes on before somebody is answered. */
const quietTurns = 6;

const counted = (): { readonly wait: Wait; readonly rounds: () => number } => {
  let rounds = 0;
  let arrived = 0;
  let round: Promise<void> | undefined;
  const answered = async (): Promise<void> => {
    for (let quiet = 0, seen = arrived; quiet < quietTurns; quiet += 1) {
      await setImmediate();
      if (arrived !== seen) quiet = 0;
      seen = arrived;
    }
    rounds += 1;
    round = undefined;
  };
  return {
    wait: () => {
      arrived += 1;
      round ??= answered();
      return round;
    },
    rounds: () => rounds,
  };
};

test.each(actions.map(({ id }) => id).filter((id) => !onlyAdvice.includes(id)))(
  '%s waits for hardly more calls than depend on each other',
  async (id) => {
    const [life] = livesOf(id);
    if (!life) throw new Error(`${id} has no life`);
    // Once before, so that its clients are loaded.
    await measure(life, async () => undefined);
    const { wait, rounds } = counted();
    const { wrong } = await measure(life, wait);
    expect(wrong).toBeUndefined();
    const chain = chains[id]?.length ?? 0;
    expect(rounds(), `${rounds()} rounds, ${chain} in the chain`).toBeLessThanOrEqual(most * chain);
    expect(rounds()).toBeGreaterThan(3);
  },
);
