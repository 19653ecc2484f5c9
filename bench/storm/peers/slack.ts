/** One channel of a workspace of its own: the same limits and round trips, without HTTP in between. */
import type { Random } from '../../random.ts';
import { slackLimits } from '../buckets.ts';
import type { Clock } from './clock.ts';

type Posted =
  /** `at` is when Slack had it, milliseconds. */
  | { readonly kind: 'posted'; readonly at: number }
  | { readonly kind: 'limited'; readonly retryAfter: number };

export interface PeerSlack {
  post(): Promise<Posted>;
  readonly calls: () => number;
  readonly limited: () => number;
}

const roundTrip = { from: 50, to: 150 } as const;

export const peerSlack = (clock: Clock, random: Random): PeerSlack => {
  const limits = slackLimits();
  let [calls, limited] = [0, 0];
  return {
    calls: () => calls,
    limited: () => limited,
    async post() {
      calls += 1;
      const trip = random.between(roundTrip.from, roundTrip.to);
      await clock.sleep(trip / 2);
      const at = clock.now();
      const retryAfter = limits.ask('chat.postMessage', 'C0SECURITY', at);
      if (retryAfter !== undefined) limited += 1;
      await clock.sleep(trip / 2);
      return retryAfter === undefined ? { kind: 'posted', at } : { kind: 'limited', retryAfter };
    },
  };
};
