/** What every policy gets, and what it answers. */
import type { Random } from '../../random.ts';
import type { Clock } from './clock.ts';
import type { PeerSlack } from './slack.ts';

export interface PeerFinding {
  readonly group: number;
  /** When it arrives; milliseconds after the start. */
  readonly at: number;
}

interface PeerWorld {
  readonly clock: Clock;
  readonly slack: PeerSlack;
  readonly random: Random;
  /** By the time at which they arrive. */
  readonly findings: readonly PeerFinding[];
}

interface PeerOutcome {
  /** Milliseconds from arriving to being in a message, of those that got into one. */
  readonly delays: readonly number[];
  /** Undefined where it does not run on Lambda. */
  readonly gbSeconds: number | undefined;
  readonly writeUnits: number;
}

export interface Policy {
  readonly name: string;
  run(world: PeerWorld): Promise<PeerOutcome>;
}

/** Seconds of work times memory. */
export const gigabyteSeconds = (milliseconds: number, megabytes: number): number =>
  (milliseconds / 1000) * (megabytes / 1024);
