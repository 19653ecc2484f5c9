/** Drills of the schedule: worker starts each once. */
import { gameDaysAt } from '../../drills/game-day.ts';
import { scenarioById } from '../../drills/index.ts';
import type { WorkerPorts } from '../ports.ts';
import { startDrill } from './start-drill.ts';

/** Which are due is read from the clock, so a forged task starts nothing. */
export const startGameDays = async (ports: WorkerPorts): Promise<void> => {
  // Also those that are taken: whoever took one may have died before it was started.
  for (const { id, day, scenario } of gameDaysAt(
    ports.config.drills.schedule,
    ports.chance.now(),
  )) {
    const found = scenarioById(scenario);
    if (!found) continue;
    // Random, so that nobody can have a case of its id ready; the same however often this is done.
    const seed = await ports.drills.takeSlot(id, ports.chance.id());
    const { users = [], groups = [] } = day.people ?? {};
    await startDrill(ports, { scenario: found, seed, people: [...users, ...groups] });
  }
};
