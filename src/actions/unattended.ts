/**
 * What may run without anybody's consent: only what can be taken back whole, of tier 2 at most, and
 * never what hides alerts. Asked of an action when the configuration is loaded, and of its plan
 * each time, because a plan may be less reversible than its action is as a rule.
 */
import { type Action, type Plan, type Refusal, refuse } from './action.ts';
import { actionSteps } from './parts.ts';

/** The highest tier at which a rule may stand in for people. */
export const highestUnattendedTier = 2;

const instead = 'Ask for it on the card.';

/** Why an action never runs by itself, whatever its target. */
export const needsPeople = (action: Action): string | undefined => {
  if (action.on === 'finding' || action.expires)
    return 'it hides alerts, and only people decide that';
  if (action.tier > highestUnattendedTier)
    return `it is of tier ${action.tier}, and nothing above tier ${highestUnattendedTier} runs by itself`;
  return action.lasting
    ? 'it cannot be taken back, and only what can be undone runs by itself'
    : undefined;
};

/** Why this plan does not run by itself; `plan` is that of an action or of a playbook. */
export const refuseUnattended = (plan: Plan): Refusal | undefined => {
  if (plan.suppresses) return refuse('needs-people', 'It would hide alerts.', instead);
  if (plan.tier > highestUnattendedTier)
    return refuse(
      'needs-people',
      `It is of tier ${plan.tier} here, and nothing above tier ${highestUnattendedTier} runs by itself.`,
      instead,
    );
  const { reversible } = plan;
  if (reversible.kind !== 'yes')
    return refuse(
      'needs-people',
      `Only what can be undone whole runs by itself: ${reversible.because}`,
      instead,
    );
  for (const step of actionSteps(plan)) {
    const refused = refuseUnattended(step.plan);
    if (refused) return refused;
  }
  return undefined;
};
