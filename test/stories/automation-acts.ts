/** Configurations and looks that the stories about automation share. */
import type { AutomationRule, AutomationSettings } from '../../src/config/automation.ts';
import type { Play } from './play.ts';

export const prod = '123456789012';

export const isolate: AutomationRule = {
  id: 'isolate-servers',
  on: ['control-server'],
  mode: 'veto',
  action: 'isolate-instance',
};

export const settings = (
  rules: readonly AutomationRule[] = [isolate],
  more: Partial<AutomationSettings> = {},
): { readonly automation: AutomationSettings } => ({
  automation: { accounts: [prod], vetoSeconds: 120, runsPerHour: 3, rules, ...more },
});

/** Who asks, as the audit names it. */
export const rule = 'rule:control-server/isolate-servers';

/** The audit of automation and of requests, as `kind by actor`. */
export const recordOf = async (stage: Play): Promise<readonly string[]> =>
  (await stage.entries())
    .filter(({ kind }) => /^(automation|request)\./.test(kind))
    .map(({ kind, actor }) => `${kind} by ${actor.replace(/^slack:.*\//, '')}`);
