/** Drills of the schedule: worker starts each once. */
import { gameDaysAt } from '../../drills/game-day.ts';
import { scenarioById } from '../../drills/index.ts';
import { isoNow, type WorkerPorts } from '../ports.ts';
import { startDrill } from './start-drill.ts';

/** Nobody pressed anything, so nobody is there to be told: the record has it, and the digest tells it. */
const tellRefused = (
  ports: WorkerPorts,
  told: {
    readonly slot: string;
    readonly scenario: string;
    readonly because: string;
    readonly needed: string;
  },
): Promise<void> =>
  ports.requests.note({
    // The same however often the slot is looked at.
    id: `game-day/${told.slot}`,
    at: isoNow(ports.chance),
    kind: 'drill.refused',
    actor: 'cordon:worker',
    because: told.because,
    detail: { slot: told.slot, scenario: told.scenario, needed: told.needed },
  });

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
    const started = await startDrill(ports, {
      scenario: found,
      seed,
      people: [...users, ...groups],
    });
    if (started.kind === 'refused') await tellRefused(ports, { slot: id, scenario, ...started });
  }
};
