/** Whether a scope of the configuration holds for what somebody wants to do. Pure. */
import type { Plan } from '../actions/action.ts';
import type { Scope } from '../config/scope.ts';
import type { Resource } from '../findings/finding.ts';
import { carries } from '../findings/tags.ts';

/** What a decision is about. */
export interface Target {
  readonly resource: Pick<Resource, 'account' | 'tags'>;
  /** The action's id; absent where it is about a case and no action. */
  readonly action?: string;
}

export const targetOf = ({ target, action }: Pick<Plan, 'target' | 'action'>): Target => ({
  resource: target,
  action,
});

/** A scope that names actions holds for these, and not for deciding about cases. */
export const covers = (scope: Scope, { resource, action }: Target): boolean =>
  (!scope.accounts || scope.accounts.includes(resource.account)) &&
  (!scope.tags || carries(resource, scope.tags)) &&
  (!scope.actions || (action !== undefined && scope.actions.includes(action)));
