/** Why nothing may be done in AWS about a case. */
import type { Case } from '../../cases/case.ts';
import { leadFinding } from '../../cases/case-findings.ts';
import type { CordonConfig } from '../../config/config.ts';

/** Undefined where Cordon may act. */
export const noActions = (config: CordonConfig, theCase: Case): string | undefined => {
  const finding = leadFinding(theCase);
  const account = config.accounts[finding.account];
  if (finding.sample && !config.actOnSamples)
    return 'a sample finding is about nothing that exists.';
  if (!account) return `account ${finding.account} is not in the configuration.`;
  if (!account.response) return `response is switched off for ${account.name}.`;
  return undefined;
};
