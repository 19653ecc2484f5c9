/** The event patterns that AWS is given, made from the configuration. */
import type { CordonConfig } from '../config/config.ts';
import type { Severity } from '../findings/finding.ts';

/** One EventBridge rule: its name and its pattern, as parsed JSON of at most 4,096 characters. */
interface NamedPattern {
  readonly name: string;
  readonly pattern: { readonly [field: string]: unknown };
}

/** Lowest figure of each word: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html */
const guardDutyFloor: { readonly [severity in Severity]: number } = {
  INFORMATIONAL: 0,
  LOW: 1,
  MEDIUM: 4,
  HIGH: 7,
  CRITICAL: 9,
};

/**
 * Every pattern to deploy, one EventBridge rule each. Only findings of at least `severity.card`
 * pass. (https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html)
 */
export const eventPatterns = ({
  severity,
}: Pick<CordonConfig, 'severity'>): readonly NamedPattern[] => [
  {
    name: 'guardduty-findings',
    pattern: {
      source: ['aws.guardduty'],
      'detail-type': ['GuardDuty Finding'],
      detail: { severity: [{ numeric: ['>=', guardDutyFloor[severity.card]] }] },
    },
  },
];
