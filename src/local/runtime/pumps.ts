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

/** The schedule ticks each minute; a long leap is made in coarser steps, all of them full minutes. */
const stepOf = (ahead: number): number => {
  if (ahead <= 30 * minute) return minute;
  if (ahead <= 240 * minute) return 5 * minute;
  return ahead <= 2 * 1440 * minute ? 30 * minute : 360 * minute;
};

/** Every moment that something waits for, and the schedule's ticks, in order. */
export const advanceTo = async (running: Running, target: number): Promise<void> => {
  const { clock, activity, functions } = running;
  const between = { ...running, tickWhenIdle: false };
  await quiet(running);
  while (clock.now() < target) {
    const step = stepOf(target - clock.now());
    const nextTick = (Math.floor(clock.now() / step) + 1) * step;
    const next = Math.min(clock.next() ?? target, nextTick, target);
    clock.moveTo(next);
    await quiet(between);
    if (next !== nextTick) continue;
    // A schedule is never exactly on time: what else is due at that moment has happened.
    activity.track(functions.tick());
    await quiet(between);
  }
  await quiet(running);
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
