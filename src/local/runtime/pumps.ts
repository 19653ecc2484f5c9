/** Making things happen: until all is quiet, until a moment, or as time goes by. */
import type { Activity } from './activity.ts';
import type { Clock } from './clock.ts';
import type { LocalFunctions } from './functions.ts';
import type { Queues } from './queues.ts';

const minute = 60_000;

export interface Running {
  readonly clock: Clock;
  readonly activity: Activity;
  readonly queues: Queues;
  readonly functions: LocalFunctions;
  readonly tickWhenIdle: boolean;
}

/** Everything that was set off has happened. */
export const quiet = async ({
  activity,
  queues,
  functions,
  tickWhenIdle,
}: Running): Promise<void> => {
  queues.pump();
  await activity.idle();
  if (!tickWhenIdle) return;
  activity.track(functions.tick());
  await activity.idle();
};

/** Every moment that something waits for, and every full minute, in order. */
export const advanceTo = async (running: Running, target: number): Promise<void> => {
  const { clock, activity, functions } = running;
  await quiet(running);
  while (clock.now() < target) {
    const nextMinute = (Math.floor(clock.now() / minute) + 1) * minute;
    const next = Math.min(clock.next() ?? target, nextMinute, target);
    clock.moveTo(next);
    if (next === nextMinute) activity.track(functions.tick());
    await quiet(running);
  }
};

/** Real time: what has come due happens, and every minute the schedule ticks. */
export const keepTime = (running: Running): (() => void) => {
  let ticked = running.clock.now();
  const timer = setInterval(() => {
    running.clock.run();
    running.queues.pump();
    if (running.clock.now() - ticked < minute) return;
    ticked = running.clock.now();
    running.activity.track(running.functions.tick());
  }, 100);
  timer.unref();
  return () => clearInterval(timer);
};
