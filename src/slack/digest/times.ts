/** Times against their targets, one line each: the same in the digest and in a month. */
import type { Targets, Times } from '../../cases/digest.ts';
import { severities } from '../../findings/finding.ts';
import { duration } from '../duration.ts';

const falling = severities.toReversed();

/** `To contain: median 12 min, p90 1 h, of 3; target 1 h: missed by 1`; none without a time. */
export const timesLine = (
  what: string,
  times: Times | undefined,
  target: string,
): readonly string[] =>
  times
    ? [
        `${what}: median ${duration(times.median)}, p90 ${duration(times.p90)}, of ${times.count}; target ${target}: ${times.late === 0 ? 'kept' : `missed by ${times.late}`}`,
      ]
    : [];

export const acknowledgeTarget = ({ acknowledge }: Targets): string =>
  falling
    .flatMap((one) => {
      const within = acknowledge[one];
      return within === undefined ? [] : [`${one} ${duration(within)}`];
    })
    .join(', ') || 'none';
