/** Ends processes of ingest and notify in the middle of their work, at times that the seed decides. */
import type { Random } from '../random.ts';
import type { Pool } from './pool.ts';

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Looks this often for a process at work, and gives up after `patienceMs`. */
const lookMs = 20;
const patienceMs = 5_000;

const killOne = async (pool: Pool, into: number): Promise<void> => {
  for (let waited = 0; waited < patienceMs; waited += lookMs) {
    if (pool.busy()) {
      await pause(into);
      if (await pool.kill()) return;
    }
    await pause(lookMs);
  }
};

/** One every `everyMs` on average, by turns, some milliseconds into what it is doing. */
export const killAtRandom = async (
  pools: readonly Pool[],
  random: Random,
  { forMs, everyMs }: { readonly forMs: number; readonly everyMs: number },
): Promise<void> => {
  const until = Date.now() + forMs;
  for (let n = 0; ; n += 1) {
    await pause(random.between(0.5, 1.5) * everyMs);
    if (Date.now() >= until) return;
    const pool = pools[n % pools.length];
    if (pool) await killOne(pool, random.between(2, 150));
  }
};
