/** Which entry of the configuration's automation speaks for a case. Pure. */
import type { Automated, Case } from '../../cases/case.ts';
import { leadFinding, mainResource } from '../../cases/case-findings.ts';
import type { AutomationRule } from '../../config/automation.ts';
import type { CordonConfig } from '../../config/config.ts';
import { automationFor } from '../../requests/automation.ts';

/** An entry that asks for something. */
export type Entry = AutomationRule & { readonly mode: Automated['mode'] };

const isOn = (entry: AutomationRule | undefined): entry is Entry =>
  entry !== undefined && entry.mode !== 'off';

/** What a case is about, as scopes see it. */
export const aboutOf = (theCase: Case) => {
  const finding = leadFinding(theCase);
  const { account, tags } = mainResource(finding) ?? { account: finding.account };
  return { account, ...(tags ? { tags } : {}) };
};

/** The entry that speaks for a case, where it asks for anything. */
export const entryFor = (
  { automation }: Pick<CordonConfig, 'automation'>,
  theCase: Case,
): Entry | undefined => {
  const entry = automationFor(automation, {
    rule: theCase.decision.rule,
    resource: aboutOf(theCase),
  });
  return isOn(entry) ? entry : undefined;
};
