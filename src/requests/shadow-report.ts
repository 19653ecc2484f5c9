/** What automation in shadow would have done, beside what people did in the same cases. Pure. */
import { partsOf } from '../actions/parts.ts';
import { isAutomatic, type Request } from './request.ts';

/** One thing that it would have done. */
export interface Shadow {
  /** Id of the entry under `automation.rules`. */
  readonly entry: string;
  /** Ids of the actions that it would have carried out. */
  readonly actions: readonly string[];
  /** All requests of the case. */
  readonly requests: readonly Request[];
  /** The case is resolved, merged or over at its source. */
  readonly closed: boolean;
}

type Verdict = 'same' | 'other' | 'nothing' | 'open';

/** What was agreed to and carried out, whatever became of it later: an incident that is over is undone. */
const carriedOut: readonly Request['state'][] = [
  'executing',
  'stopping',
  'contained',
  'undoing',
  'undone',
  'undo-failed',
];

const verdictOf = ({ actions, requests, closed }: Shadow): Verdict => {
  const done = requests.filter(
    (request) =>
      request.kind === 'contain' &&
      !isAutomatic(request) &&
      !request.plan.suppresses &&
      carriedOut.includes(request.state),
  );
  const ids = done.flatMap(({ plan }) => partsOf(plan).map(({ action }) => action.id));
  if (ids.some((id) => actions.includes(id))) return 'same';
  if (done.length > 0) return 'other';
  return closed ? 'nothing' : 'open';
};

export interface ShadowLine {
  readonly entry: string;
  readonly times: number;
  readonly verdicts: { readonly [V in Verdict]: number };
  /** 0 to 1, of those that are decided; undefined when none is. */
  readonly agreement: number | undefined;
}

/** What became of one thing that it would have done. */
export interface ShadowVerdict {
  readonly entry: string;
  readonly verdict: Verdict;
}

export const shadowVerdict = (shadow: Shadow): ShadowVerdict => ({
  entry: shadow.entry,
  verdict: verdictOf(shadow),
});

/** One line an entry, in the order of their first appearance. */
export const shadowLines = (verdicts: readonly ShadowVerdict[]): readonly ShadowLine[] =>
  [...new Set(verdicts.map(({ entry }) => entry))].map((entry) => {
    const own = verdicts.filter((one) => one.entry === entry).map(({ verdict }) => verdict);
    const count = (verdict: Verdict): number => own.filter((one) => one === verdict).length;
    const counts = {
      same: count('same'),
      other: count('other'),
      nothing: count('nothing'),
      open: count('open'),
    };
    const decided = own.length - counts.open;
    return {
      entry,
      times: own.length,
      verdicts: counts,
      agreement: decided === 0 ? undefined : counts.same / decided,
    };
  });

export const shadowReport = (shadows: readonly Shadow[]): readonly ShadowLine[] =>
  shadowLines(shadows.map(shadowVerdict));

export const shadowInWords = ({ entry, times, verdicts, agreement }: ShadowLine): string =>
  `${entry}, in shadow: would have run ${times} times; people did the same ${verdicts.same}, something else ${verdicts.other}, nothing ${verdicts.nothing}, not yet ${verdicts.open}. ${
    agreement === undefined
      ? 'No case is decided yet.'
      : `Agreement ${Math.round(agreement * 100)} %.`
  }`;
