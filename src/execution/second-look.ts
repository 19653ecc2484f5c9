/**
 * A second look at what was contained, when AWS has had the time to apply it: which values are not as
 * Cordon left them, and what has come into being since. The same look for every action, while a
 * run reads back and as long as a containment is in force.
 */
import type { Change, Json, Register } from '../actions/action.ts';
import type { Aws } from '../actions/aws.ts';
import type { Part } from '../actions/parts.ts';
import { same } from '../requests/plan-hash.ts';
import { stepsOf } from './plan-undo.ts';

/** A change of the part, under the part's own id, with what it is now. */
export interface Seen {
  readonly change: Change;
  readonly found: Json;
}

/** What cannot be undone (evidence, a rotation) cannot be taken back either, and is not made twice. */
const canBeTakenBack = ({ undoable, holds }: Register, { appeared }: Change): boolean =>
  undoable || holds === true || appeared === true;

const lookAt = async (part: Part, aws: Aws): Promise<readonly Seen[]> => {
  const seen = await Promise.all(
    stepsOf(part.action, part.basis, part.plan).map(async ({ register }) => {
      const change = part.plan.changes.find(({ id }) => id === register.id);
      if (!change || !canBeTakenBack(register, change)) return [];
      const found = await register.read(aws);
      const fine = [change.after, ...(register.harmless ?? [])].some((value) => same(found, value));
      return fine ? [] : [{ change, found }];
    }),
  );
  return seen.flat();
};

/** Throws AWS's error where it cannot be read. */
export const secondLook = async (part: Part, aws: Aws): Promise<readonly Seen[]> => {
  const [values, appeared] = await Promise.all([
    lookAt(part, aws),
    part.action.appeared?.(part.basis, aws) ?? [],
  ]);
  return [
    ...values,
    ...appeared.map((change) => ({
      change: { ...change, appeared: true as const },
      found: change.before,
    })),
  ];
};
