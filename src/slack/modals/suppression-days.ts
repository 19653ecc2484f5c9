/** The durations that are offered for a suppression. */
import type { CordonConfig } from '../../config/config.ts';
import type { Severity } from '../../findings/finding.ts';

interface SuppressionLimits {
  readonly severity: Severity;
  readonly suppression: CordonConfig['suppression'];
}

/** How long a suppression holds, never longer than the configuration allows. */
export const suppressionDays = (screen: SuppressionLimits): readonly number[] => {
  const most =
    screen.severity === 'CRITICAL'
      ? screen.suppression.maximumDaysCritical
      : screen.suppression.maximumDays;
  return [...new Set([1, 7, screen.suppression.defaultDays, most])]
    .filter((days) => days <= most)
    .sort((a, b) => a - b);
};
