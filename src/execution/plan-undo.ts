/**
 * Undo as a plan of its own: every journalled change in reverse, back to its journalled value.
 * Where live state is not what Cordon left, undo refuses and shows the difference.
 */
import {
  type Action,
  type Change,
  type Choice,
  type Json,
  type Plan,
  type PlannedStep,
  type Refusal,
  type Register,
  refuse,
} from '../actions/action.ts';
import type { Aws } from '../actions/aws.ts';
import { withChoices } from '../actions/choices.ts';
import { actionSteps, idInPlan, ownChanges, type Part } from '../actions/parts.ts';
import { same, words } from '../requests/plan-hash.ts';
import type { Step } from './run-steps.ts';

/** A change that was made, or may have been (a crash between journal and change). */
export interface MadeChange {
  readonly id: string;
  /** What undo restores: the baseline of the first containment that holds it. */
  readonly before: Json;
  readonly after: Json;
  /** Another containment holds the same value: it stays. */
  readonly heldByOthers?: boolean;
}

export interface UndoSource {
  readonly action: Action;
  /** The plan as it was carried out. */
  readonly plan: Plan;
  readonly made: readonly MadeChange[];
}

interface Reading {
  readonly made: MadeChange;
  readonly label: string;
  readonly live: Json;
  /** Where its own write may have died. */
  readonly passes: readonly Json[];
}

/** What appeared while the rest was contained was never agreed to as it was: it is not brought back. */
const registersOf = (action: Action, plan: Plan): readonly Register[] =>
  action.registers(plan).map((register) => {
    const appeared = plan.changes.find(({ id }) => id === register.id)?.appeared;
    return appeared ? { ...register, undoable: false } : register;
  });

const readBack = async (source: UndoSource, aws: Aws): Promise<readonly Reading[]> => {
  const registers = registersOf(source.action, source.plan);
  const undoable = source.made.filter(
    (made) => registers.find((register) => register.id === made.id)?.undoable,
  );
  return Promise.all(
    undoable.toReversed().map(async (made) => {
      const register = registers.find((candidate) => candidate.id === made.id);
      const label = source.plan.changes.find((change) => change.id === made.id)?.label ?? made.id;
      const { passes = [] } = register ?? {};
      return { made, label, passes, live: register ? await register.read(aws) : null };
    }),
  );
};

/** What is in the way of undoing the whole: somebody else changed it since. */
const driftOf = (drifted: readonly Reading[]): Refusal =>
  refuse(
    'wrong-state',
    `Live state is not what Cordon left: ${drifted
      .map(
        ({ label, made, live }) => `${label} is ${words(live)}, Cordon left ${words(made.after)}`,
      )
      .join('; ')}.`,
    `Find out who changed it, then restore by hand: ${drifted
      .map(({ label, made }) => `${label} back to ${words(made.before)}`)
      .join('; ')}.`,
  );

const asChange = ({ made, label, live }: Reading): Change => ({
  id: made.id,
  label,
  before: live,
  after: made.before,
});

/**
 * Each value as a choice of its own. Where somebody changed a part of it, that part is barred, and of
 * the rest nothing is ticked: then it is for people to say what still makes sense.
 */
const byItem = (clean: readonly Reading[], drifted: readonly Reading[]): readonly Choice[] => [
  ...clean.map((reading) => ({
    change: asChange(reading),
    chosen: drifted.length === 0,
    without: `${reading.label} stays contained: it was left out.`,
  })),
  ...drifted.map((reading) => {
    const { label, made, live } = reading;
    const because = `${label} is ${words(live)}, Cordon left ${words(made.after)}: somebody else changed it. By hand: back to ${words(made.before)}.`;
    return { change: asChange(reading), chosen: false, without: because, barred: because };
  }),
];

/**
 * The undo of one action. `by item` lets people choose among the values, where there are several or
 * some were changed since; `whole` refuses where any was changed.
 */
export const planUndo = async (
  source: UndoSource,
  aws: Aws,
  how: 'whole' | 'by item' = 'whole',
): Promise<Plan | Refusal> => {
  if (!source.action.registers(source.plan).some(({ undoable }) => undoable))
    return refuse(
      'not-supported',
      `Nothing that “${source.action.title}” did can be undone.`,
      source.action.undoCannot.join(' '),
    );
  const readings = await readBack(source, aws);
  const drifted = readings.filter(
    ({ made, live, passes }) =>
      !made.heldByOthers &&
      ![made.after, made.before, ...passes].some((value) => same(live, value)),
  );
  const staying = readings.filter(({ made }) => made.heldByOthers);
  const clean = readings.filter(
    (reading) =>
      !reading.made.heldByOthers &&
      !drifted.includes(reading) &&
      !same(reading.live, reading.made.before),
  );
  if (drifted.length > 0 && (how === 'whole' || clean.length === 0)) return driftOf(drifted);
  const changes = clean.map(asChange);
  if (changes.length === 0 && staying.length === 0) return noMore();
  const refused =
    changes.length > 0 ? await source.action.refuseUndo?.(source.plan, aws) : undefined;
  if (refused) return refused;
  const { choices: _, ...plan } = source.plan;
  const whole: Plan = {
    ...plan,
    summary: `Undo: ${source.plan.summary}`,
    changes,
    cannot: [
      ...staying.map(({ label }) => `${label} stays as it is: another containment holds it.`),
      ...source.plan.changes
        .filter(({ appeared }) => appeared)
        .map(({ label }) => `${label} stays as it is: it was made while the rest was contained.`),
      ...source.action.undoCannot,
    ],
    reversible: { kind: 'yes' },
  };
  return how === 'by item' && clean.length + drifted.length > 1
    ? withChoices(whole, byItem(clean, drifted))
    : whole;
};

const noMore = (): Refusal =>
  refuse(
    'already-contained',
    'Nothing is left to undo: every value is what it was before.',
    'No action needed.',
  );

/** What one step's undo says inside that of the whole. */
interface PartUndo {
  readonly title: string;
  readonly key: string;
  readonly plan: Plan | Refusal;
}

/** What stays although it belongs to the playbook: evidence, and what is over already. */
const stays = ({ title, plan }: PartUndo): readonly string[] => {
  if (plan.kind === 'plan') return plan.cannot.map((line) => `${title}: ${line}`);
  return plan.code === 'not-supported' ? [`${title}: ${plan.because}`] : [];
};

const isInTheWay = ({ plan }: PartUndo): boolean =>
  plan.kind === 'refusal' && plan.code !== 'not-supported' && plan.code !== 'already-contained';

/** Steps of the undo: each action with its own undo as its plan. */
const undoSteps = (
  basis: Plan,
  able: readonly { readonly key: string; readonly plan: Plan }[],
): readonly PlannedStep[] =>
  able.flatMap(({ key, plan }) =>
    actionSteps(basis)
      .filter((step) => step.key === key)
      .map((step) => ({ ...step, plan })),
  );

/** The last step first: what was built on another is taken away before it. */
const combineUndo = (basis: Plan, undone: readonly PartUndo[]): Plan | Refusal => {
  const refused = undone.find(isInTheWay);
  if (refused?.plan.kind === 'refusal')
    return {
      ...refused.plan,
      because: `${refused.title}: ${refused.plan.because}`,
      instead: `${refused.plan.instead} The other steps can be undone one by one: View plan.`,
    };
  const able = undone.flatMap(({ plan, key, title }) =>
    plan.kind === 'plan' ? [{ plan, key, title }] : [],
  );
  if (able.length === 0) {
    const [lasting] = undone.filter(
      ({ plan }) => plan.kind === 'refusal' && plan.code === 'not-supported',
    );
    return lasting?.plan.kind === 'refusal' &&
      undone.every(({ plan }) => plan.kind === 'refusal' && plan.code === 'not-supported')
      ? lasting.plan
      : noMore();
  }
  return {
    ...basis,
    summary:
      able.length === 1 ? `Undo: ${able[0]?.title ?? basis.summary}` : `Undo: ${basis.summary}`,
    playbook: { title: basis.playbook?.title ?? '', steps: undoSteps(basis, able) },
    changes: able.flatMap(({ plan, key }) =>
      plan.changes.map((change) => ({ ...change, id: idInPlan(key, change.id) })),
    ),
    cannot: undone.flatMap(stays),
    blastRadius: {
      class: basis.blastRadius.class,
      lines: able.flatMap(({ plan, title }) =>
        plan.blastRadius.lines.map((line) => `${title}: ${line}`),
      ),
    },
    reversible: { kind: 'yes' },
  };
};

/**
 * The undo of everything that a request made, or of one step of its playbook: each part read with
 * the session that its action needs.
 */
export const planUndoOf = async (
  basis: Plan,
  undone: {
    readonly parts: readonly Part[];
    readonly made: readonly MadeChange[];
    readonly aws: (part: Part) => Promise<Aws>;
    /** Of a single action; the steps of a playbook are undone whole, or one by one. */
    readonly how?: 'whole' | 'by item';
  },
): Promise<Plan | Refusal> => {
  const { parts, made, aws, how } = undone;
  if (!basis.playbook) {
    const [part] = parts;
    return part
      ? planUndo({ action: part.action, plan: basis, made }, await aws(part), how)
      : refuse('not-supported', 'This action does not exist any more.', 'Restore it by hand.');
  }
  const touched = parts.filter(({ key }) => ownChanges(key, made).length > 0).toReversed();
  const plans = await Promise.all(
    touched.map(async (part) => ({
      key: part.key,
      title: basis.playbook?.steps.find(({ key }) => key === part.key)?.title ?? part.action.title,
      plan: await planUndo(
        { action: part.action, plan: part.basis, made: ownChanges(part.key, made) },
        await aws(part),
      ),
    })),
  );
  return plans.length > 0 ? combineUndo(basis, plans) : noMore();
};

/** The registers of a plan with the values they go between, in plan order. */
export const stepsOf = (action: Action, basis: Plan, plan: Plan): readonly Step[] => {
  const registers = registersOf(action, basis);
  return plan.changes.flatMap((change) => {
    const register = registers.find((candidate) => candidate.id === change.id);
    return register ? [{ register, from: change.before, to: change.after }] : [];
  });
};
