/** Which drills of the schedule are due and not started, from the clock and the configuration. */
import type { CordonConfig } from '../../config/config.ts';
import type { GameDay } from '../../config/drill-settings.ts';
import { type GameDaySlot, gameDaysAt } from '../../drills/game-day.ts';
import type { Ports } from '../ports.ts';

/** The slots whose time has come and which nobody has taken. */
export const gameDaysDue = async (
  ports: Pick<Ports, 'chance' | 'drills'> & { readonly config: Pick<CordonConfig, 'drills'> },
): Promise<readonly GameDaySlot<GameDay>[]> => {
  const slots = gameDaysAt(ports.config.drills.schedule, ports.chance.now());
  const taken = await Promise.all(slots.map(({ id }) => ports.drills.seedOf(id)));
  return slots.filter((_, place) => taken[place] === undefined);
};
