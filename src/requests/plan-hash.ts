/**
 * What people consent to, as one hash: target, action, end state, tier, reversibility, class of
 * blast radius, what is hidden, which drill it belongs to, and the steps of a playbook. Before-values are left out on purpose: they may change and are
 * disclosed instead.
 */
import { createHash } from 'node:crypto';
import type { Change, Json, Plan, PlannedStep } from '../actions/action.ts';
import { canonicalJson } from '../audit/chain.ts';

/** True when two AWS values are the same. */
export const same = (a: Json, b: Json): boolean => canonicalJson(a) === canonicalJson(b);

/** Of a playbook: which steps, in which order; the changes of the actions are hashed with the rest. */
const consentedStep = (step: PlannedStep): Json =>
  step.kind === 'manual'
    ? [step.kind, step.key, step.title, step.instructions]
    : [step.kind, step.key, step.title];

/** 64 hex digits. */
export const planHash = (plan: Plan): string =>
  createHash('sha256')
    .update(
      canonicalJson({
        action: plan.action,
        target: [plan.target.kind, plan.target.account, plan.target.region, plan.target.id],
        changes: plan.changes.map((change) => [change.id, change.after]),
        tier: plan.tier,
        holdsDays: plan.holdsDays ?? null,
        ...(plan.suppresses ? { suppresses: plan.suppresses } : {}),
        reversible: plan.reversible.kind,
        blastRadius: plan.blastRadius.class,
        ...(plan.drill ? { drill: plan.drill } : {}),
        ...(plan.playbook ? { steps: plan.playbook.steps.map(consentedStep) } : {}),
      }),
    )
    .digest('hex');

/** What people see of a hash. */
export const shortHash = (hash: string): string => hash.slice(0, 8);

const changed = (was: Change | undefined, is: Change): boolean =>
  was !== undefined && !same(was.before, is.before);

/** The changes whose before-value is not what people were shown, in words. */
export const disclosures = (shown: Plan, live: Plan): readonly string[] =>
  live.changes
    .filter((change) =>
      changed(
        shown.changes.find((candidate) => candidate.id === change.id),
        change,
      ),
    )
    .map((change) => {
      const was = shown.changes.find((candidate) => candidate.id === change.id);
      return `${change.label}: was ${words(was?.before ?? null)} when planned, is ${words(change.before)} now`;
    });

/** An AWS value for people. */
export const words = (value: Json): string => {
  if (value === null) return 'none';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(words).join(', ');
  return canonicalJson(value);
};
