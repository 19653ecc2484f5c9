/** Refusals that hold whatever is done: what is exempt by its tag, and what Cordon itself runs on. */
import { type PlanSettings, type Refusal, refuse } from './action.ts';

/** `what` is the thing with its word: `The function resize-images`. */
export const refuseExempt = (
  what: string,
  tags: readonly (string | undefined)[],
  { exemptTag }: PlanSettings,
): Refusal<'exempt'> | undefined =>
  tags.includes(exemptTag)
    ? refuse(
        'exempt',
        `${what} carries the tag ${exemptTag}.`,
        'Ask its owner. Remove the tag if it must be done all the same.',
      )
    : undefined;

/** Everything that Cordon's own deployment names. */
const ownName = /^cordon-/;

export const refuseOwn = (
  what: string,
  name: string,
  byHand: string,
): Refusal<'own-resource'> | undefined =>
  ownName.test(name)
    ? refuse(
        'own-resource',
        `${what} is a part of Cordon: this would stop the response itself.`,
        `If Cordon itself is compromised, act by hand: ${byHand}`,
      )
    : undefined;
