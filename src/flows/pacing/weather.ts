/** The storms of all channels: which begin, which roll-up is due, which are over. */

import type { Storm } from '../../store/pacer-state.ts';
import { isoNow } from '../ports.ts';
import {
  beganAt,
  calmMs,
  channelsOf,
  closeStorm,
  isHushed,
  isStorm,
  lastArrival,
  redrawAfter,
  type Sky,
  showRollUp,
} from './storm.ts';
import { unseenIn } from './waiting.ts';
import { later, type Work } from './work.ts';

const redrawIn = (work: Work, ms: number): void => {
  later(work, ms);
  work.rollUpAt = Math.min(work.rollUpAt, work.ports.chance.now() + ms);
};

/** Draws the roll-up of one storm when it is due, or ends it; answers what is left of it. */
const pass = async (
  work: Work,
  sky: Sky,
  channel: string,
  storm: Storm,
): Promise<Storm | undefined> => {
  const { ports, allowance, until } = work;
  const now = ports.chance.now();
  const calm =
    unseenIn(sky.waiting, channel).length === 0 && now - lastArrival(sky, channel, storm) >= calmMs;
  const wait = storm.drawnAt ? Date.parse(storm.drawnAt) + redrawAfter(storm, now) - now : 0;
  if (!calm && wait > 0) {
    redrawIn(work, wait);
    return storm;
  }
  const show = calm ? closeStorm : showRollUp;
  const synced = await show(ports, sky, { ...storm, channel }, { allowance, until });
  if (synced.kind === 'later') {
    later(work, synced.ms);
    if (synced.scope === 'workspace') work.stopped = true;
    return storm;
  }
  if (calm) return undefined;
  redrawIn(work, redrawAfter(storm, ports.chance.now()));
  return { ...storm, drawnAt: isoNow(ports.chance) };
};

/** Draws the roll-up of each storm, and ends those that are over. */
export const weather = async (work: Work, sky: Sky): Promise<void> => {
  const { ports, allowance } = work;
  const next: Record<string, Storm> = { ...work.storms };
  for (const channel of channelsOf(sky))
    if (!next[channel] && isStorm(sky, channel, allowance))
      next[channel] = {
        id: `S${ports.chance.id().slice(0, 12)}`,
        startedAt: beganAt(sky, channel, isoNow(ports.chance)),
      };
  for (const [channel, storm] of Object.entries(next)) {
    const after = await pass(work, sky, channel, storm);
    if (after) next[channel] = after;
    else delete next[channel];
  }
  work.storms = next;
  work.hushed = new Set(
    Object.entries(next).flatMap(([channel, storm]) =>
      isHushed(sky, channel, storm, ports.chance.now()) ? [channel] : [],
    ),
  );
};
