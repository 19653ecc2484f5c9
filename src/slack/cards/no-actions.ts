/** Why nothing may be done in AWS about a case. */
import type { Case } from '../../cases/case.ts';
import { leadFinding } from '../../cases/case-findings.ts';
import type { CordonConfig } from '../../config/config.ts';
import { responds, unknownTo } from '../../config/responds.ts';

/** Undefined where something can be planned. */
export const noActions = (config: CordonConfig, theCase: Case): string | undefined => {
  const finding = leadFinding(theCase);
  const account = config.accounts[finding.account];
  if (finding.sample && !config.actOnSamples)
    return 'a sample finding is about nothing that exists.';
  if (!account) return `account ${finding.account} is ${unknownTo(config)}.`;
  return undefined;
};

/** Why plans are only shown, with what to do by hand; undefined where Cordon may act or nothing can be planned. */
export const observedOnly = (config: CordonConfig, theCase: Case): string | undefined => {
  const account = config.accounts[leadFinding(theCase).account];
  return account && !responds(config, account)
    ? `response is switched off for ${account.name}.${account.observed ? ` ${account.observed}` : ''} A plan shows what would change, and the commands to do it by hand.`
    : undefined;
};
