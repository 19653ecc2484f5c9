/** What came of earlier cases like this one: one line of the card. */
import type { Case } from '../../cases/case.ts';
import type { Similar } from '../../cases/similar.ts';
import { duration } from '../duration.ts';
import { classificationInWords } from '../modals/case-forms.ts';
import { type MrkdwnText, mrkdwn, ours } from '../mrkdwn.ts';
import { safe } from '../text.ts';

const one = ({ id, at, classification, contained, same }: Similar): MrkdwnText => {
  const by = contained
    ? mrkdwn`, contained by ${safe(contained.title, 60)} after ${ours(duration(contained.afterMs))}`
    : mrkdwn``;
  return mrkdwn`${safe(id, 20)} ${ours(classificationInWords(classification).toLowerCase())} on ${ours(at.slice(0, 10))}${by}${ours(same ? ' (the same one)' : '')}`;
};

/** Undefined where none is known. */
export const similarLine = ({ similar = [] }: Case): MrkdwnText | undefined =>
  similar.length === 0
    ? undefined
    : similar.reduce(
        (text, each, place) => mrkdwn`${text}${ours(place > 0 ? '; ' : '')}${one(each)}`,
        mrkdwn`Cases like it: `,
      );
