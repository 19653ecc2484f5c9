/** What is done with a case once it is closed: its review, and what others learn from it. */
import type { Case } from './case.ts';
import type { Handlers } from './case-event.ts';
import type { CaseReview } from './case-review.ts';

/** The canvas of an earlier draft stays the case's canvas. */
const withCanvas = ({ review }: Case, next: CaseReview): CaseReview =>
  review?.canvas ? { ...next, canvas: review.canvas } : next;

export const onReview: Handlers<
  'review-wanted' | 'review-claim' | 'review-unclaim' | 'reviewed' | 'review-shared' | 'wrapped-up'
> = {
  'review-wanted': (current, { actor, by }, at) =>
    current.wrapUp?.review
      ? undefined
      : {
          set: { wrapUp: { ...current.wrapUp, since: at, review: true, by } },
          entry: { kind: 'case.review-asked', actor, because: 'somebody asked for a review' },
          by,
        },
  'review-claim': ({ wrapUp }, { id }, at) =>
    wrapUp?.review && !wrapUp.claim
      ? { set: { wrapUp: { ...wrapUp, claim: { id, at } } } }
      : undefined,
  'review-unclaim': ({ wrapUp }, { id }) => {
    if (wrapUp?.claim?.id !== id) return undefined;
    const { claim: _, ...rest } = wrapUp;
    return { set: { wrapUp: rest } };
  },
  reviewed: (current, { since, review }, at) => {
    const { wrapUp } = current;
    // A canvas that was made while the case was opened again is the case's all the same: nobody makes another.
    if (!wrapUp || !(wrapUp.review || (review.canvas && !current.review?.canvas))) return undefined;
    const { claim: _, by, ...rest } = wrapUp;
    const draft = (current.review?.draft ?? 0) + 1;
    return {
      set: {
        wrapUp: { ...rest, review: wrapUp.review && wrapUp.since > since },
        review: withCanvas(current, { ...review, draft, at, ...(by ? { by } : {}) }),
      },
      entry: {
        kind: 'case.reviewed',
        actor: 'cordon:worker',
        because: review.canvas
          ? 'a review was drafted from the record, as a canvas'
          : `a review was drafted from the record, in the thread, because ${review.because}`,
        detail: { draft, ...(review.canvas ? { canvas: review.canvas.id } : {}) },
      },
    };
  },
  'review-shared': ({ review }, { instead }) =>
    review?.canvas?.shared === false
      ? {
          set: {
            review: {
              ...review,
              canvas: { ...review.canvas, shared: instead ? 'refused' : true },
              ...instead,
            },
          },
        }
      : undefined,
  'wrapped-up': ({ wrapUp }, { since, contained }) =>
    wrapUp && wrapUp.since === since && !wrapUp.review
      ? { ...(contained ? { set: { contained } } : {}), drop: ['wrapUp'] }
      : undefined,
};
