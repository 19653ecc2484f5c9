/** A prepared story of the local world: events that are sent in, or a change made in AWS. */
import type { LocalWorld } from '../local-world.ts';

export interface Scenario {
  readonly id: string;
  /** What the menu says. */
  readonly title: string;
  /** What happens, and what to try. */
  readonly description: string;
  readonly run: (world: LocalWorld) => Promise<void>;
}
