/**
 * Whether something may run without people: which entry of the configuration speaks for a case, and
 * why a run does not begin or go on. Pure; asked when it is decided, when it starts, and between steps.
 */
import type { Plan } from '../actions/action.ts';
import { actionSteps } from '../actions/parts.ts';
import { refuseUnattended } from '../actions/unattended.ts';
import type { AutomationRule, AutomationSettings } from '../config/automation.ts';
import type { AutomationSwitch } from './automation-switch.ts';
import { isAutomatic, type Request } from './request.ts';
import { covers, type Target } from './scope.ts';

/** Why nothing runs by itself. */
export type HeldCode =
  | 'switched-off'
  | 'switch-unreadable'
  | 'breaker-open'
  | 'budget-spent'
  | 'mode-off'
  | 'account-not-allowed'
  | 'needs-people'
  | 'exempt'
  | 'sample'
  | 'case-closed'
  | 'not-planned'
  | 'already-requested'
  | 'not-announced';

export interface Held {
  readonly kind: 'held';
  readonly code: HeldCode;
  /** One sentence. */
  readonly because: string;
}

export const held = (code: HeldCode, because: string): Held => ({ kind: 'held', code, because });

/** The entry that speaks for a case: the first that names its rule and covers what it is about. */
export const automationFor = (
  { rules }: AutomationSettings,
  about: { readonly rule: string; readonly resource: Target['resource'] },
): AutomationRule | undefined =>
  rules.find(
    ({ on, for: scope = {} }) =>
      on.includes(about.rule) && covers(scope, { resource: about.resource }),
  );

/** The kill switch and the breaker of the account. */
export const heldBySwitch = (
  state: AutomationSwitch | undefined,
  account: string,
): Held | undefined => {
  if (state?.off)
    return held(
      'switched-off',
      `Automation was switched off by ${state.off.name}: ${state.off.because}`,
    );
  const open = state?.open[account];
  return open && held('breaker-open', `The breaker of account ${account} is open: ${open.because}`);
};

/** Every account that it would change. */
const accountsOf = (plan: Plan): readonly string[] => [
  ...new Set([plan.target.account, ...actionSteps(plan).map((step) => step.plan.target.account)]),
];

/** What the configuration and the plan itself say, whoever asks. */
export const heldByPlan = (settings: AutomationSettings, plan: Plan): Held | undefined => {
  const outside = accountsOf(plan).find((account) => !settings.accounts.includes(account));
  if (outside)
    return held(
      'account-not-allowed',
      `Account ${outside} is not among the accounts in which something may run by itself.`,
    );
  const refused = refuseUnattended(plan);
  return refused && held('needs-people', refused.because);
};

/**
 * Whether an automatic request may start or go on: its entry is still there and still in a mode that
 * runs it, for this account, this rule and this action, and nobody has said no.
 */
export const heldByConfig = (settings: AutomationSettings, request: Request): Held | undefined => {
  const { requestedBy, automation, plan, votes } = request;
  if (!isAutomatic(request) || requestedBy.kind !== 'rule' || !automation)
    return held('not-announced', 'No rule has asked for this.');
  if (votes.some(({ verdict }) => verdict === 'deny'))
    return held('not-announced', 'Somebody has stopped it.');
  const entry = automationFor(settings, {
    rule: requestedBy.rule,
    resource: automation.about,
  });
  if (entry?.id !== requestedBy.automation || (entry.action ?? plan.action) !== plan.action)
    return held(
      'mode-off',
      `The configuration does not have ${requestedBy.automation} run this any more.`,
    );
  // From auto to veto: what was not announced must not run. The other way round nothing is lost.
  if (entry.mode !== automation.mode && entry.mode !== 'auto')
    return held('mode-off', `The configuration has set ${entry.id} to ${entry.mode} since then.`);
  return heldByPlan(settings, plan);
};
