/**
 * A plan as the actions it consists of: of a single action there is one, of a playbook one for each
 * step that is an action. So one path plans, executes, verifies and undoes both.
 */
import type { Action, Change, Plan, PlannedStep } from './action.ts';
import { actionById } from './index.ts';

export interface Part {
  /** The step's key; empty for a single action. */
  readonly key: string;
  readonly action: Action;
  /** The action's plan as it was carried out: its registers come from this. */
  readonly basis: Plan;
  /** What is to be done now: the same, or an undo of it. */
  readonly plan: Plan;
}

type ActionStep = Extract<PlannedStep, { kind: 'action' }>;

/** A change's id in the plan of the whole. */
export const idInPlan = (key: string, id: string): string => (key ? `${key}/${id}` : id);

/** The changes that belong to a part, under the part's own ids. */
export const ownChanges = <T extends { readonly id: string }>(
  key: string,
  changes: readonly T[],
): readonly T[] =>
  key
    ? changes
        .filter(({ id }) => id.startsWith(`${key}/`))
        .map((change) => ({ ...change, id: change.id.slice(key.length + 1) }))
    : changes;

export const actionSteps = (plan: Pick<Plan, 'playbook'>): readonly ActionStep[] =>
  (plan.playbook?.steps ?? []).filter((step): step is ActionStep => step.kind === 'action');

const partOf = (key: string, basis: Plan, changes: readonly Change[]): readonly Part[] => {
  const action = actionById(basis.action);
  return action
    ? [{ key, action, basis, plan: { ...basis, changes: ownChanges(key, changes) } }]
    : [];
};

/**
 * The parts of `plan`, which is carried out on what `basis` names: the same plan, or the one that is
 * undone. In the order of the playbook. None for an action that does not exist any more.
 */
export const partsOf = (basis: Plan, plan: Plan = basis): readonly Part[] => {
  if (basis.playbook)
    return actionSteps(basis).flatMap((step) => partOf(step.key, step.plan, plan.changes));
  const action = actionById(basis.action);
  return action ? [{ key: '', action, basis, plan }] : [];
};

/** The plan with changes that one of its parts got while it ran, behind that part's own. */
export const withMore = (plan: Plan, key: string, more: readonly Change[]): Plan => ({
  ...plan,
  changes: [
    ...plan.changes,
    ...more.map((change) => ({ ...change, id: idInPlan(key, change.id) })),
  ],
  ...(plan.playbook
    ? {
        playbook: {
          ...plan.playbook,
          steps: plan.playbook.steps.map((step) =>
            step.kind === 'action' && step.key === key
              ? { ...step, plan: withMore(step.plan, '', more) }
              : step,
          ),
        },
      }
    : {}),
});

/** It changes findings where they are kept, and nothing else. */
export const isOnFindings = (plan: Plan): boolean => {
  const parts = partsOf(plan);
  return parts.length > 0 && parts.every(({ action }) => action.on === 'finding');
};

/** It only tells the services that keep the findings what people said of them. */
export const isWriteBack = (plan: Plan): boolean => {
  const parts = partsOf(plan);
  return parts.length > 0 && parts.every(({ action }) => action.closes);
};

/** Whether people say until when it shall hold. */
export const asksUntilWhen = (plan: Plan): boolean => actionById(plan.action)?.expires ?? false;

/** What people call it. */
export const planTitle = (plan: Plan): string =>
  plan.playbook?.title ?? actionById(plan.action)?.title ?? plan.action;

/** Hours until people are asked whether it is still needed: the shortest of its actions. */
export const reviewHours = (plan: Plan): number | undefined => {
  const hours = partsOf(plan)
    .filter(({ action, plan: { reversible } }) => !action.closes && reversible.kind !== 'no')
    .map(({ action }) => action.reviewAfterHours);
  return hours.length > 0 ? Math.min(...hours) : undefined;
};
