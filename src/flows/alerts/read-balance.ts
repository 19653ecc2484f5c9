/**
 * The balance of any time until now: what was received, and where each of it is. Costs what arrived in
 * that time, however much history there is.
 */
import { byCase } from '../../cases/arrivals.ts';
import {
  type Balance,
  balanceOf,
  type QueueDepth,
  type Verdict,
  verdictOf,
} from '../../cases/balance.ts';
import type { CasesTable } from '../../store/cases-table.ts';
import { isoNow, type Ports } from '../ports.ts';

export interface BalanceReading {
  /** ISO 8601 UTC; both ends included. */
  readonly from: string;
  readonly to: string;
  readonly balance: Balance;
  /** Only where the queue could be asked: whether what is not decided is all there. */
  readonly verdict?: Verdict;
}

type BalancePorts = Pick<Ports, 'chance'> & {
  readonly cases: Pick<CasesTable, 'arrivals' | 'shownOf' | 'counted'>;
};

/** Ids that each card counts; nothing for a case without a card. */
const countedOn = async (
  { cases }: BalancePorts,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> => {
  const shown = await cases.shownOf(ids);
  const withCard = ids.filter((id) => shown.get(id)?.messages['card']);
  return new Map(
    await Promise.all(withCard.map(async (id) => [id, await cases.counted(id)] as const)),
  );
};

/** `from`: ISO 8601 UTC. `queue`: what is still with it, where that is known. */
export const readBalance = async (
  ports: BalancePorts,
  from: string,
  queue?: QueueDepth,
): Promise<BalanceReading> => {
  const to = isoNow(ports.chance);
  const [received, outcomes] = await Promise.all([
    ports.cases.arrivals.received(from, to),
    ports.cases.arrivals.outcomes(from, to),
  ]);
  const counted = await countedOn(ports, [...byCase(outcomes).keys()]);
  const balance = balanceOf({ received, outcomes, shownOf: (id) => counted.get(id) ?? new Set() });
  return { from, to, balance, ...(queue ? { verdict: verdictOf(balance, queue) } : {}) };
};
