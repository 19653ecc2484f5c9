/** Whether a scope of the configuration holds for what somebody wants to do. Pure. */
import type { Plan } from '../actions/action.ts';
import { actionSteps } from '../actions/parts.ts';
import type { Scope } from '../config/scope.ts';
import type { Resource } from '../findings/finding.ts';
import { carries } from '../findings/tags.ts';

/** What a decision is about. */
export interface Target {
  readonly resource: Pick<Resource, 'account' | 'tags'>;
  /** Ids of the actions that it takes, of a playbook all; absent where it is about a case and no action. */
  readonly actions?: readonly string[];
}

type Tags = Target['resource']['tags'];

const sharedTags = (a: Tags, b: Tags): Tags =>
  a && b && Object.fromEntries(Object.entries(a).filter(([key, value]) => b[key] === value));

/** Of a playbook what holds for everything it touches: a scope has to cover all of it. */
const resourceOf = (plan: Pick<Plan, 'target' | 'playbook'>): Target['resource'] => {
  const targets = actionSteps(plan).map((step) => step.plan.target);
  const [first = plan.target, ...others] = targets;
  const tags = others.reduce<Tags>((shared, { tags: own }) => sharedTags(shared, own), first.tags);
  return {
    // More than one account is in no scope that names accounts.
    account: others.every(({ account }) => account === first.account) ? first.account : 'several',
    ...(tags ? { tags } : {}),
  };
};

export const targetOf = (plan: Pick<Plan, 'target' | 'action' | 'playbook'>): Target => ({
  resource: plan.playbook ? resourceOf(plan) : plan.target,
  actions: plan.playbook
    ? [...new Set(actionSteps(plan).map((step) => step.plan.action))]
    : [plan.action],
});

/**
 * A scope that names actions holds for these, for a playbook that takes no other, and not for deciding
 * about cases nor for a playbook of which people do every step.
 */
export const covers = (scope: Scope, { resource, actions = [] }: Target): boolean =>
  (!scope.accounts || scope.accounts.includes(resource.account)) &&
  (!scope.tags || carries(resource, scope.tags)) &&
  (!scope.actions || (actions.length > 0 && actions.every((id) => scope.actions?.includes(id))));
