/** Local time: real or standing still, always movable; and what waits for a moment of it. */

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `due` once that moment has come. */
  at(moment: number, due: () => void): void;
  /** The next moment that something waits for. */
  next(): number | undefined;
  /** Moves to `moment` (never back) and runs what is due. */
  moveTo(moment: number): void;
  /** Runs what has come due by itself, when time is real. */
  run(): void;
}

/** `start` in milliseconds since 1970; a `real` clock goes on from there by itself. */
export const createClock = (start: number, real: boolean): Clock => {
  const begun = Date.now();
  let moved = 0;
  let waiting: { readonly moment: number; readonly due: () => void }[] = [];
  const now = (): number => start + moved + (real ? Date.now() - begun : 0);
  const run = (): void => {
    const moment = now();
    const due = waiting.filter((one) => one.moment <= moment);
    waiting = waiting.filter((one) => one.moment > moment);
    for (const one of due.sort((a, b) => a.moment - b.moment)) one.due();
  };
  return {
    now,
    run,
    at(moment, due) {
      waiting.push({ moment, due });
    },
    next: () =>
      waiting.length === 0 ? undefined : Math.min(...waiting.map(({ moment }) => moment)),
    moveTo(moment) {
      moved += Math.max(0, moment - now());
      run();
    },
  };
};
