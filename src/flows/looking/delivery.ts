/** Whether everything that arrived is accounted for: the balance of a time, each term counted for itself. */
import { byCase } from '../../cases/arrivals.ts';
import { type Balance, balanceOf } from '../../cases/balance.ts';
import type { Ports } from '../ports.ts';

/** `from` and `to`: ISO 8601 UTC. Reads what arrived in that time, and nothing older. */
export const balanceBetween = async (
  ports: Pick<Ports, 'cases'>,
  from: string,
  to: string,
): Promise<Balance> => {
  const [received, outcomes] = await Promise.all([
    ports.cases.arrivals.received(from, to),
    ports.cases.arrivals.outcomes(from, to),
  ]);
  const ids = [...byCase(outcomes).keys()];
  const shown = await ports.cases.shownOf(ids);
  const withCard = ids.filter((id) => shown.get(id)?.messages['card'] !== undefined);
  const counted = new Map(
    await Promise.all(withCard.map(async (id) => [id, await ports.cases.counted(id)] as const)),
  );
  return balanceOf({ received, outcomes, shownOf: (id) => counted.get(id) ?? new Set() });
};

const terms = [
  ['shown', 'with a card'],
  ['grouped', 'counted on a card'],
  ['suppressed', 'suppressed'],
  ['digest', 'in the digest'],
  ['ignored', 'ignored, with the reason'],
  ['waiting', 'waiting for their card'],
  ['undecided', 'still with the queue or its dead letters'],
] as const satisfies readonly (readonly [keyof Balance, string])[];

/** `12 received = 3 with a card + 9 counted on a card`. */
export const balanceInWords = (balance: Balance): string =>
  balance.received === 0
    ? 'Nothing was received.'
    : `${balance.received} received = ${terms
        .filter(([term]) => balance[term] > 0)
        .map(([term, words]) => `${balance[term]} ${words}`)
        .join(' + ')}`;
