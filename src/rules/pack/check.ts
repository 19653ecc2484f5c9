/** What should always be so and is not: broken rules of Config and failed controls of Security Hub. */
import type { Finding } from '../../findings/finding.ts';
import { makerOf } from './origin.ts';

interface Check {
  /**
   * Names of Config rules, as AWS proposes them for its managed rules:
   * https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html
   */
  readonly rules: RegExp;
  /** https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-controls-reference.html */
  readonly controls: readonly string[];
}

/** True when the finding says that one of these rules or controls is broken. */
export const breaks = (finding: Finding, { rules, controls }: Check): boolean => {
  switch (makerOf(finding)) {
    case 'config':
      // Security Hub has the name of the rule in the title.
      return rules.test(finding.source === 'config' ? finding.type : finding.title);
    case 'securityhub':
      return controls.includes(controlOf(finding));
    default:
      return false;
  }
};

/** `S3.2` of the fact `S3.2 (FAILED)`: the types of OCSF do not tell it. */
const controlOf = (finding: Finding): string =>
  finding.facts.find(({ label }) => label === 'Control')?.value.split(' ')[0] ?? '';
