/** How long things may take, from the configuration: what the digest, reviews and months are held against. */
import type { Targets } from '../../cases/digest.ts';
import type { CordonConfig } from '../../config/config.ts';

const minuteMs = 60_000;

/** The times after which a case escalates are those within which it should be acknowledged. */
export const targetsOf = ({
  escalation,
  digest,
}: Pick<CordonConfig, 'escalation' | 'digest'>): Targets => ({
  acknowledge: {
    CRITICAL: escalation.criticalMinutes * minuteMs,
    HIGH: escalation.highMinutes * minuteMs,
  },
  contain: digest.containMinutes * minuteMs,
  resolve: digest.resolveHours * 60 * minuteMs,
});
