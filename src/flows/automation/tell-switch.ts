/** One press of the kill switch or of a breaker: computed, written on condition, computed again when it lost. */
import { type SwitchEvent, switched } from '../../requests/automation-switch.ts';
import { isoNow, type Ports } from '../ports.ts';

export type SwitchPorts = Pick<Ports, 'automation' | 'chance'>;

/** More writers than this at once mean that something is broken. */
const attempts = 50;

/** Answers whether this call changed it. Throws when it cannot be read or written. */
export const tellSwitch = async (ports: SwitchPorts, event: SwitchEvent): Promise<boolean> => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const next = switched(await ports.automation.read(), event, isoNow(ports.chance));
    if (!next) return false;
    if (await ports.automation.save(next)) return true;
  }
  throw new Error(`the switch of automation could not be written: ${attempts} races lost`);
};
