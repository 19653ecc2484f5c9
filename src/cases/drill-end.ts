/** When a drill is to be looked back on. */
import type { Case } from './case.ts';

/** Until then what people did has reached the audit, which the score is read from. */
const settleMs = 90_000;

/** After somebody resolved it, or when its time is over; undefined for what is no drill. ISO 8601 UTC. */
export const drillEndsAt = ({ drill, resolved }: Case): string | undefined => {
  if (!drill || drill.ended) return undefined;
  return resolved ? new Date(Date.parse(resolved.at) + settleMs).toISOString() : drill.until;
};
