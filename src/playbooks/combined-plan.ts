/**
 * The plans of a playbook's actions as one plan: what people see, approve and take back as a whole.
 * What is refused is named and left out; the playbook itself refuses only where a step is required
 * or nothing at all would be contained. People at 3 a.m. get what can be done, and read what cannot.
 */
import type { Change, Phase, Plan, PlannedStep, Refusal, Tier } from '../actions/action.ts';
import { refuse } from '../actions/action.ts';
import { actionSteps, idInPlan } from '../actions/parts.ts';
import type { Resource } from '../findings/finding.ts';

/** A step whose action did not get a plan. */
export interface LeftOut {
  readonly title: string;
  readonly because: string;
  readonly instead: string;
  readonly required?: true;
  /** What was to be done is done already: no reason to refuse the whole. */
  readonly already?: true;
}

export interface Combined {
  /** The playbook's. */
  readonly id: string;
  readonly title: string;
  /** What the case is about. */
  readonly target: Resource;
  readonly steps: readonly PlannedStep[];
  readonly leftOut: readonly LeftOut[];
}

const reaches = ['this resource only', 'shared with others', 'whole account'] as const;

const widest = (plans: readonly Plan[]): Plan['blastRadius']['class'] =>
  reaches.findLast((reach) => plans.some(({ blastRadius }) => blastRadius.class === reach)) ??
  'this resource only';

const highest = (plans: readonly Plan[]): Tier =>
  ([3, 2, 1] as const).find((tier) => plans.some((plan) => plan.tier === tier)) ?? 1;

const reversibility = (steps: ReturnType<typeof actionSteps>): Plan['reversible'] => {
  const lasting = steps.filter(({ plan }) => plan.reversible.kind !== 'yes');
  if (steps.length === 0)
    return { kind: 'no', because: 'people do every step; Cordon changes nothing.' };
  if (lasting.length === 0) return { kind: 'yes' };
  const because = lasting
    .map(({ title, plan: { reversible } }) =>
      reversible.kind === 'yes' ? title : `${title}: ${reversible.because}`,
    )
    .join(' ');
  return steps.every(({ plan }) => plan.reversible.kind === 'no')
    ? { kind: 'no', because }
    : { kind: 'partly', because };
};

const many = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const summaryOf = ({ title, target, steps }: Combined): string =>
  `${title}: ${many(actionSteps({ playbook: { title, steps } }).length, 'action')} and ${many(
    steps.filter(({ kind }) => kind === 'manual').length,
    'manual step',
  )}, about ${target.id}.`;

/** Each plan's own changes, under ids of the whole. */
const allChanges = (steps: ReturnType<typeof actionSteps>): readonly Change[] =>
  steps.flatMap(({ key, plan }) =>
    plan.changes.map((change) => ({ ...change, id: idInPlan(key, change.id) })),
  );

const leftOutLine = ({ title, because, instead }: LeftOut): string =>
  `Left out – ${title}: ${because} ${instead}`;

/** Why there is no plan of the whole; undefined where there is one. */
const refusalOf = ({ title, steps, leftOut }: Combined): Refusal | undefined => {
  const required = leftOut.find((one) => one.required && !one.already);
  if (required)
    return refuse(
      'wrong-state',
      `“${title}” makes no sense without “${required.title}”: ${required.because}`,
      required.instead,
    );
  // Some situations are a person's alone: then nothing was wanted, and nothing is left out.
  if (leftOut.length === 0 || actionSteps({ playbook: { title, steps } }).length > 0)
    return undefined;
  return refuse(
    leftOut.length > 0 && leftOut.every(({ already }) => already)
      ? 'already-contained'
      : 'wrong-state',
    `No action of “${title}” can be planned. ${leftOut.map((one) => `${one.title}: ${one.because}`).join(' ')}`,
    [...new Set(leftOut.map(({ instead }) => instead))].join(' ') ||
      'Follow docs/playbooks.md by hand.',
  );
};

/** Steps that stand on one that is left out are left out too. */
export const combine = (combined: Combined): Plan | Refusal => {
  const refusal = refusalOf(combined);
  if (refusal) return refusal;
  const { id, title, target, steps, leftOut } = combined;
  const actions = actionSteps({ playbook: { title, steps } });
  const plans = actions.map(({ plan }) => plan);
  const aside = (lines: (plan: Plan) => readonly string[]): readonly string[] =>
    actions.flatMap((step) => lines(step.plan).map((line) => `${step.title}: ${line}`));
  return {
    kind: 'plan',
    action: id,
    target,
    summary: summaryOf(combined),
    changes: allChanges(actions),
    cannot: [...leftOut.map(leftOutLine), ...aside(({ cannot }) => cannot)],
    blastRadius: { class: widest(plans), lines: aside(({ blastRadius }) => blastRadius.lines) },
    reversible: reversibility(actions),
    tier: highest(plans),
    playbook: { title, steps },
  };
};

/** Where in its phase: the order of the run. */
export const phaseTitle: Readonly<Record<Phase, string>> = {
  contain: 'Contain',
  evidence: 'Keep evidence',
  eradicate: 'Eradicate',
  recover: 'Recover',
  verify: 'Verify',
};
