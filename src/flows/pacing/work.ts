/** What one turn of the pacer works with, and what it remembers while it lasts. */
import type { PacerState } from '../../store/pacer-state.ts';
import type { Allowance } from './allowance.ts';
import type { DigestPorts } from './digests.ts';
import type { Account, Ledger } from './ledger.ts';
import type { ShowPorts } from './show-case.ts';

export type TurnPorts = ShowPorts & {
  /** Told which case could not be shown yet, and Slack's error or the name of our own. */
  readonly failed: (id: string, because: string) => void;
  readonly ledger: Ledger;
} & Pick<DigestPorts, 'digests'>;

export interface Work {
  readonly ports: TurnPorts;
  readonly allowance: Allowance;
  /** Whether something may still begin in this turn. */
  readonly mayBegin: () => boolean;
  /** Claims of this turn whose call has ended. */
  readonly ended: Set<string>;
  readonly served: Set<string>;
  /** When something can be done that could not be done now; milliseconds since 1970. */
  readonly wakes: number[];
  accounts: Map<string, Account>;
  storms: PacerState['storms'];
  /** Channels whose cards are not edited now: their roll-up counts for them. */
  hushed: ReadonlySet<string>;
  /** When the next roll-up is due: the rest of the work makes way for it. */
  rollUpAt: number;
  /** Slack works for nobody now. */
  stopped: boolean;
}

/** `ms` from now there is something to do again. */
export const later = ({ ports, wakes }: Work, ms: number): void =>
  void wakes.push(ports.chance.now() + ms);

export const isOver = ({ stopped, mayBegin }: Work): boolean => stopped || !mayBegin();

export const accountOf = async (work: Work, id: string): Promise<Account> => {
  const known = work.accounts.get(id);
  if (known) return known;
  const found = (await work.ports.ledger.accounts(new Map(), [id])).get(id);
  if (!found) throw new Error(`case ${id} has no account`);
  work.accounts.set(id, found);
  return found;
};
