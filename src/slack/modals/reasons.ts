/** The short lists of reasons: one tap, plus optional text. */
import type { Action } from '../../actions/action.ts';

export interface ReasonChoice {
  readonly code: string;
  readonly label: string;
}

const containing: readonly ReasonChoice[] = [
  { code: 'confirmed', label: 'Confirmed attack' },
  { code: 'suspected', label: 'Suspected attack, contain first' },
  { code: 'policy', label: 'Policy violation' },
  { code: 'drill', label: 'Drill' },
];

const suppressing: readonly ReasonChoice[] = [
  { code: 'false-positive', label: 'False positive' },
  { code: 'expected', label: 'Expected behaviour' },
  { code: 'accepted-risk', label: 'Accepted risk' },
  { code: 'test', label: 'Test' },
];

const undoing: readonly ReasonChoice[] = [
  { code: 'resolved', label: 'Threat is gone' },
  { code: 'wrong-target', label: 'Wrong target' },
  { code: 'production-impact', label: 'Production is affected' },
  { code: 'drill-over', label: 'Drill is over' },
];

export const reasonsFor = (
  action: Pick<Action, 'expires'>,
  kind: 'contain' | 'undo',
): readonly ReasonChoice[] => {
  if (kind === 'undo') return undoing;
  return action.expires ? suppressing : containing;
};

/** The words of a code; undefined for a code that Cordon did not draw. */
export const reasonLabel = (code: string): string | undefined =>
  [...containing, ...suppressing, ...undoing].find((choice) => choice.code === code)?.label;
