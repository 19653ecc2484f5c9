/** When a request that waits for approval is over, and when people are reminded and paged until then. Pure. */
import type { Tier } from '../actions/action.ts';
import type { CordonConfig } from '../config/config.ts';

export interface Deadlines {
  /** Approvals count until then. All times are ISO 8601 UTC. */
  readonly expiresAt: string;
  /** People are told again then, in a new message each. */
  readonly remindAt: readonly string[];
  /** People are paged then, past Slack. */
  readonly pageAt: readonly string[];
}

/** `since`: ISO 8601 UTC. What would come at its end or later does not come. */
export const deadlines = (
  approval: CordonConfig['approval'],
  tier: Tier,
  since: string,
): Deadlines => {
  const most = tier >= 3 ? approval.tier3Minutes : approval.tier2Minutes;
  const after = (minutes: number): string =>
    new Date(Date.parse(since) + minutes * 60_000).toISOString();
  const within = (minutes: readonly number[]): readonly string[] =>
    tier < 2
      ? []
      : minutes
          .filter((one) => one < most)
          .toSorted((a, b) => a - b)
          .map(after);
  return {
    expiresAt: after(most),
    remindAt: within(approval.reminderMinutes),
    pageAt: within(approval.pageMinutes ?? [most / 2]),
  };
};

/**
 * When a containment that is in force `since` is looked at after `now`: at these minutes after its
 * verification, then each time the last one has passed. Undefined where it is never looked at.
 */
export const nextLook = (
  { watchMinutes }: CordonConfig['containment'],
  since: string,
  now: string,
): string | undefined => {
  const sorted = watchMinutes.toSorted((a, b) => a - b);
  const after = (time: string, minutes: number): string =>
    new Date(Date.parse(time) + minutes * 60_000).toISOString();
  const next = sorted.map((minutes) => after(since, minutes)).find((at) => at > now);
  const last = sorted.at(-1);
  return next ?? (last === undefined ? undefined : after(now, last));
};
