/** What CloudTrail's findings are about: calls that succeeded, calls that failed, and root. */
import type { Finding } from '../../findings/finding.ts';

/** True for a call or sign-in that was tried and refused, or failed otherwise. */
export const hasFailed = (finding: Finding): boolean =>
  finding.source === 'cloudtrail' && finding.nativeSeverity === 'failed call';

/** True when it is root's identity that makes the call a finding, whatever was called. */
export const isByRoot = (finding: Finding): boolean =>
  finding.source === 'cloudtrail' && finding.title.includes('The root user ');

/**
 * The watched call that succeeded, `iam:CreateUser`, without the version in Lambda's names; '' for
 * any other finding. What it was called with has been judged by the parser (cloudtrail-verdicts.ts).
 */
export const callOf = (finding: Finding): string => {
  if (finding.source !== 'cloudtrail' || hasFailed(finding) || isByRoot(finding)) return '';
  return finding.type.replace('.amazonaws.com:', ':').replace(/\d{8}(v\d)?$/, '');
};
