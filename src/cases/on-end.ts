/** How a case ends and does not: what it was, that it is back, that it goes on elsewhere. */
import { untrusted } from '../findings/finding.ts';
import type { Case, WriteBack } from './case.ts';
import type { Handlers } from './case-event.ts';
import type { WrapUp } from './case-review.ts';
import { acknowledged } from './change.ts';
import { absorb, splitOff } from './merge.ts';

type Whom = { readonly by: string } | { readonly because: string };

const reasonOf = (whom: Whom): string => ('because' in whom ? `: ${whom.because}` : '');

/** Two that were merged into each other at once: one of them goes on, the same whoever looks. */
const isOther = ({ id, absorbed = [] }: Case, into: string): boolean =>
  absorbed.some((one) => one.id === into) && id < into;

const bringsMore = (current: Case, { findings = {}, severity }: Partial<Case>): boolean =>
  severity !== undefined || Object.keys(findings).length > Object.keys(current.findings).length;

const writeBackAt = (
  said: { readonly offer: string } | { readonly because: string },
  at: string,
): WriteBack =>
  'offer' in said ? { at, offer: said.offer } : { at, because: untrusted(said.because) };

/**
 * A case that is not over is counted by no month and gets no review by itself; that is still to be done. What a
 * person asked for stays asked for.
 */
const wrapUpOfReopened = ({ wrapUp }: Case, at: string): WrapUp => ({
  ...wrapUp,
  since: at,
  review: wrapUp?.review === true && wrapUp.by !== undefined,
});

export const onEnd: Handlers<
  | 'resolve'
  | 'wrote-back'
  | 'not-written-back'
  | 'reopen'
  | 'merge'
  | 'absorb'
  | 'met'
  | 'split'
  | 'drill-end'
> = {
  resolve: (current, { actor, by, classification, note, review, writeBack }, at) =>
    current.resolved || current.merged
      ? undefined
      : {
          set: {
            ...acknowledged(current, by, at),
            resolved: { at, by, classification, note: untrusted(note) },
            ...(writeBack ? { writeBack: writeBackAt(writeBack, at) } : {}),
            // A drill is looked back on by its score, and counts in no month.
            ...(current.drill
              ? {}
              : {
                  wrapUp: {
                    ...current.wrapUp,
                    since: at,
                    review: review || current.wrapUp?.review === true,
                  },
                }),
          },
          drop: ['snoozed', 'escalation'],
          entry: {
            kind: 'case.resolved',
            actor,
            because: note,
            detail: { classification },
          },
          by,
        },
  'wrote-back': ({ writeBack }, { offer, request }) =>
    writeBack?.offer === offer ? { set: { writeBack: { at: writeBack.at, request } } } : undefined,
  'not-written-back': ({ writeBack }, { offer, because }) =>
    writeBack?.offer === offer
      ? { set: { writeBack: writeBackAt({ because }, writeBack.at) } }
      : undefined,
  reopen: (current, { actor, by, because }, at) =>
    current.resolved && !current.drill?.ended
      ? {
          set: {
            acknowledged: { by, at },
            assignee: current.assignee ?? by,
            reopened: { at, because, by },
            ...(current.drill ? {} : { wrapUp: wrapUpOfReopened(current, at) }),
          },
          drop: current.writeBack?.request ? ['resolved', 'over'] : ['resolved'],
          entry: { kind: 'case.reopened', actor, because },
          by,
        }
      : undefined,
  merge: (current, { kind: _, actor, into, ...whom }, at) =>
    current.merged || isOther(current, into)
      ? undefined
      : {
          set: {
            ...('by' in whom ? acknowledged(current, whom.by, at) : {}),
            merged: { into, at, ...whom },
          },
          drop: ['snoozed', 'escalation'],
          entry: {
            kind: 'case.merged',
            actor,
            because: `it goes on in case ${into}${reasonOf(whom)}`,
            detail: { into },
          },
          ...('by' in whom ? { by: whom.by } : {}),
        },
  absorb: (current, { kind: _, actor, other, ...whom }, at) => {
    if (current.merged) return undefined;
    const known = current.absorbed?.some(({ id }) => id === other.id);
    const set = absorb(current, { other, at, ...whom });
    // What came to it while it was being merged.
    if (known) return bringsMore(current, set) ? { set } : undefined;
    // Closed meanwhile: nothing goes on where nobody looks any more.
    if (current.resolved) return undefined;
    return {
      set,
      entry: {
        kind: 'case.absorbed',
        actor,
        because: `case ${other.id} goes on here${reasonOf(whom)}`,
        detail: { from: other.id },
      },
      ...('by' in whom ? { by: whom.by } : {}),
    };
  },
  'drill-end': ({ drill }, { ended }) =>
    drill && !drill.ended
      ? {
          set: { drill: { ...drill, ended } },
          drop: ['snoozed', 'escalation'],
          entry: {
            kind: 'drill.ended',
            actor: 'cordon:worker',
            because: `${ended.goals.filter(({ met }) => met).length} of ${ended.goals.length} goals were met`,
            detail: { drill: drill.id, scenario: drill.scenario, ...ended },
          },
        }
      : undefined,
  met: ({ meets = {} }, { other, next }) => {
    const { [other]: meeting, ...others } = meets;
    if (!meeting) return undefined;
    return { set: { meets: next ? { ...meets, [other]: { ...meeting, next } } : others } };
  },
  split: (current, { actor, by, finding, into }) => {
    const rest = splitOff(current, finding);
    return (
      rest && {
        set: rest,
        entry: {
          kind: 'case.split',
          actor,
          because: `a finding of it is case ${into} now`,
          detail: { finding, into },
        },
        by,
      }
    );
  },
};
