/** What the source of a finding says of its end, and how far that counts. Pure. */
import type { Finding } from '../findings/finding.ts';
import { supposesTheft } from '../rules/hypothesis.ts';
import type { Case } from './case.ts';
import { isOverAtSource } from './case-findings.ts';
import { draft } from './change.ts';

/**
 * GuardDuty's own, also as a copy of Security Hub: it ends only where it is archived, while a control
 * passes and a vulnerability is mended by themselves.
 */
export const isEndedByHand = (canonicalId: string): boolean =>
  /^arn:[^:]+:guardduty:/.test(canonicalId);

/**
 * A finding of it was archived while people worked on it, and the rule supposes stolen credentials:
 * whoever has them may have archived it. What people suppressed is no riddle.
 */
export const isDoubted = ({
  silenced,
  suppression,
  decision,
}: Pick<Case, 'silenced' | 'suppression' | 'decision'>): boolean =>
  silenced !== undefined &&
  !silenced.suppressed &&
  isEndedByHand(silenced.finding) &&
  !suppression &&
  supposesTheft(decision.attack);

/**
 * Its sources only repeat what they were told when it was resolved, and somebody has opened it again
 * since: what they say ends nothing.
 */
export const isOwnWord = ({ writeBack, reopened }: Pick<Case, 'writeBack' | 'reopened'>): boolean =>
  writeBack?.request !== undefined && reopened !== undefined && reopened.at >= writeBack.at;

/**
 * Whether the sources say of all of it that it is over. `counted` is how many findings its card
 * counts; `active` that one has just come that is not over. Of a case in doubt nothing is believed.
 */
export const withEnd = (theCase: Case, counted: number, active: boolean): Case => {
  const over =
    !active && isOverAtSource(theCase, counted) && !isDoubted(theCase) && !isOwnWord(theCase);
  if (over === (theCase.over === true)) return theCase;
  const { over: _, ...rest } = theCase;
  return { ...rest, version: theCase.version + 1, ...(over ? { over } : {}) };
};

/**
 * The same value where the finding was over before, is not, or nobody works on the case any more. A
 * sample is about nothing that exists: its end is no news.
 */
export const withSilenced = (
  folded: Case,
  before: Finding | undefined,
  { finding, at }: { readonly finding: Finding; readonly at: string },
): Case => {
  if (!before || before.archived || !finding.archived || finding.sample) return folded;
  if (folded.resolved) return folded;
  const { canonicalId, source } = finding;
  const entry = {
    at,
    kind: 'case.silenced',
    actor: 'cordon:ingest',
    because: 'its source says that a finding is over',
    detail: { finding: canonicalId, source },
  };
  return {
    ...folded,
    silenced: { at, finding: canonicalId, source },
    outbox: [...folded.outbox, draft(folded, entry, 'silenced')],
  };
};
