/** What the configuration says of drills. */
import type { TwistKind } from '../drills/drill.ts';
import type { ScenarioId } from '../drills/scenario-ids.ts';
import type { People } from './config.ts';

export const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
type Weekday = (typeof weekdays)[number];

/** A drill that comes by itself, each week. */
export interface GameDay {
  /** Unique: a drill of a slot is started once. */
  readonly id: string;
  readonly weekday: Weekday;
  /** Local time, `HH:MM` of 24 hours. */
  readonly at: string;
  /** IANA name: `Europe/Madrid`. */
  readonly timeZone: string;
  /** Ids of scenarios; one after the other, week by week. */
  readonly scenarios: readonly ScenarioId[];
  /** Who is asked to take part. */
  readonly people?: People | undefined;
}

export interface DrillSettings {
  /** Channel id (`C…`): drills are shown there and nowhere else. */
  readonly channel?: string | undefined;
  /** The account that scenarios are said to happen in; the first that may be acted on when left out. */
  readonly account?: string | undefined;
  /** After so many minutes a drill is over. */
  readonly minutes: number;
  /** The goals that only drills have, from the opening of the case and from the request. */
  readonly decideMinutes: number;
  readonly approveMinutes: number;
  /** What may go wrong on purpose; a drill has one of them. */
  readonly twists: readonly TwistKind[];
  readonly schedule: readonly GameDay[];
}
