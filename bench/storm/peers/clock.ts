/**
 * Time for the policies: real, until somebody says `leap`; from then on it jumps from one moment that
 * something waits for to the next, so that hours of waiting are computed by the same code.
 */

export interface Clock {
  /** Milliseconds since the start. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  until(moment: number): Promise<void>;
}

interface Waiting {
  readonly at: number;
  readonly wake: () => void;
}

export interface LeapingClock extends Clock {
  leap(): void;
  /** When it began to leap; undefined while time is real. */
  leaptAt(): number | undefined;
}

/** Those that wait, by their moment: a binary heap. */
const agenda = () => {
  const heap: Waiting[] = [];
  const at = (place: number): number => heap[place]?.at ?? Number.POSITIVE_INFINITY;
  const swap = (a: number, b: number): void => {
    [heap[a], heap[b]] = [heap[b] as Waiting, heap[a] as Waiting];
  };
  return {
    next: (): number | undefined => heap[0]?.at,
    add(waiting: Waiting): void {
      let place = heap.push(waiting) - 1;
      for (let up = (place - 1) >> 1; place > 0 && at(up) > at(place); up = (place - 1) >> 1) {
        swap(place, up);
        place = up;
      }
    },
    take(): Waiting | undefined {
      const first = heap[0];
      const last = heap.pop();
      if (!first || !last || heap.length === 0) return first;
      heap[0] = last;
      for (let place = 0; ; ) {
        const left = 2 * place + 1;
        const down = at(left + 1) < at(left) ? left + 1 : left;
        if (at(down) >= at(place)) return first;
        swap(place, down);
        place = down;
      }
    },
  };
};

/** Everything that was woken has gone as far as it can. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** `idle` resolves when nothing runs that does not wait for this clock. */
export const leapingClock = (idle: () => Promise<void> = settled): LeapingClock => {
  const waiting = agenda();
  const began = performance.now();
  let timer: NodeJS.Timeout | undefined;
  let timerAt = Number.POSITIVE_INFINITY;
  let leapt: { readonly from: number; now: number } | undefined;
  const now = (): number => leapt?.now ?? performance.now() - began;

  const wakeDue = (moment: number): void => {
    while ((waiting.next() ?? Number.POSITIVE_INFINITY) <= moment) waiting.take()?.wake();
  };
  const arm = (): void => {
    const next = waiting.next();
    if (leapt || next === undefined || next >= timerAt) return;
    clearTimeout(timer);
    timerAt = next;
    timer = setTimeout(
      () => {
        timerAt = Number.POSITIVE_INFINITY;
        if (leapt) return;
        wakeDue(now());
        arm();
      },
      Math.max(0, next - now()),
    );
  };
  let running = false;
  /** Until nothing waits any more; whoever waits afterwards starts it again. */
  const run = async (state: { now: number }): Promise<void> => {
    if (running) return;
    running = true;
    for (;;) {
      await idle();
      const next = waiting.next();
      if (next === undefined) break;
      state.now = Math.max(state.now, next);
      wakeDue(state.now);
    }
    running = false;
  };
  const until = (moment: number): Promise<void> =>
    new Promise((resolve) => {
      waiting.add({ at: moment, wake: resolve });
      if (leapt) void run(leapt);
      else arm();
    });
  return {
    now,
    until,
    sleep: (milliseconds) => until(now() + milliseconds),
    leap() {
      if (leapt) return;
      const moment = now();
      leapt = { from: moment, now: moment };
      clearTimeout(timer);
      void run(leapt);
    },
    leaptAt: () => leapt?.from,
  };
};
