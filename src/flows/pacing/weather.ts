/** The storms of all channels: which begin, which roll-up is due, which are over. */

import type { Storm } from '../../store/pacer-state.ts';
import { isoNow } from '../ports.ts';
import {
  beganAt,
  beingRead,
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
  const { ports } = work;
  const now = ports.chance.now();
  const calm =
    unseenIn(sky.waiting, channel).length === 0 && now - lastArrival(sky, channel, storm) >= calmMs;
  const wait = storm.drawnAt
    ? Date.parse(storm.drawnAt) + redrawAfter(sky, channel, storm, now) - now
    : 0;
  if (!calm && wait > 0) {
    redrawIn(work, wait);
    return storm;
  }
  const show = calm ? closeStorm : showRollUp;
  const synced = await show(ports, sky, { ...storm, channel }, work);
  if (synced.kind === 'later') {
    later(work, synced.ms);
    if (synced.scope === 'workspace') work.stopped = true;
    return storm;
  }
  if (calm) return undefined;
  const drawn = { ...storm, drawnAt: isoNow(ports.chance) };
  redrawIn(work, redrawAfter(sky, channel, drawn, ports.chance.now()));
  return drawn;
};

/** Draws the roll-up of each storm, and ends those that are over. */
export const weather = async (
  work: Work,
  seen: Omit<Sky, 'reading' | 'cameAgainAt'>,
): Promise<void> => {
  const { ports, allowance } = work;
  const next: Record<string, Storm> = { ...work.storms };
  const begins = channelsOf(seen).filter(
    (channel) => !next[channel] && isStorm(seen, channel, allowance),
  );
  if (begins.length === 0 && Object.keys(next).length === 0) return;
  const sky: Sky = { ...seen, ...(await beingRead(ports, seen.outcomes)) };
  for (const channel of begins)
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
