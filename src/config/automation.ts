/** What may run without waiting for people, where, and how: `automation` in `cordon.config.ts`. */
import type { Scope } from './scope.ts';

/**
 * `off`: nothing. `shadow`: says what it would have done. `veto`: announces it, counts down, and runs
 * unless somebody stops it. `auto`: runs, then asks for review.
 */
export const automationModes = ['off', 'shadow', 'veto', 'auto'] as const;
type AutomationMode = (typeof automationModes)[number];

/** The first entry that matches a case decides, so an exception stands before what it is an exception to. */
export interface AutomationRule {
  /** kebab-case, stable: it is recorded as who asked. */
  readonly id: string;
  /** Ids of the rules whose cases it is about. */
  readonly on: readonly string[];
  /** Accounts and tags of what the case is about; everything when left out. */
  readonly for?: Pick<Scope, 'accounts' | 'tags'> | undefined;
  readonly mode: AutomationMode;
  /** The id of one action; the playbook that the card recommends when left out. */
  readonly action?: string | undefined;
}

export interface AutomationSettings {
  /** The only accounts in which anything runs by itself; none when left out. */
  readonly accounts: readonly string[];
  /** From the announcement to the start. */
  readonly vetoSeconds: number;
  /** Runs that start in one account within an hour; one more opens the breaker. */
  readonly runsPerHour: number;
  readonly rules: readonly AutomationRule[];
}
