/**
 * Undo as a plan of its own: every journalled change in reverse, back to its journalled value.
 * Where live state is not what Cordon left, undo refuses and shows the difference.
 */
import {
  type Action,
  type Change,
  type Json,
  type Plan,
  type Refusal,
  refuse,
} from '../actions/action.ts';
import type { Aws } from '../actions/aws.ts';
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
}

const readBack = async (source: UndoSource, aws: Aws): Promise<readonly Reading[]> => {
  const registers = source.action.registers(source.plan);
  const undoable = source.made.filter(
    (made) => registers.find((register) => register.id === made.id)?.undoable,
  );
  return Promise.all(
    undoable.toReversed().map(async (made) => {
      const register = registers.find((candidate) => candidate.id === made.id);
      const label = source.plan.changes.find((change) => change.id === made.id)?.label ?? made.id;
      return { made, label, live: register ? await register.read(aws) : null };
    }),
  );
};

export const planUndo = async (source: UndoSource, aws: Aws): Promise<Plan | Refusal> => {
  if (!source.action.registers(source.plan).some(({ undoable }) => undoable))
    return refuse(
      'not-supported',
      `Nothing that “${source.action.title}” did can be undone.`,
      source.action.undoCannot.join(' '),
    );
  const readings = await readBack(source, aws);
  const drifted = readings.filter(
    ({ made, live }) => !made.heldByOthers && !same(live, made.after) && !same(live, made.before),
  );
  const staying = readings.filter(({ made }) => made.heldByOthers);
  if (drifted.length > 0)
    return refuse(
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
  const changes: readonly Change[] = readings
    .filter(({ made, live }) => !made.heldByOthers && !same(live, made.before))
    .map(({ made, label, live }) => ({ id: made.id, label, before: live, after: made.before }));
  if (changes.length === 0 && staying.length === 0)
    return refuse(
      'already-contained',
      'Nothing is left to undo: every value is what it was before.',
      'No action needed.',
    );
  const refused =
    changes.length > 0 ? await source.action.refuseUndo?.(source.plan, aws) : undefined;
  if (refused) return refused;
  return {
    ...source.plan,
    summary: `Undo: ${source.plan.summary}`,
    changes,
    cannot: [
      ...staying.map(({ label }) => `${label} stays as it is: another containment holds it.`),
      ...source.action.undoCannot,
    ],
    reversible: { kind: 'yes' },
  };
};

/** The registers of a plan with the values they go between, in plan order. */
export const stepsOf = (action: Action, basis: Plan, plan: Plan): readonly Step[] => {
  const registers = action.registers(basis);
  return plan.changes.flatMap((change) => {
    const register = registers.find((candidate) => candidate.id === change.id);
    return register ? [{ register, from: change.before, to: change.after }] : [];
  });
};
